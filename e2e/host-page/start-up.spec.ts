import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { readStub } from '../../demo/script.js';
import { expect, type Service, type Site, test } from '../support/fixtures.js';
import { counted, flush } from '../support/visits.js';

const optionsOf = (aws: Service, more = {}) => ({
  trackingId: 'demo-tracker',
  identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
  endpoint: aws.url,
  identityEndpoint: aws.url,
  ...more,
});

const STUB = `<script>${readStub().trim()}</script>`;
const SCRIPT = '/personalize.js';

const config = (aws: Service) =>
  `<script type="application/json" id="personalize-config">${JSON.stringify(optionsOf(aws))}</script>`;

/** Collects console messages of one level. */
const messages = (page: Page, level: string) => {
  const texts: string[] = [];
  page.on('console', (message) => message.type() === level && texts.push(message.text()));
  return texts;
};

/** Asserts that one event recorded by page code arrives. */
const expectToWork = async (page: Page, aws: Service) => {
  await page.waitForFunction(() => window.personalize?.flush);
  await page.evaluate(() => window.personalize.track('click', 'film'));
  await flush(page);
  expect(counted(aws)).toEqual(['film']);
};

test('the loader stub has at most 450 bytes including its tags', () => {
  expect(Buffer.byteLength(STUB)).toBeLessThanOrEqual(450);
});

for (const [how, attributes] of Object.entries({ async: 'async', defer: 'defer', blocking: '' })) {
  test(`a tag reads its options from its own attributes (${how})`, async ({ page, site, aws }) => {
    site.add('/', site.tag().replace('<script', `<script ${attributes}`));
    await page.goto(site.url);
    await expectToWork(page, aws);
  });
}

test("the docs print the tag with the script's hash and name, and the stub", async ({ page, site, aws }) => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, name, integrity] =
    readme.match(/src="(personalize-[\d.]+\.js)"[^>]*integrity="(sha384-[^"]+)"/) ?? [];
  expect(readFileSync(new URL('../../docs/ways-in.md', import.meta.url), 'utf8')).toContain(STUB);
  site.add('/', site.tag({ integrity, crossorigin: '' }).replace(SCRIPT, `/${name}`));
  await page.goto(site.url);
  await expectToWork(page, aws);
});

for (const [how, tag] of Object.entries({
  'loaded as a module': `<script type="module" src="${SCRIPT}"></script>`,
  'injected by a tag manager, without attributes': `<script>
    document.head.append(Object.assign(document.createElement('script'), { src: '${SCRIPT}' }));
  </script>`,
  'inserted as inline text': `<script>
    fetch('${SCRIPT}').then((answer) => answer.text()).then((text) => {
      document.head.append(Object.assign(document.createElement('script'), { text: text.replaceAll('./personalize', '/personalize') }));
    });
  </script>`,
})) {
  test(`a script ${how} reads its options from the JSON script`, async ({ page, site, aws }) => {
    site.add('/', config(aws) + tag);
    await page.goto(site.url);
    await expectToWork(page, aws);
  });

  test(`a script ${how} reads its options from an init() called before or after`, async ({
    page,
    site,
    aws,
  }) => {
    const call = `personalize.init(${JSON.stringify(optionsOf(aws))})`;
    site.add('/early', `${STUB}<script>${call}</script>${tag}`);
    await page.goto(`${site.url}/early`);
    await expectToWork(page, aws);
    site.add(
      '/late',
      `${tag}<script>
      const begin = () => (window.personalize?.init ? ${call} : setTimeout(begin));
      begin();
    </script>`,
    );
    await page.goto(`${site.url}/late`);
    await page.waitForFunction(() => window.personalize?.flush);
    await page.evaluate(() => window.personalize.track('click', 'later'));
    await flush(page);
    expect(counted(aws)).toEqual(['film', 'later']);
  });
}

/** Holds the script back. Returns a function that releases it. */
const holdScript = async (page: Page) => {
  const held: (() => void)[] = [];
  await page.route(`**${SCRIPT}`, async (route) => {
    await new Promise<void>((release) => held.push(release));
    await route.continue();
  });
  return async () => {
    await expect.poll(() => held.length).toBe(1);
    held[0]?.();
    await page.waitForFunction(() => window.personalize.flush);
  };
};

