import type { LaunchOptions, Page } from '@playwright/test';
import { test as base, expect } from '@playwright/test';
import { readFilms } from '../../demo/films.js';
import { pathOf } from '../../demo/script.js';
import { startDemo } from '../../demo/start.js';

type LocalAws = NonNullable<Awaited<ReturnType<typeof startDemo>>['aws']>;

// Playwright disables the back/forward cache by default.
const test = base.extend<object, { launchOptions: LaunchOptions }>({
  launchOptions: [
    ({ launchOptions }, use) =>
      use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    { scope: 'worker' },
  ],
});

const click = 'a[data-personalize-item]';

/** Returns the counted events of a type. */
const counted = (aws: LocalAws, eventType: string) =>
  aws.acknowledged
    .filter((a) => a.status === 'accepted' && a.event.eventType === eventType)
    .map((a) => a.event);

const flush = (page: Page) => page.evaluate(() => window.personalize.flush());

/** Opens a film by a click on the home page, waits for the page's tracker, and returns the film's ID. */
const openFilm = async (page: Page, url: string) => {
  await page.goto(url);
  await page.waitForFunction(() => window.personalize?.ready);
  await page.locator('.shelf').locator(click).first().click();
  await page.waitForURL('**/film/**');
  await page.waitForFunction(() => window.personalize?.ready);
  return decodeURIComponent(page.url().split('/film/')[1] as string);
};

test('a clicked film arrives signed, counts once, and is assigned to the user who logs in', {
  tag: '@core',
}, async ({ page }) => {
  const demo = await startDemo({ port: 0, awsPort: 0 });
  const aws = demo.aws as NonNullable<typeof demo.aws>;
  const consoleErrors: string[] = [];
  page.on(
    'console',
    (message) => ['error', 'warning'].includes(message.type()) && consoleErrors.push(message.text()),
  );
  page.on('pageerror', (error) => consoleErrors.push(error.message));

  await page.goto(demo.url);
  await expect.poll(() => aws.requests.map((r) => r.target)).toContain('GetCredentialsForIdentity');
  await page.evaluate(() => window.personalize.ready);
  await page.locator('[data-personalize-list]').locator(click).first().click();
  await page.waitForURL('**/film/**');
  const itemId = decodeURIComponent(page.url().split('/film/')[1] as string);

  await expect
    .poll(() => aws.acknowledged.filter((a) => a.status === 'accepted').map((a) => a.event.eventType))
    .toContain('click');
  const clicked = aws.acknowledged.find((a) => a.event.eventType === 'click');
  expect(clicked).toMatchObject({ status: 'accepted', event: { itemId } });
  expect(clicked?.event.recommendationId).toMatch(/^RID-/);
  expect(clicked?.event.impression).toContain(itemId);
  await expect(page.getByText('anonymous').first()).toBeVisible();

  await page.evaluate(() => {
    window.personalize.identify('ann');
    window.personalize.track('purchase', 'film', { eventValue: 9.99 });
    return window.personalize.flush();
  });
  const counted = aws.acknowledged.filter((a) => a.status === 'accepted');
  expect(counted.filter((a) => a.event.eventType === 'click')).toHaveLength(1);
  const csv = await (await fetch(`${demo.url}/interactions.csv`)).text();
  const [header, ...rows] = csv.trim().split('\n');
  expect(header).toBe(
    'USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE,EVENT_VALUE,IMPRESSION,RECOMMENDATION_ID,ROW,POSITION',
  );
  // The shop's events fit its dataset.
  expect(aws.events.flatMap(({ warnings }) => warnings)).toEqual([]);
  expect(rows).toHaveLength(counted.filter((a) => a.event.itemId).length);
  expect(rows.every((row) => row.startsWith('ann,'))).toBe(true);
  expect(rows.find((row) => row.includes(',click,'))).toContain(`ann,${itemId},`);
  expect(consoleErrors).toEqual([]);
  await page.close();
  await demo.close();
});

