import type { Page } from '@playwright/test';
import { expect, type Personalize, test } from 'personalize-beacon/playwright';

/** Clicks on two tiles, whose events are sent at once: later ones wait until the page is left. */
const clickTwoTiles = async (page: Page, personalize: Personalize) => {
  for (const [text, itemId] of [
    ['The Third Man', 'movie-12'],
    ['Metropolis', 'movie-7'],
  ] as const) {
    await page.getByText(text).click();
    await expect(personalize).toHaveReceived({ eventType: 'click', itemId });
  }
};

test('a click on a tile is recorded', async ({ page, personalize }) => {
  await page.goto('/');
  await page.getByText('The Third Man').click();
  await expect(personalize).toHaveReceived({ eventType: 'click', itemId: 'movie-12' });
});

for (const [path, form] of [
  ['/', 'query'],
  ['/keepalive', 'header'],
] as const) {
  test(`a click on a link is recorded although the page is left: ${path}`, async ({ page, personalize }) => {
    await page.goto(path);
    await clickTwoTiles(page, personalize);
    await page.getByText('Nosferatu').click();
    await expect(page.getByText('Next')).toBeVisible();
    await expect(personalize).toHaveReceived({ eventType: 'click', itemId: 'movie-9', form });
  });
}

test('events of a page that is closed are received', async ({ page, personalize }) => {
  await page.goto('/');
  await clickTwoTiles(page, personalize);
  await page.getByText('The Third Man').click();
  await page.close();
  await expect(personalize).toHaveReceived({ itemId: 'movie-12' }, { times: 2 });
});

test('a batch that has failed is sent again', async ({ page, personalize }) => {
  personalize.fail({ status: 503, times: 2 });
  await page.goto('/');
  await page.getByText('The Third Man').click();
  await expect(personalize).toHaveReceived({ itemId: 'movie-12' }, { times: 1 });
  const answers = () =>
    personalize.aws.requests
      .filter(({ method, path }) => method === 'POST' && path === '/events')
      .map(({ status }) => status);
  await expect.poll(answers).toEqual([503, 503, 200]);
});

test('an event that arrives twice counts once', async ({ page, personalize }) => {
  personalize.fail({ drop: 'answer', times: 1 });
  await page.goto('/');
  await page.getByText('The Third Man').click();
  await expect(personalize).toHaveReceived({ itemId: 'movie-12', status: 'duplicate' });
  await expect(personalize).toHaveReceived({ itemId: 'movie-12' }, { times: 1 });
});

test('events are matched in part and deeply', async ({ page, personalize }) => {
  await page.goto('/');
  await page.evaluate(() => window.personalize.identify('ann'));
  await page.getByText('Metropolis').click();
  await expect(personalize).toHaveReceived({
    eventType: expect.stringMatching(/^cl/),
    properties: { genre: 'Drama' },
    impression: expect.arrayContaining(['movie-12', 'movie-7']),
    userId: 'ann',
    sessionId: expect.any(String),
    recommendationId: undefined,
  });
  await expect(personalize).toHaveReceived({ properties: '{"genre":"Drama"}' });
  await expect(personalize).toHaveReceived({ properties: expect.stringContaining('Drama') });
  await page.getByText('Join').click();
  await expect(personalize).toHaveReceived({ actionId: 'join', eventType: 'Taken' });
  for (const wrong of [
    { properties: { genre: 'Drama', year: 1927 } },
    { properties: '{"genre": "Drama"}' },
    { impression: ['movie-12'] },
    { itemId: 'movie-7', userId: undefined },
    { eventType: expect.stringMatching(/^ch/) },
    { status: 'duplicate' as const },
  ]) {
    await expect(personalize).not.toHaveReceived(wrong, { timeout: 0 });
  }
});

test('events can be listed and cleared', async ({ page, personalize }) => {
  await page.goto('/');
  await clickTwoTiles(page, personalize);
  expect(personalize.events().map(({ event }) => event.itemId)).toEqual(['movie-12', 'movie-7']);
  expect(personalize.events({ itemId: 'movie-7' })).toMatchObject([{ status: 'accepted', number: 2 }]);
  personalize.clear();
  await expect(personalize).not.toHaveReceived({ eventType: 'click' }, { timeout: 0 });
});

test.describe('a region in China', () => {
  test.use({ personalizeOptions: { region: 'cn-north-1' } });

  test('has host names of its own', async ({ page, personalize }) => {
    await page.goto('/china');
    await page.getByText('The Third Man').click();
    await expect(personalize).toHaveReceived({ itemId: 'movie-12', form: 'header' });
  });
});

test.describe('a schema', () => {
  const fields = [
    ...['USER_ID', 'ITEM_ID', 'EVENT_TYPE', 'GENRE', 'IMPRESSION'].map((name) => ({ name, type: 'string' })),
    { name: 'TIMESTAMP', type: 'long' },
  ];
  const schema = {
    type: 'record',
    name: 'Interactions',
    namespace: 'com.amazonaws.personalize.schema',
    fields,
    version: '1.0',
  };
  test.use({ personalizeOptions: { schema } });

  test('events that fit have no warnings', async ({ page, personalize }) => {
    await page.goto('/');
    await page.evaluate(() => window.personalize.identify('ann'));
    await page.getByText('Metropolis').click();
    await expect(personalize).toHaveReceived({ itemId: 'movie-7' });
    expect(personalize).toHaveNoWarnings();
  });
});

for (const name of ['one', 'two']) {
  test(`a test receives only its own events: ${name}`, async ({ browser, page, personalize }) => {
    await page.goto('/');
    await page.evaluate((name) => window.personalize.track('view', name), name);
    // A context that the test opens itself.
    const other = await browser.newPage();
    await other.goto('/');
    await other.evaluate((name) => window.personalize.track('view', `${name}-other`), name);
    await expect(personalize).toHaveReceived({ itemId: name });
    await expect(personalize).toHaveReceived({ itemId: `${name}-other` });
    expect(
      personalize
        .events()
        .map(({ event }) => event.itemId)
        .sort(),
    ).toEqual([name, `${name}-other`]);
  });
}

test('a persistent context is covered, with arguments of its own too', async ({
  launchOptions,
  personalize,
  playwright,
}) => {
  const context = await playwright.chromium.launchPersistentContext('', {
    args: [...(launchOptions.args ?? []), '--lang=de'],
  });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByText('The Third Man').click();
  await expect(personalize).toHaveReceived({ itemId: 'movie-12' });
  await context.close();
});

test.describe('a site that ignores bots', () => {
  test.use({
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
  });

  test('a browser that hides its automation is recorded', async ({ page, personalize }) => {
    await page.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false }),
    );
    await page.goto('/without-bots');
    await page.getByText('The Third Man').click();
    await expect(personalize).toHaveReceived({ itemId: 'movie-12' });
  });
});
