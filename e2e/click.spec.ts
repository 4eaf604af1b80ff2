import { expect, test } from './fixtures.js';
import { PATIENT } from './visits.js';

const delivered = (page: import('@playwright/test').Page) => page.evaluate(() => window.personalize.flush());

test('an item and its companions, the nearest ancestor supplying what is lacking', async ({
  page,
  aws,
  site,
}) => {
  site.add(
    '/',
    `${site.tag()}
    <main data-personalize-source="home" data-personalize-property-number-of-ratings="12" data-personalize-property-shelf="far">
      <section data-personalize-list data-personalize-recommendation-id="RID-1">
        <button data-personalize-item="a">A</button>
        <div data-personalize-item="b" data-personalize-property-shelf="near"><button data-personalize-event="favourite" data-personalize-value="4.5"><b>B</b></button></div>
        <ul data-personalize-list><li data-personalize-item="other">other list</li></ul>
        <button data-personalize-item="c">C</button>
      </section>
      <p>outside of items</p>
    </main>`,
  );
  await page.goto(site.url);
  await page.getByText('B', { exact: true }).click();
  await page.getByText('outside of items').click();
  await delivered(page);
  expect(aws.counted()).toEqual([
    {
      eventType: 'favourite',
      itemId: 'b',
      eventValue: 4.5,
      recommendationId: 'RID-1',
      impression: ['a', 'b', 'c'],
      properties: '{"numberOfRatings":"12","shelf":"near"}',
      metricAttribution: { eventAttributionSource: 'home' },
      eventId: expect.stringMatching(/^[\w-]{21}$/),
      sentAt: expect.closeTo(Date.now() / 1000, -1.5),
    },
  ]);
});

test('an impression holds at most 25 items, the clicked one among them', async ({ page, aws, site }) => {
  const tiles = Array.from({ length: 60 }, (_, n) => `<button data-personalize-item="i${n}">i${n}</button>`);
  site.add('/', `${site.tag()}<div data-personalize-list>${tiles.join('')}</div>`);
  await page.goto(site.url);
  for (const name of ['i0', 'i40', 'i59']) await page.getByText(name, { exact: true }).click();
  await delivered(page);
  const impressions = aws.counted().map((event) => event.impression as string[]);
  expect(impressions.map((impression) => impression.length)).toEqual([25, 25, 25]);
  expect(impressions.map((impression) => impression[0])).toEqual(['i0', 'i28', 'i35']);
  expect(impressions[1]).toContain('i40');
});

test('keyboard, middle button and open shadow roots count; the secondary button does not', async ({
  page,
  context,
  aws,
  site,
}) => {
  site.add(
    '/',
    `${site.tag()}
    <a href="#keyboard" data-personalize-item="keyboard">keyboard</a>
    <a href="/" data-personalize-item="middle">middle</a>
    <button data-personalize-item="secondary">secondary</button>
    <div id="host" data-personalize-item="shadow"></div>
    <script>document.getElementById('host').attachShadow({ mode: 'open' }).innerHTML = '<button data-personalize-event="buy">inside</button>';</script>`,
  );
  await page.goto(site.url);
  await page.getByText('keyboard').focus();
  await page.keyboard.press('Enter');
  await page.getByText('secondary').click({ button: 'right' });
  await page.getByText('inside').click();
  const opened = context.waitForEvent('page');
  await page.getByText('middle').click({ button: 'middle' });
  await opened;
  await delivered(page);
  expect(aws.counted().map((event) => [event.itemId, event.eventType])).toEqual([
    ['keyboard', 'click'],
    ['shadow', 'buy'],
    ['middle', 'click'],
  ]);
});