test('calls before the script loads are kept in order with their times', { tag: '@core' }, async ({
  page,
  site,
  aws,
}) => {
  const release = await holdScript(page);
  site.add('/', STUB + site.tag().replace('<script', '<script async'));
  await page.goto(site.url, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.personalize);
  const before = await page.evaluate(() => {
    const { personalize } = window;
    Object.assign(window, { sessions: personalize.ready, queuedItems: [] });
    personalize.on('queued', ({ itemId }: { itemId: string }) =>
      (window as unknown as { queuedItems: string[] }).queuedItems.push(itemId),
    );
    personalize.identify('ann');
    personalize.track('click', 'first', { eventValue: 1 });
    personalize.track({ eventType: 'view', itemId: 'second', properties: { kind: 'x' } });
    personalize.track('click', 'given', { sentAt: 1_700_000_000 });
    personalize.track('click');
    return Date.now() / 1000;
  });
  await page.waitForFunction((since) => Date.now() / 1000 > since + 1, before);
  await release();
  await flush(page);
  const arrived = aws.acknowledged.map(({ event, userId }) => [event.eventType, event.itemId, userId]);
  expect(arrived).toEqual([
    ['click', 'first', 'ann'],
    ['view', 'second', 'ann'],
    ['click', 'given', 'ann'],
    ['click', undefined, 'ann'],
  ]);
  const [first, second, given, bare] = aws.acknowledged.map(({ event }) => event);
  expect(first?.eventValue).toBe(1);
  expect(second?.properties).toBe('{"kind":"x"}');
  expect(given?.sentAt).toBe(1_700_000_000);
  for (const event of [first, second, bare]) expect(event?.sentAt).toBeLessThanOrEqual(before);
  const [queuedItems, session, running] = await page.evaluate(async () => {
    const { queuedItems, sessions } = window as unknown as {
      queuedItems: string[];
      sessions: Promise<string>;
    };
    return [queuedItems, await sessions, window.personalize.sessionId];
  });
  expect(queuedItems).toEqual(['first', 'second', 'given', undefined]);
  expect(session).toBe(running);
});

test('consent and opt-out before the script loads apply', { tag: '@core' }, async ({ page, site, aws }) => {
  const release = await holdScript(page);
  site.add('/', STUB + site.tag({ 'data-consent': 'required' }).replace('<script', '<script async'));
  await page.goto(site.url, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.personalize);
  await page.evaluate(() => {
    window.personalize.track('click', 'film');
    window.personalize.consent(true);
  });
  await release();
  await flush(page);
  expect(counted(aws)).toEqual(['film']);
});

test('clicks before an async script loads arrive with their time and list', { tag: '@core' }, async ({
  page,
  site,
  aws,
}) => {
  const release = await holdScript(page);
  site.add(
    '/',
    `${STUB}${site.tag().replace('<script', '<script async')}
     <section data-personalize-list data-personalize-recommendation-id="RID-1">
       <article data-personalize-item="film"><h3>title</h3><button onclick="event.target.remove()">gone</button></article>
     </section>
     <p>nothing</p>`,
  );
  await page.goto(site.url, { waitUntil: 'commit' });
  await page.getByText('title').click();
  await page.getByText('nothing').click();
  await page.getByText('gone').click({ button: 'middle' });
  await page.evaluate(() => window.personalize.identify('ann'));
  await page.getByText('gone').click();
  const before = await page.evaluate(() => Date.now() / 1000);
  await page.waitForFunction((since) => Date.now() / 1000 > since + 1, before);
  const stub = await page.evaluateHandle(() => window.personalize);
  await release();
  await expect.poll(() => page.evaluate(() => window.personalize.sessionId)).toBeTruthy();
  await page.getByText('title').click();
  // The stub no longer records clicks.
  expect(await stub.evaluate(({ q }) => q)).toEqual([]);
  await flush(page);
  expect(aws.acknowledged.map(({ event, userId }) => [event.itemId, event.recommendationId, userId])).toEqual(
    [...Array(2).fill(['film', 'RID-1', undefined]), ...Array(2).fill(['film', 'RID-1', 'ann'])],
  );
  const times = aws.acknowledged.map(({ event }) => event.sentAt as number);
  for (const time of times.slice(0, 3)) expect(time).toBeLessThanOrEqual(before);
  expect(times[3]).toBeGreaterThan(before);
});

test('the loader stub keeps a thousand calls at most: the script may never load', async ({ page, site }) => {
  await page.route('**/personalize*.js', (route) => route.abort());
  site.add('/', `${STUB}${site.tag().replace('<script', '<script async')}`);
  await page.goto(site.url);
  const kept = await page.evaluate(() => {
    for (let n = 0; n < 1100; n++) window.personalize.track('click', `item-${n}`);
    return (window.personalize as unknown as { q: unknown[] }).q.length;
  });
  expect(kept).toBe(1000);
});

