import { expect, test } from '../support/fixtures.js';
import { LONG_FLUSH_INTERVAL } from '../support/visits.js';

const flush = (page: import('@playwright/test').Page) => page.evaluate(() => window.personalize.flush());

test('a click sends the item, the impression of its list and attributes inherited from the nearest ancestor', {
  tag: '@core',
}, async ({ page, aws, site }) => {
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
  await flush(page);
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

test('an impression holds at most 25 items, including the clicked one', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  const tiles = Array.from({ length: 60 }, (_, n) => `<button data-personalize-item="i${n}">i${n}</button>`);
  site.add('/', `${site.tag()}<div data-personalize-list>${tiles.join('')}</div>`);
  await page.goto(site.url);
  for (const name of ['i0', 'i40', 'i59']) await page.getByText(name, { exact: true }).click();
  await flush(page);
  const impressions = aws.counted().map((event) => event.impression as string[]);
  expect(impressions.map((impression) => impression.length)).toEqual([25, 25, 25]);
  expect(impressions.map((impression) => impression[0])).toEqual(['i0', 'i28', 'i35']);
  expect(impressions[1]).toContain('i40');
});

test('clicks by keyboard, middle button and in open shadow roots count; a click of the secondary button does not', {
  tag: '@core',
}, async ({ page, context, aws, site }) => {
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
  await flush(page);
  expect(aws.counted().map((event) => [event.itemId, event.eventType])).toEqual([
    ['keyboard', 'click'],
    ['shadow', 'buy'],
    ['middle', 'click'],
  ]);
});

test('dragging a tile or selecting text in it does not count as a click', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  site.add(
    '/',
    `${site.tag()}
    <style>p, div { margin: 0; height: 100px }</style>
    <div data-personalize-item="dragged">dragged</div>
    <p data-personalize-item="selected">some text that is long enough to select a part of it</p>
    <div data-personalize-item="clicked">clicked by an unsteady hand</div>
    <script>
      // As carousels do it: the slide goes with the mouse, and the click after that is nobody's.
      const slide = document.querySelector('div');
      let from;
      slide.onpointerdown = (event) => { from = event.clientX; };
      window.addEventListener('pointermove', (event) => {
        if (from !== undefined) slide.style.transform = 'translateX(' + (event.clientX - from) + 'px)';
      });
      window.addEventListener('pointerup', () => { from = undefined; });
      slide.addEventListener('click', (event) => event.preventDefault(), true);
    </script>`,
  );
  await page.goto(site.url);
  const drag = async (name: string, dx: number, dy: number) => {
    const { x, y } = (await page.locator(`[data-personalize-item=${name}]`).boundingBox()) ?? { x: 0, y: 0 };
    await page.mouse.move(x + 20, y + 10);
    await page.mouse.down();
    await page.mouse.move(x + 20 + dx, y + 10 + dy, { steps: 5 });
    await page.mouse.up();
  };
  const clicks = await page.evaluateHandle(() => {
    const collected: string[] = [];
    window.addEventListener('click', ({ target }) => collected.push((target as HTMLElement).textContent));
    return collected;
  });
  await drag('dragged', 120, 0);
  await drag('dragged', 0, 40);
  await drag('selected', 150, 0);
  await drag('clicked', 3, 3);
  expect(await clicks.evaluate((collected) => collected.length)).toBe(4);
  await flush(page);
  expect(aws.counted().map(({ itemId }) => itemId)).toEqual(['clicked']);
});

test('a tap that moves a few pixels counts as a click', { tag: '@chromium' }, async ({ page, aws, site }) => {
  site.add('/', `${site.tag()}<div data-personalize-item="a" style="height: 200px">a</div>`);
  await page.goto(site.url);
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  // Chromium treats a movement of up to 15 px as a tap.
  await touch('touchStart', { x: 50, y: 50 });
  await touch('touchMove', { x: 62, y: 50 });
  await touch('touchEnd');
  await flush(page);
  expect(aws.counted().map(({ itemId }) => itemId)).toEqual(['a']);
});

test("clicks by script, and by keyboard after a drag, count; the mouse's back and forward buttons do not", {
  tag: '@core',
}, async ({ page, aws, site }) => {
  site.add(
    '/',
    `${site.tag()}<button data-personalize-item="script">script</button><button data-personalize-item="keyboard">keyboard</button>
     <button data-personalize-item="prevented" onclick="event.preventDefault()">prevented</button>`,
  );
  await page.goto(site.url);
  await page.evaluate(() => document.querySelector('button')?.click());
  await page.mouse.move(300, 300);
  await page.mouse.down();
  await page.mouse.move(600, 300);
  await page.getByText('keyboard').focus();
  await page.keyboard.press('Enter');
  await page.getByText('script').dispatchEvent('click', { detail: 1 });
  await page.mouse.up();
  await page.evaluate(() => {
    for (const button of [3, 4])
      document
        .querySelector('button')
        ?.dispatchEvent(new MouseEvent('auxclick', { button, bubbles: true, composed: true }));
  });
  await page.getByText('prevented').click();
  await flush(page);
  expect(aws.counted().map(({ itemId }) => itemId)).toEqual(['script', 'keyboard', 'script', 'prevented']);
});

test('data-personalize-on="none" excludes an element and its descendants, except those with a mark of their own', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  site.add(
    '/',
    `${site.tag()}
    <article data-personalize-item="film">
      <h3>title</h3>
      <div data-personalize-on="none"><button>zoom</button><b data-personalize-event="like">like</b>
        <i data-personalize-event="share" data-personalize-on="click">share</i></div>
    </article>
    <section data-personalize-on="none"><p data-personalize-item="wish">wish</p>
      <p data-personalize-item="meant" data-personalize-on="click">meant</p>
      <form data-personalize-item="form" data-personalize-on="submit" onsubmit="return false"><button>buy</button></form>
    </section>`,
  );
  await page.goto(site.url);
  for (const text of ['zoom', 'like', 'wish', 'title', 'share', 'meant', 'buy']) {
    await page.getByText(text, { exact: true }).click();
  }
  await flush(page);
  expect(aws.counted().map(({ itemId, eventType }) => [itemId, eventType])).toEqual([
    ['film', 'click'],
    ['film', 'share'],
    ['meant', 'click'],
    ['form', 'purchase'],
  ]);
});

test('the tracker records a click whose propagation the page stops, and does not prevent the navigation', {
  tag: '@core',
}, async ({ page, aws, site }) => {
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
  await flush(page);
  expect(aws.counted().map((event) => [event.itemId, event.eventType])).toEqual([['a', 'open']]);
});

test('an invalid attribute value rejects the event with a reason', { tag: '@core' }, async ({
  page,
  site,
}) => {
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

test('stop() removes the listeners', { tag: '@core' }, async ({ page, aws, site }) => {
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
  await flush(page);
  expect(aws.counted()).toHaveLength(1);
  const queued = await page.evaluate(() => {
    const collected: unknown[] = [];
    window.personalize.on('queued', (event: unknown) => collected.push(event));
    window.personalize.stop();
    document.querySelector('button')?.click();
    window.personalize.track('click', 'b');
    return collected;
  });
  expect(queued).toEqual([]);
  const listening = await page.evaluate(() => [
    ...(window as unknown as { listening: Set<string> }).listening,
  ]);
  expect(listening.filter((type) => type !== 'load')).toEqual([]);
});

test('stop() clears every timer, even in the task that fills a batch', async ({ page, site }) => {
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
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
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