test('a fault set in the panel keeps a click from arriving until it is switched off', async ({ page }) => {
  const demo = await startDemo({ port: 0, awsPort: 0 });
  const aws = demo.aws as NonNullable<typeof demo.aws>;
  await page.goto(demo.url);
  await page.waitForFunction(() => window.personalize?.ready);
  await page.getByText('Faults').press('Enter');
  const down = page.getByRole('button', { name: 'Down (503)' });
  await down.press('Space');
  await expect(down).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('[data-faults-count]')).toHaveText('1 fault');

  await page.locator('[data-personalize-list]').locator(click).first().click();
  await page.waitForURL('**/film/**');
  const itemId = decodeURIComponent(page.url().split('/film/')[1] as string);
  await expect(down).toContainText('×');
  expect(aws.acknowledged.map((a) => a.event.eventType)).not.toContain('click');

  await down.click();
  await expect(down).toHaveAttribute('aria-pressed', 'false');
  await expect(page.locator('[data-faults-state]')).toHaveText('all well');
  await page.evaluate(() => window.personalize.flush());
  await expect(page.locator('[data-receipt-lines]')).toContainText('click');
  expect(aws.acknowledged.find((a) => a.event.eventType === 'click')).toMatchObject({ event: { itemId } });
  await page.close();
  await demo.close();
});

test('each fault button sets its fault in the local AWS, and shows it on the next page', async ({ page }) => {
  const demo = await startDemo({ port: 0, awsPort: 0 });
  const aws = demo.aws as NonNullable<typeof demo.aws>;
  await page.goto(`${demo.url}/film/${readFilms()[0]?.id}`);
  await page.getByText('Faults').click();
  const switches = page.locator('[data-fault]');
  for (const button of await switches.all()) await button.click();
  await expect(page.locator('[data-faults-state]')).toHaveText('11 on');
  expect(aws.faults()).toMatchObject([
    { on: 'personalize', status: 503 },
    { status: 429, retryAfter: 5 },
    { status: 500, share: 1 / 3 },
    { drop: 'request' },
    { drop: 'answer' },
    { stall: true },
    { delayMs: 2000 },
    { status: 403 },
    { on: 'cognito', status: 400 },
    { refuseItem: readFilms()[0]?.id },
  ]);
  expect(aws.skew()).toBe(-3_600_000);

  // The next page shows the same faults, and the refused film's title.
  await page.goto(`${demo.url}/film/${readFilms()[1]?.id}`);
  await expect(page.locator('[data-fault][aria-pressed=true]')).toHaveCount(11);
  const refusal = page.locator('[data-fault=refuse]');
  await expect(refusal).toContainText(readFilms()[0]?.title as string);
  // The server renders them as well.
  const markup = await (await fetch(page.url())).text();
  expect(markup.match(/aria-pressed="true"/g)).toHaveLength(11);
  expect(markup).toContain(`<i data-fault-title>${readFilms()[0]?.title}</i>`);
  await refusal.click();
  await expect(refusal).toContainText(readFilms()[1]?.title as string);
  await page.getByRole('button', { name: 'All well' }).click();
  await expect(page.locator('[data-faults-state]')).toHaveText('all well');
  expect([aws.faults(), aws.skew()]).toEqual([[], 0]);

  const press = (button: unknown) =>
    fetch(`${demo.url}/live/faults`, { method: 'POST', body: JSON.stringify(button) });
  expect([(await press({ name: 'none' })).status, (await press(null)).status]).toEqual([404, 400]);
  await page.close();
  await demo.close();
});

test('expired credentials and deleted identities cost a renewal but no event', async ({ page }) => {
  const demo = await startDemo({ port: 0, awsPort: 0 });
  const aws = demo.aws as NonNullable<typeof demo.aws>;
  await page.goto(demo.url);
  await page.waitForFunction(() => window.personalize?.ready);
  await page.getByText('Faults').click();
  const countRequests = (target: string) => aws.requests.filter((r) => r.target === target).length;
  const send = (itemId: string) =>
    page.evaluate((id) => {
      window.personalize.track('view', id);
      return window.personalize.flush();
    }, itemId);
  await send('a');
  const press = async (name: string) => {
    const answered = page.waitForResponse('**/live/faults');
    await page.getByRole('button', { name }).click();
    await answered;
  };
  await press('Delete identities');
  await press('Expire credentials');
  await send('b');
  await expect.poll(() => counted(aws, 'view').map(({ itemId }) => itemId)).toEqual(['a', 'b']);
  expect(aws.requests.map((r) => r.errorType)).toContain('ExpiredTokenException');
  expect([countRequests('GetId'), countRequests('GetCredentialsForIdentity')]).toEqual([2, 3]);
  await page.close();
  await demo.close();
});