test('the module takes over calls and clicks from the stub, too', { tag: '@core' }, async ({
  page,
  site,
  aws,
}) => {
  site.add('/', `${STUB}<p data-personalize-item="film">film</p>`);
  await page.goto(site.url);
  await page.getByText('film').click();
  const [isTaken, ready, sessionId] = await page.evaluate(async (options) => {
    const { personalize: stub } = window;
    stub.track('view', 'early');
    const { init } = await import(`${location.origin}/index.js`);
    const tracker = init(options);
    window.personalize.track('view', 'late');
    return [window.personalize === tracker, await stub.ready, await tracker.ready];
  }, optionsOf(aws));
  expect(isTaken).toBe(true);
  expect(ready).toBe(sessionId);
  await page.getByText('film').click();
  await flush(page);
  expect(counted(aws)).toEqual(['early', 'film', 'film', 'late']);
});

test('the first hundred clicks before the script loads are kept', async ({ page, site, aws }) => {
  const release = await holdScript(page);
  site.add(
    '/',
    `${STUB}${site.tag().replace('<script', '<script async')}<p data-personalize-item="film">film</p>`,
  );
  await page.goto(site.url, { waitUntil: 'commit' });
  await page.getByText('film').evaluate((film) => {
    for (let times = 0; times < 120; times++) (film as HTMLElement).click();
  });
  await release();
  await expect.poll(() => page.evaluate(() => window.personalize.sessionId)).toBeTruthy();
  await flush(page);
  expect(new Set(aws.acknowledged.map(({ event }) => event.eventId)).size).toBe(100);
});

test('a stub after the script does not change it', async ({ page, site, aws }) => {
  site.add('/', site.tag() + STUB);
  await page.goto(site.url);
  await expectToWork(page, aws);
});

test('a second script does nothing and logs this once', { tag: '@core' }, async ({ page, site, aws }) => {
  const warnings = messages(page, 'error');
  site.add('/', `${site.tag()}${site.tag()}<button data-personalize-item="tile">x</button>`);
  await page.goto(site.url);
  await page.getByRole('button').click();
  await flush(page);
  expect(warnings).toEqual([
    'personalize-beacon: started again for demo-tracker: ignored, with its options; stop() comes first',
  ]);
  expect(counted(aws)).toEqual(['tile']);
});

test.describe('two trackers on a page', () => {
  test.use({ awsOptions: { trackingId: ['demo-tracker', 'other-tracker'] } });

  test('keep their sessions, storage and consent separate', { tag: '@core' }, async ({ page, site, aws }) => {
    site.add('/', `${site.tag()}<button data-personalize-item="tile">x</button>`);
    await page.goto(site.url);
    const [mine, others] = await page.evaluate(
      async (options) => {
        const { personalize } = window;
        const other = personalize.init(options);
        Object.assign(window, { other });
        return [await personalize.ready, await other.ready];
      },
      optionsOf(aws, { trackingId: 'other-tracker' }),
    );
    expect(mine).not.toBe(others);
    await page.getByRole('button').click();
    await page.evaluate(async () => {
      const { other, personalize } = window as unknown as Record<
        'other' | 'personalize',
        Window['personalize']
      >;
      other.track('click', 'of the other');
      await Promise.all([other.flush(), personalize.flush()]);
    });
    const byTracker = (id: string) =>
      aws.acknowledged
        .filter(({ trackingId }) => trackingId === id)
        .map(({ event, sessionId }) => [event.itemId, sessionId]);
    expect(byTracker('demo-tracker')).toEqual([['tile', mine]]);
    expect(byTracker('other-tracker')).toEqual([
      ['tile', others],
      ['of the other', others],
    ]);
    const databases = () =>
      page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).sort());
    expect(await databases()).toEqual([
      'personalize-beacon:demo-tracker',
      'personalize-beacon:other-tracker',
    ]);
    await page.evaluate(() => (window as unknown as { other: Window['personalize'] }).other.consent(false));
    await expect.poll(databases).toEqual(['personalize-beacon:demo-tracker']);
    await page.evaluate(() => window.personalize.track('click', 'goes on'));
    await flush(page);
    expect(byTracker('demo-tracker').map(([item]) => item)).toEqual(['tile', 'goes on']);
  });
});

test('the console names an invalid JSON script', { tag: '@core' }, async ({ page, site }) => {
  const errors = messages(page, 'error');
  site.add(
    '/',
    `<script type="application/json" id="personalize-config">{ trackingId }</script><script type="module" src="${SCRIPT}"></script>`,
  );
  await page.goto(site.url);
  await expect.poll(() => errors.join()).toContain('personalize-config');
});

const CLOBBERS: [what: string, site: (site: Site) => string][] = [
  ['currentScript', (site) => `<img name="currentScript" data-tracking-id="evil">${site.tag()}`],
  ['personalize', (site) => `<form id="personalize"><input name="init"></form>${site.tag()}`],
];
for (const [what, markup] of CLOBBERS) {
  test(`an element named ${what} does not replace the real one`, async ({ page, site, aws }) => {
    site.add('/', `${config(aws)}${markup(site)}`);
    await page.goto(site.url);
    await expectToWork(page, aws);
  });
}