test('a page that stops propagation is heard all the same, and its navigation is left alone', async ({
  page,
  aws,
  site,
}) => {
  site.add(
    '/',
    `${site.tag({ 'data-click-event': 'open' })}
    <a href="/next" data-personalize-item="a">go</a>
    <script>
      document.addEventListener('click', (event) => {
        event.stopImmediatePropagation();
        document.cookie = 'prevented=' + event.defaultPrevented;
      }, true);
    </script>`,
  );
  site.add('/next', `${site.tag()}<h1>next</h1>`);
  await page.goto(site.url);
  await page.evaluate(() => window.personalize.flush());
  await page.getByText('go').click();
  await expect(page.getByText('next')).toBeVisible();
  expect(await page.evaluate(() => document.cookie)).toBe('prevented=false');
  await delivered(page);
  expect(aws.counted().map((event) => [event.itemId, event.eventType])).toEqual([['a', 'open']]);
});

test('wrong markup is reported, not swallowed', async ({ page, site }) => {
  site.add('/', `${site.tag()}<button data-personalize-item="a" data-personalize-value="lots">A</button>`);
  await page.goto(site.url);
  const reason = page.evaluate(
    () =>
      new Promise((resolve) => {
        window.personalize.on('rejected', (detail: { reason: string }) => resolve(detail.reason));
      }),
  );
  await page.getByText('A', { exact: true }).click();
  expect(await reason).toBe('eventValue must be a finite 32-bit number; got "lots"');
});

test('stop() takes the listeners off', async ({ page, aws, site }) => {
  await page.addInitScript(() => {
    const listening = new Set<string>();
    const [add, remove] = [EventTarget.prototype.addEventListener, EventTarget.prototype.removeEventListener];
    EventTarget.prototype.addEventListener = function (this: EventTarget, ...call) {
      const [type, , options] = call;
      if (this === window || this === document) listening.add(type);
      if (typeof options === 'object')
        options.signal?.addEventListener('abort', () => listening.delete(type));
      return add.apply(this, call);
    };
    EventTarget.prototype.removeEventListener = function (this: EventTarget, ...call) {
      if (this === window || this === document) listening.delete(call[0]);
      return remove.apply(this, call);
    };
    Object.assign(window, { listening });
  });
  site.add('/', `${site.tag()}<button data-personalize-item="a">A</button>`);
  await page.goto(site.url);
  await page.getByText('A', { exact: true }).click();
  await delivered(page);
  expect(aws.counted()).toHaveLength(1);
  const queued = await page.evaluate(() => {
    const heard: unknown[] = [];
    window.personalize.on('queued', (event: unknown) => heard.push(event));
    window.personalize.stop();
    document.querySelector('button')?.click();
    window.personalize.track('click', 'b');
    return heard;
  });
  expect(queued).toEqual([]);
  const listening = await page.evaluate(() => [
    ...(window as unknown as { listening: Set<string> }).listening,
  ]);
  expect(listening.filter((type) => type !== 'load')).toEqual([]);
});

test('stop() leaves no timer, not even in the task that has filled a batch', async ({ page, site }) => {
  await page.addInitScript(() => {
    const pending = new Map<number, number | undefined>();
    const [set, clear] = [window.setTimeout, window.clearTimeout];
    window.setTimeout = ((run: () => void, ms?: number) => {
      const timer: number = set(() => pending.delete(timer) && run(), ms);
      pending.set(timer, ms);
      return timer;
    }) as typeof setTimeout;
    window.clearTimeout = (timer) => {
      pending.delete(timer as number);
      clear(timer);
    };
    Object.assign(window, { pending });
  });
  site.add('/', site.tag(PATIENT));
  await page.goto(site.url);
  await page.evaluate(() => window.personalize.ready);
  const pending = await page.evaluate(async () => {
    for (let n = 0; n < 10; n++) window.personalize.track('click', `item-${n}`);
    window.personalize.stop();
    await new Promise((resolve) => setTimeout(resolve));
    return [...(window as unknown as { pending: Map<number, number> }).pending.values()];
  });
  expect(pending.filter((ms) => ms === 3_600_000)).toEqual([]);
});