for (const width of [390, 1440]) {
  test(`at ${width} pixels no content overflows the page`, async ({ page }) => {
    const demo = await startDemo({ port: 0, awsPort: 0 });
    await page.setViewportSize({ width, height: 844 });
    const widths = () => [document.documentElement.scrollWidth, document.documentElement.clientWidth];
    for (const path of ['/genre/drama', `/film/${readFilms()[0]?.id}`, '/']) {
      await page.goto(`${demo.url}${path}`);
      const [content, viewport] = await page.evaluate(widths);
      expect(content, path).toBe(viewport);
    }
    const before = await page.evaluate(widths);
    if (width === 390) await page.locator('[data-receipt-toggle]').click();
    await page.getByText('Faults').click();
    await page.getByRole('button', { name: 'All well' }).click();
    const paper = page.locator('.receipt-paper');
    expect(await paper.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect(await page.evaluate(widths)).toEqual(before);
    await page.close();
    await demo.close();
  });
}

test('a genre loads more films near its end, and each is recorded once seen', async ({ page }) => {
  const demo = await startDemo({ port: 0, awsPort: 0 });
  const aws = demo.aws as LocalAws;
  const dramas = readFilms().filter(({ genreSlug }) => genreSlug === 'drama');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${demo.url}/genre/drama`);
  await page.waitForFunction(() => window.personalize?.ready);
  const tiles = page.locator('[data-grid]').locator(click);
  await expect(tiles).toHaveCount(24);
  await expect(page.getByText(`24 of ${dramas.length} films`)).toBeVisible();

  while ((await tiles.count()) < dramas.length) {
    const count = await tiles.count();
    await tiles.last().scrollIntoViewIfNeeded();
    await expect.poll(() => tiles.count()).toBeGreaterThan(count);
  }
  await expect(page.getByText(`That is all ${dramas.length} of them.`)).toBeVisible();
  await expect(page.getByRole('link', { name: 'More films' })).toHaveCount(0);
  const ids = await tiles.evaluateAll((all) =>
    all.map((tile) => (tile as HTMLElement).dataset.personalizeItem),
  );
  expect(ids).toEqual(dramas.map(({ id }) => id));

  await tiles.last().scrollIntoViewIfNeeded();
  await expect
    .poll(async () => {
      await flush(page);
      return counted(aws, 'impression').map(({ itemId }) => itemId);
    })
    .toContain(ids.at(-1));
  const last = counted(aws, 'impression').find(({ itemId }) => itemId === ids.at(-1));
  expect(JSON.parse(last?.properties ?? '')).toEqual({ row: 'drama', position: String(dramas.length) });
  expect(last?.impression).toContain(ids.at(-1));
  await page.close();
  await demo.close();
});

test('without JavaScript the same films are reachable by links, and a missing page returns 404', async ({
  browser,
}) => {
  const demo = await startDemo({ port: 0, awsPort: 0 });
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(`${demo.url}/search?q=the`);
  const first = await page.locator('.tile').first().getAttribute('href');
  await page.getByRole('link', { name: 'More films' }).click();
  await page.waitForURL('**/search?q=the&page=2');
  expect(await page.locator('.tile').first().getAttribute('href')).not.toBe(first);
  await page.getByRole('link', { name: 'Earlier films' }).click();
  await page.waitForURL('**/search?q=the&page=1');
  for (const wrong of ['0', '99', '1.5', 'x']) {
    expect((await fetch(`${demo.url}/genre/drama?page=${wrong}`)).status, wrong).toBe(404);
  }

  const film = readFilms()[0];
  await page.goto(`${demo.url}/film/${film?.id}`);
  await expect(page.locator('video')).toBeVisible();
  await page.getByRole('button', { name: 'Buy for' }).click();
  await expect(page.getByText('It is yours to keep.')).toBeVisible();
  await page.goto(demo.url);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('heading', { name: 'New for you' })).toBeVisible();
  await expect(page.getByText('Join the film club')).toHaveCount(0);
  await page.close();
  await demo.close();
});

test('films seen together are one line of the receipt, which unfolds', async ({ page }) => {
  const demo = await startDemo({ port: 0, awsPort: 0 });
  const aws = demo.aws as LocalAws;
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${demo.url}/genre/drama`);
  await page.waitForFunction(() => window.personalize?.ready);
  await expect
    .poll(async () => {
      await flush(page);
      return counted(aws, 'impression').length;
    })
    .toBeGreaterThan(5);
  const lines = page.locator('[data-receipt-lines] > li');
  const requests = new Set(aws.acknowledged.map(({ requestId }) => requestId)).size;
  await expect(lines).toHaveCount(requests);
  const run = page.locator('.entry-run').last();
  await run.locator('summary').press('Enter');
  await expect(run.locator('li').first()).toHaveText(
    readFilms().find(({ genreSlug }) => genreSlug === 'drama')?.title as string,
  );
  // The server renders the same lines.
  await page.reload();
  await expect(lines.filter({ hasText: 'films' })).not.toHaveCount(0);
  await page.close();
  await demo.close();
});

test('view, rating and purchase carry the recommendation that led to the film', {
  tag: '@core',
}, async ({ page }) => {
  const demo = await startDemo({ port: 0, awsPort: 0 });
  const aws = demo.aws as LocalAws;
  const itemId = await openFilm(page, demo.url);
  // Space chooses the star with the keyboard focus.
  await page.getByRole('radio', { name: '4 of 5 stars' }).press('Space');
  await expect(page.getByText('4 of 5 stars, thank you.')).toBeVisible();
  await page.getByRole('button', { name: 'Buy for' }).click();
  await expect(page.getByRole('button', { name: 'Bought' })).toBeDisabled();
  await expect(page.getByText('It is yours to keep.')).toBeVisible();
  expect(new URL(page.url()).pathname).toBe(`/film/${itemId}`);
  await flush(page);
  await expect.poll(() => counted(aws, 'click')).toHaveLength(1);
  const [clicked] = counted(aws, 'click');
  expect(clicked?.recommendationId).toMatch(/^RID-/);
  const { recommendationId } = clicked as { recommendationId: string };
  expect(counted(aws, 'view')).toMatchObject([{ itemId, recommendationId }]);
  expect(counted(aws, 'rate')).toMatchObject([{ itemId, recommendationId, eventValue: 4 }]);
  const { price } = readFilms().find(({ id }) => id === itemId) as { price: number };
  expect(counted(aws, 'purchase')).toMatchObject([{ itemId, recommendationId, eventValue: price }]);
  await expect(page.locator('[data-receipt-lines]')).toContainText('purchase');
  await page.close();
  await demo.close();
});

for (const [button, eventType] of [
  ['Join', 'Taken'],
  ['Not for me', 'Not Taken'],
] as const) {
  test(`the film club's banner is recorded as seen, its "${button}" as the answer, and does not reappear`, async ({
    page,
  }) => {
    const demo = await startDemo({ port: 0, awsPort: 0 });
    const aws = demo.aws as LocalAws;
    await page.goto(demo.url);
    await page.waitForFunction(() => window.personalize?.ready);
    const banner = page.locator('[data-club]');
    await banner.scrollIntoViewIfNeeded();
    await expect
      .poll(async () => {
        await flush(page);
        return counted(aws, 'Viewed');
      })
      .toMatchObject([{ actionId: 'join-film-club' }]);
    // A click on the banner's text is no answer.
    await banner.getByText('One film and one seat').click();
    await banner.getByRole('button', { name: button }).click();
    if (button === 'Join') await expect(banner).toContainText('See you on Friday.');
    else await expect(banner).toHaveCount(0);
    await flush(page);
    expect(aws.acknowledged.filter(({ event }) => /Taken$/.test(event.eventType))).toMatchObject([
      {
        trackingId: 'demo-action-tracker',
        status: 'accepted',
        event: { actionId: 'join-film-club', eventType },
      },
    ]);
    await expect(page.locator('[data-receipt-lines]')).toContainText('Join the film club');
    await page.reload();
    await expect(page.getByRole('heading', { name: 'New for you' })).toBeVisible();
    await expect(banner).toHaveCount(0);
    await page.close();
    await demo.close();
  });
}

test('the watched share of the trailer arrives with the film, and the page is restored from the back/forward cache', {
  tag: '@chromium',
}, async ({ page }) => {
  const demo = await startDemo({ port: 0, awsPort: 0 });
  const aws = demo.aws as LocalAws;
  const itemId = await openFilm(page, demo.url);
  await page.evaluate(() =>
    addEventListener('pageshow', ({ persisted }) => (document.title = `${persisted}`)),
  );
  await page.getByRole('button', { name: 'Watch the trailer' }).click();
  const video = page.locator('video');
  await expect(video).toBeVisible();
  // Near the end the browser has to request a range of the file.
  await video.evaluate((element: HTMLVideoElement) => (element.currentTime = 13));
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.ended)).toBe(true);
  await page.getByRole('button', { name: 'Close the trailer' }).click();
  await expect(video).toBeHidden();
  await flush(page);
  await expect.poll(() => counted(aws, 'watch')).not.toHaveLength(0);
  const { recommendationId } = counted(aws, 'click')[0] as { recommendationId: string };
  for (const watched of counted(aws, 'watch')) {
    expect(watched).toMatchObject({ itemId, recommendationId });
    expect(watched.eventValue).toBeGreaterThan(0);
    expect(watched.eventValue).toBeLessThan(1);
  }

  await page.getByRole('link', { name: 'Back Row, home' }).click();
  await page.waitForURL(`${demo.url}/`);
  await page.goBack({ waitUntil: 'commit' });
  await expect.poll(() => page.title()).toBe('true');
  await page.close();
  await demo.close();
});

test("the trailer is served whole and in ranges, and the tracker's media chunk as a script", async () => {
  const demo = await startDemo({ port: 0, awsPort: 0 });
  const get = async (range?: string) => {
    const answer = await fetch(`${demo.url}/assets/leader.webm`, range ? { headers: { range } } : {});
    const { length } = new Uint8Array(await answer.arrayBuffer());
    return [answer.status, length, answer.headers.get('content-range')];
  };
  const [status, size, none] = await get();
  expect([status, none]).toEqual([200, null]);
  expect(size).toBeLessThan(120_000);
  expect(await get('bytes=0-1')).toEqual([206, 2, `bytes 0-1/${size}`]);
  expect(await get('bytes=100-')).toEqual([206, Number(size) - 100, `bytes 100-${Number(size) - 1}/${size}`]);
  expect(await get('bytes=-10')).toEqual([206, 10, `bytes ${Number(size) - 10}-${Number(size) - 1}/${size}`]);
  expect(await get(`bytes=${size}-`)).toEqual([416, 0, `bytes */${size}`]);
  const { headers } = await fetch(`${demo.url}/assets/leader.webm`, { method: 'HEAD' });
  expect([headers.get('content-type'), headers.get('accept-ranges')]).toEqual(['video/webm', 'bytes']);
  const media = await fetch(demo.url + pathOf('media'));
  expect(media.status).toBe(200);
  expect(media.headers.get('content-type')).toContain('text/javascript');
  await demo.close();
});

for (const actions of [{ actionTrackingId: 'real-action-tracker' }, {}]) {
  const name = actions.actionTrackingId ? 'with' : 'without';
  test(`with a real AWS account ${name} actions the tag has the account's IDs and no local endpoint`, async ({
    page,
  }) => {
    const account = {
      trackingId: 'real-tracker',
      region: 'eu-west-1',
      identityPoolId: 'eu-west-1:00000000-0000-4000-8000-000000000001',
      ...actions,
    };
    const demo = await startDemo({ port: 0, account });
    await page.route('https://**', (route) => route.abort());
    await page.goto(demo.url);
    const tag = page.locator('script[data-tracking-id]');
    expect(await tag.evaluate((element) => ({ ...(element as HTMLElement).dataset }))).toEqual(account);
    await expect(page.locator('[data-club]')).toHaveCount(actions.actionTrackingId ? 1 : 0);
    await expect(page.getByText('Faults')).toHaveCount(0);
    expect((await fetch(`${demo.url}/live/faults`, { method: 'POST' })).status).toBe(405);
    await page.close();
    await demo.close();
  });
}
