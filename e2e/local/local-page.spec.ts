import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { type RunningLocalAws, type StartLocalAwsOptions, startLocalAws } from 'personalize-beacon/local';
import { test as base } from '../support/serve.js';

// The page at `/` of the local AWS, with real requests.

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1440, height: 900 };

const SCHEMA = {
  type: 'record',
  name: 'Interactions',
  fields: [
    { name: 'USER_ID', type: 'string' },
    { name: 'ITEM_ID', type: 'string' },
    { name: 'TIMESTAMP', type: 'long' },
    { name: 'EVENT_TYPE', type: 'string' },
    { name: 'GENRE', type: ['string', 'null'], categorical: true },
  ],
};

type Start = (options?: StartLocalAwsOptions) => Promise<RunningLocalAws>;

const test = base.extend<{ start: Start }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads a fixture's needs off this pattern
  start: async ({}, use) => {
    const started: RunningLocalAws[] = [];
    await use(async (options) => {
      const aws = await startLocalAws(options);
      started.push(aws);
      return aws;
    });
    for (const aws of started) await aws.close();
  },
});

let count = 0;
const event = (more: object = {}) => ({
  eventType: 'click',
  itemId: 'film-a',
  sentAt: 1_700_000_000 + count++,
  ...more,
});

/** Sends a batch as to a site's own endpoint. */
const send = ({ url }: RunningLocalAws, eventList: unknown[], more: object = {}) =>
  fetch(`${url}/collect/events`, {
    method: 'POST',
    body: JSON.stringify({ trackingId: 'demo-tracker', sessionId: 's1', eventList, ...more }),
  });

/** Sends an event of each status. */
const sendEachStatus = async (aws: RunningLocalAws) => {
  const first = event({ eventId: 'first' });
  await send(aws, [first]);
  await send(aws, [first]);
  await send(aws, [event()], { sessionId: 'null' });
  await send(aws, [event({ eventType: 'view', itemId: 'x'.repeat(300) })], { sessionId: 's2' });
};

const rows = (page: Page) => page.getByRole('table', { name: 'Events' }).locator('tbody').getByRole('row');
const detail = (page: Page) => page.getByRole('complementary');
const summary = (page: Page) => page.locator('.summary');
const filters = (page: Page) => page.getByRole('search', { name: 'Filter events' });

/** Returns the numbers of the rows' events, in their order. */
const rowNumbers = (page: Page) =>
  page.locator('a[data-row]').evaluateAll((links) => links.map((link) => Number(link.dataset.row)));

const openRow = (page: Page, number: number) => page.locator(`a[data-row="${number}"]`).click();

test('events of each status appear as they come, the newest first', { tag: '@core' }, async ({
  page,
  start,
}) => {
  const aws = await start();
  await page.goto(aws.url);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await sendEachStatus(aws);
  await expect(rows(page)).toHaveCount(4);
  expect(await rowNumbers(page)).toEqual([4, 3, 2, 1]);
  await expect(rows(page).nth(0)).toContainText('Rejected');
  await expect(rows(page).nth(0)).toContainText('itemId: Member must have length between 1 and 256');
  await expect(rows(page).nth(1)).toContainText('Ignored');
  await expect(rows(page).nth(2)).toContainText('Duplicate');
  await expect(rows(page).nth(3)).toContainText('Accepted');
  await expect(rows(page).nth(3)).toContainText('film-a');
  await expect(rows(page).nth(3)).toContainText('Unsigned');
  await expect(page.getByRole('list', { name: 'Events by status' }).getByRole('link')).toHaveText([
    /All 4/,
    /Accepted 1/,
    /Duplicate 1/,
    /Ignored 1/,
    /Rejected 1/,
  ]);
});

test("a tracker's events show how they were signed, and an action shows its ID", async ({
  page,
  context,
  serve,
  start,
}) => {
  const aws = await start();
  const port = await serve((_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<link rel="icon" href="data:,">${aws.tag}<h1>Shop</h1>`),
  );
  await page.goto(aws.url);
  const shop = await context.newPage();
  await shop.goto(`http://localhost:${port}/`);
  await shop.waitForFunction(() => window.personalize?.flush);
  await shop.evaluate(async () => {
    // The first two are sent at once; the last one waits, and goes by a beacon.
    for (const item of ['film-a', 'film-c']) {
      window.personalize.track('click', item);
      await window.personalize.flush();
    }
    window.personalize.track('click', 'film-b');
  });
  await shop.goto('about:blank');
  await expect(rows(page).filter({ hasText: 'Signed header' }).filter({ hasText: 'film-a' })).toHaveCount(1);
  await expect(rows(page).filter({ hasText: 'Presigned URL (beacon)' }).first()).toContainText('film-b');
  await fetch(`${aws.url}/collect/action-interactions`, {
    method: 'POST',
    body: JSON.stringify({
      trackingId: 'demo-action-tracker',
      actionInteractions: [
        { actionId: 'join', sessionId: 's', timestamp: 1_700_000_000, eventType: 'Taken' },
      ],
    }),
  });
  await expect(rows(page).first()).toContainText('join');
});

test('filters work together, are in the link, and can be cleared', { tag: '@core' }, async ({
  page,
  context,
  start,
}) => {
  const aws = await start({ schema: SCHEMA });
  await send(aws, [event(), event({ itemId: 'film-b' })], { userId: 'ann' });
  await send(aws, [event({ eventType: 'view', properties: '{"colour":"red"}' })], { sessionId: 's2' });
  await send(aws, [event({ itemId: '' })], { sessionId: 's3' });
  await page.goto(aws.url);
  await expect(summary(page)).toHaveText('4 events');
  const only = (label: string) => filters(page).getByLabel(label);
  const check = async (count: number) => expect(summary(page)).toHaveText(`${count} of 4 events`);

  await only('User').fill('AN');
  await check(2);
  await only('Item').fill('film-b');
  await check(1);
  const copy = await context.newPage();
  await copy.goto(page.url());
  await expect(summary(copy)).toHaveText('1 of 4 events');
  await expect(rows(copy)).toHaveCount(1);
  await expect(rows(copy)).toContainText('film-b');
  await expect(filters(copy).getByLabel('User')).toHaveValue('AN');

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(rows(page)).toHaveCount(4);
  await expect(only('User')).toHaveValue('');
  await only('Event type').selectOption('view');
  await check(1);
  await only('Event type').selectOption('All');
  await only('Only with warnings').check();
  await check(1);
  await only('Only with warnings').uncheck();
  await only('Session').fill('s3');
  await check(1);
  await only('Session').fill('');
  await only('Search').fill('RED');
  await check(1);
  await only('Search').fill('no such text');
  await expect(page.getByText('No event passes the filters.')).toBeVisible();
  await only('Search').fill('');
  await page.getByRole('link', { name: 'Rejected 1' }).click();
  await check(1);
});

test('an opened event shows its JSON, and its row as soon as its session logs in', { tag: '@core' }, async ({
  page,
  context,
  start,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const aws = await start();
  await send(aws, [event({ properties: '{"position":3}' })]);
  await page.goto(aws.url);
  await openRow(page, 1);
  await expect(detail(page).getByText('Anonymous: no user has logged in')).toBeVisible();
  await expect(detail(page).getByLabel('JSON of the event')).toContainText('"itemId": "film-a"');

  await send(aws, [event()], { userId: 'ann' });
  const row = detail(page).getByRole('table', { name: 'Row of the Interactions dataset' });
  await expect(row.getByRole('row', { name: 'USER_ID' })).toContainText('ann');
  await expect(row.getByRole('row', { name: 'POSITION' })).toContainText('3');
  await expect(detail(page).getByText('it belongs to ann')).toBeVisible();

  await detail(page).getByRole('button', { name: 'Copy event as JSON' }).click();
  await expect(page.getByText('event as JSON copied.')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(copied)).toEqual({ ...aws.events[0]?.event });
});

test('an opened event says why it was rejected or has no row, and names its request', async ({
  page,
  start,
}) => {
  const aws = await start({ schema: SCHEMA });
  await sendEachStatus(aws);
  await send(aws, [event({ itemId: undefined })], { userId: 'ann' });
  await page.goto(aws.url);
  for (const [number, text] of [
    [2, 'Duplicate: an earlier event'],
    [3, 'Ignored: its session ID is the text "null"'],
    [4, 'Rejected: the service stores nothing of it'],
    [5, 'Without an item'],
  ] as const) {
    await openRow(page, number);
    await expect(detail(page).getByText(text)).toBeVisible();
  }
  await expect(detail(page).getByText('it is missing, and ITEM_ID is required')).toBeVisible();
  await openRow(page, 4);
  await expect(detail(page).getByRole('heading', { name: 'Rejected: InvalidInputException' })).toBeVisible();
  await detail(page).getByRole('link', { name: 'Open the request' }).click();
  await expect(summary(page)).toHaveText('1 of 5 requests');
  const refused = page.getByRole('table').getByRole('row').nth(1);
  await expect(refused).toContainText('400 InvalidInputException');
  await refused.getByRole('link', { name: '1 event of this request' }).click();
  expect(await rowNumbers(page)).toEqual([4]);
  await page.goto(`${aws.url}/#/events?event=99`);
  await expect(detail(page).getByText('There is no event 99')).toBeVisible();
});

test("a session's way shows its events in order and where it joined its user", async ({ page, start }) => {
  const aws = await start();
  await send(aws, [event(), event({ eventType: 'view' })]);
  await send(aws, [event({ itemId: 'other' })], { sessionId: 's2' });
  await page.goto(aws.url);
  await openRow(page, 2);
  await detail(page).getByRole('link', { name: 'All events of this session' }).click();
  const steps = page.getByRole('list', { name: 'Events of the session' }).getByRole('listitem');
  await expect(steps).toHaveText([/click.*no row: anonymous/s, /view.*no row: anonymous/s]);
  await expect(page.getByText('Nobody has logged in')).toBeVisible();

  await send(aws, [event({ eventType: 'purchase' })], { userId: 'ann' });
  await expect(steps).toHaveText([
    /click.*anonymous.*row of ann/s,
    /view.*anonymous.*row of ann/s,
    /ann logs in\..*2 anonymous events belong to ann/s,
    /purchase.*as ann.*row of ann/s,
  ]);
  await expect(page.getByText('2 anonymous events joined ann.')).toBeVisible();
});

test('requests show operation, answer, fault and events, and preflights apart', async ({ page, start }) => {
  const aws = await start();
  await send(aws, [event(), event()]);
  await fetch(`${aws.url}/events`, { method: 'OPTIONS', headers: { origin: 'https://shop.example' } });
  aws.fail({ status: 503, type: 'ServiceUnavailableException', times: 1 });
  await send(aws, [event()]);
  await fetch(`${aws.url}/`, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityService.GetId' },
  });
  await page.goto(`${aws.url}/#/requests`);
  const requests = page.getByRole('table').locator('tbody').getByRole('row');
  await expect(requests).toHaveText([
    /POST GetId.*400/s,
    /POST PutEvents.*503 ServiceUnavailableException.*Unsigned.*status/s,
    /Preflight PutEvents.*200.*https:\/\/shop\.example/s,
    /POST PutEvents.*200.*Unsigned.*2 events/s,
  ]);
  await expect(requests.nth(3).getByRole('cell').nth(3)).toHaveText(String(aws.requests[0]?.bytes));
  await page.getByLabel('Hide preflights').check();
  await expect(requests).toHaveCount(3);
  await expect(summary(page)).toHaveText('3 of 4 requests');
  await requests.nth(2).getByRole('link').click();
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Remove the filter' }).click();
  await expect(page).toHaveURL(/#\/events$/);
});

test('a switch lets real requests fail, shows its hits, and "Undo all" undoes all', { tag: '@core' }, async ({
  page,
  start,
}) => {
  const aws = await start();
  await page.goto(`${aws.url}/#/faults`);
  const down = page.getByRole('switch', { name: 'Service down (503)' });
  await expect(down).toHaveAttribute('aria-checked', 'false');
  await down.click();
  await expect(down).toHaveAttribute('aria-checked', 'true');
  expect((await send(aws, [event()])).status).toBe(503);
  await expect(down).toContainText('1 hit');
  await page.getByRole('link', { name: 'Events', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Active faults' })).toContainText('Service down (503)');
  await page.getByRole('link', { name: 'Change' }).click();
  await down.click();
  await expect(down).toHaveAttribute('aria-checked', 'false');
  expect((await send(aws, [event()])).status).toBe(200);

  await page.getByLabel('Refuse one item').fill('film-b');
  await page.getByRole('button', { name: 'Refuse this item' }).click();
  const others = page.locator('.others li');
  await expect(others).toHaveText([/refuses item film-b.*0 hits/s]);
  expect((await send(aws, [event({ itemId: 'film-b' })])).status).toBe(400);
  await expect(others).toContainText('1 hit');

  aws.fail({ on: 'preflight', status: 500, share: 0.5, name: 'by code' });
  await expect(others.nth(1)).toHaveText(/Preflights: 500, 50 % of the requests, named “by code”/);
  await page.getByRole('switch', { name: 'Clock 1 hour off' }).click();
  await expect.poll(() => aws.skew()).toBe(-3_600_000);
  expect(aws.faults().map(({ name }) => name)).toEqual(['refuse', 'by code']);
  await page.getByRole('button', { name: 'Undo PutEvents: refuses item' }).click();
  await expect(others).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo all' }).click();
  await expect(page.getByText('All is well')).toBeVisible();
  expect([aws.faults(), aws.skew()]).toEqual([[], 0]);
});

test('each switch sets a fault that the service takes', async ({ page, start }) => {
  const aws = await start();
  await page.goto(`${aws.url}/#/faults`);
  const switches = page.getByRole('switch');
  await expect(switches).toHaveCount(10);
  for (let i = 0; i < 10; i++) {
    await switches.nth(i).click();
    await expect(switches.nth(i)).toHaveAttribute('aria-checked', 'true');
  }
  expect(aws.faults().map(({ name }) => name)).toEqual([
    'down',
    'throttled',
    'flaky',
    'reset',
    'lost',
    'stall',
    'slow',
    'denied',
    'cognito',
  ]);
});

test('the CSV can be downloaded, and events be cleared after a confirmation', async ({ page, start }) => {
  const aws = await start();
  await send(aws, [event()], { userId: 'ann' });
  await page.goto(aws.url);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download CSV' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('interactions.csv');
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString()).toBe(aws.interactionsCsv());

  const clear = page.getByRole('button', { name: 'Clear' });
  const question = page.getByRole('group', { name: 'Remove all events and requests?' });
  await clear.click();
  await send(aws, [event()]);
  await expect(rows(page)).toHaveCount(2);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await clear.click();
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  expect(aws.events).toHaveLength(2);
  await clear.click();
  await question.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('heading', { name: 'No events yet' })).toBeVisible();
  expect(aws.events).toHaveLength(0);
});

test('older events that were dropped are counted, and the page keeps as many as the server', async ({
  page,
  start,
}) => {
  const aws = await start({ maxEvents: 3 });
  await page.goto(aws.url);
  await send(aws, [event(), event()]);
  await expect(rows(page)).toHaveCount(2);
  await expect(page.getByText('older events were dropped')).toHaveCount(0);
  await send(aws, [event(), event(), event()]);
  await expect(page.getByText('2 older events were dropped: the newest 3 are kept.')).toBeVisible();
  expect(await rowNumbers(page)).toEqual([5, 4, 3]);
  for (let i = 0; i < 3; i++) await send(aws, [event()]);
  await page.getByRole('link', { name: 'Requests' }).click();
  await expect(page.getByText('2 older requests were dropped: the newest 3 are kept.')).toBeVisible();
  await expect(page.getByRole('table').locator('tbody').getByRole('row')).toHaveCount(3);
});

test('at most 200 rows are rendered until more are asked for', async ({ page, start }) => {
  const aws = await start();
  await page.goto(aws.url);
  for (let batch = 0; batch < 45; batch++) {
    await send(
      aws,
      Array.from({ length: 10 }, () => event()),
    );
  }
  await expect(summary(page)).toHaveText('450 events');
  await expect(rows(page)).toHaveCount(200);
  expect((await rowNumbers(page))[0]).toBe(450);
  await page.getByRole('button', { name: 'Show 200 more' }).click();
  await expect(rows(page)).toHaveCount(400);
  await page.getByRole('button', { name: 'Show 50 more' }).click();
  await expect(rows(page)).toHaveCount(450);
  await expect(page.getByRole('button', { name: /Show \d+ more/ })).toHaveCount(0);
});

test('the page says that the connection is lost, and goes on with a server that starts again', async ({
  page,
  start,
}) => {
  const first = await start();
  await send(first, [event({ itemId: 'before' })]);
  await page.goto(first.url);
  await expect(rows(page)).toContainText('before');
  await first.close();
  await expect(page.getByText('Connection lost.', { exact: true }).first()).toBeVisible();
  await expect(rows(page)).toContainText('before');
  const second = await start({ port: first.port, trackingId: 'second-tracker' });
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await expect(rows(page)).toHaveCount(0);
  await send(second, [event({ itemId: 'after' })], { trackingId: 'second-tracker' });
  await expect(rows(page)).toContainText('after');
  await page.getByRole('link', { name: 'Connect' }).click();
  await expect(page.getByLabel('script tag', { exact: true })).toContainText('second-tracker');
});

test('markup in an event stays text', async ({ page, start }) => {
  const aws = await start({ schema: SCHEMA });
  const markup = '"><img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';
  await send(
    aws,
    [
      event({
        eventType: markup,
        itemId: markup,
        eventId: markup,
        properties: JSON.stringify({ [markup]: markup }),
      }),
      event({ itemId: markup }),
    ],
    { sessionId: markup, userId: markup },
  );
  await send(aws, [{ eventType: { markup }, itemId: 7, sentAt: 'now' }, null], { sessionId: markup });
  aws.fail({ refuseItem: markup, name: markup });
  await page.goto(aws.url);
  await expect(rows(page)).toHaveCount(4);
  await expect(rows(page).last()).toContainText(markup);
  await openRow(page, 1);
  await expect(detail(page).getByRole('table')).toContainText(markup);
  await openRow(page, 3);
  await expect(detail(page).getByLabel('JSON of the event')).toContainText('"sentAt": "now"');
  await detail(page).getByRole('link', { name: 'All events of this session' }).click();
  await expect(page.getByRole('list', { name: 'Events of the session' })).toContainText(markup);
  for (const view of ['Requests', 'Faults', 'Schema', 'Events']) {
    await page.getByRole('navigation').getByRole('link', { name: view }).click();
    await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(view);
    await expect(page.locator('#page img, #page script')).toHaveCount(0);
  }
  await expect(page).toHaveTitle('Events – personalize-beacon local');
});

test('warnings are grouped, with a link to their events, beside the columns of the schema', async ({
  page,
  start,
}) => {
  const aws = await start({ schema: SCHEMA, domain: 'ECOMMERCE' });
  const colour = { eventType: 'View', properties: '{"colour":"red"}' };
  await send(aws, [event(colour), event({ eventType: 'View' }), event(colour)]);
  await page.goto(aws.url);
  await expect(rows(page).first()).toContainText('1 warning');
  await page.getByRole('link', { name: 'Schema' }).click();
  await expect(page.getByRole('table').getByRole('row', { name: 'GENRE' })).toHaveText(
    /GENRE\s+string\s+allowed\s+categorical/,
  );
  await expect(page.getByText('ECOMMERCE')).toBeVisible();
  const group = page.getByRole('link', { name: 'properties.colour' });
  await expect(group).toContainText(/2.*it has no column and is dropped: add COLOUR to the schema/s);
  await group.click();
  await expect(summary(page)).toHaveText('2 of 3 events');
  expect(await rowNumbers(page)).toEqual([3, 1]);
});

test('without events and schema, the page says how to begin, and can send a test event', async ({
  page,
  start,
}) => {
  const aws = await start();
  await page.goto(aws.url);
  await expect(page.getByLabel('script tag', { exact: true })).toHaveText(aws.tag);
  await page.getByRole('link', { name: 'Schema' }).click();
  await expect(page.getByRole('heading', { name: 'No schema given' })).toBeVisible();
  await expect(page.getByLabel('command', { exact: true })).toContainText('--schema interactions.avsc');
  await page.getByRole('link', { name: 'Connect' }).click();
  for (const value of Object.values(aws.initOptions)) {
    await expect(page.getByLabel('init options', { exact: true })).toContainText(value);
  }
  await page.getByRole('button', { name: 'Send a test event' }).click();
  await page.getByRole('link', { name: 'Events' }).click();
  await expect(rows(page)).toContainText('test-item');
});

const hasFocus = (locator: Locator) => expect(locator).toBeFocused();

test('the list is used with the keyboard alone', async ({ page, start }) => {
  const aws = await start();
  await send(aws, [event(), event(), event()]);
  await page.goto(aws.url);
  await expect(rows(page)).toHaveCount(3);
  const row = (number: number) => page.locator(`a[data-row="${number}"]`);
  await page.keyboard.press('Tab');
  await hasFocus(page.getByRole('link', { name: 'Skip to the content' }));
  await page.keyboard.press('Enter');
  await hasFocus(page.getByRole('main'));
  await filters(page).getByLabel('Only with warnings').focus();
  await page.keyboard.press('Tab');
  await hasFocus(row(3));
  await page.keyboard.press('ArrowDown');
  await hasFocus(row(2));
  await expect(detail(page)).toHaveCount(0);
  // The list is one stop of the Tab key, at the row that had the focus last.
  await page.keyboard.press('Tab');
  await expect(row(1)).not.toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await hasFocus(row(2));
  await page.keyboard.press('Enter');
  await expect(detail(page)).toContainText('Event 2');
  await page.keyboard.press('End');
  await expect(detail(page)).toContainText('Event 1');
  await hasFocus(row(1));
  await page.keyboard.press('Tab');
  await hasFocus(detail(page).getByRole('button', { name: 'Close' }));
  await page.keyboard.press('Escape');
  await expect(detail(page)).toHaveCount(0);
  await hasFocus(row(1));
});

test('on a phone, an opened event covers the page and gives the focus back', async ({ page, start }) => {
  const aws = await start();
  await send(aws, [event(), event()]);
  await page.setViewportSize(PHONE);
  await page.goto(aws.url);
  await openRow(page, 2);
  await hasFocus(page.getByRole('button', { name: 'Close event 2' }));
  expect(await detail(page).boundingBox()).toEqual({ x: 0, y: 0, ...PHONE });
  await expect(page.locator('main')).toHaveAttribute('inert', '');
  await page.keyboard.press('Escape');
  await hasFocus(page.locator('a[data-row="2"]'));
});

test('a summary is announced, not each event', async ({ page, start }) => {
  const aws = await start();
  await page.goto(aws.url);
  await send(aws, [event(), event()]);
  await expect(page.locator('#announcement')).toHaveText(/^2 events\./);
  await expect(page.locator('#announcement')).toHaveAttribute('role', 'status');
  await expect(page.locator('table[aria-live], table [aria-live]')).toHaveCount(0);
});

/** Serves what every view has to show, and returns the views' URLs. */
const fillViews = async (start: Start) => {
  const aws = await start({ schema: SCHEMA });
  const empty = await start();
  const long = 'a-very-long-identifier-without-a-space-'.repeat(6);
  await sendEachStatus(aws);
  await send(aws, [event({ itemId: long, properties: JSON.stringify({ colour: long }) })], {
    sessionId: long,
  });
  await send(aws, [event()], { sessionId: long, userId: long });
  aws.fail({ status: 503, type: 'ServiceUnavailableException', on: 'preflight' });
  aws.fail({ refuseItem: long });
  const views = ['events', 'requests', 'faults', 'schema', 'connect', 'events?event=4', 'events?event=5'];
  return [
    ...views.map((view) => `${aws.url}/#/${view}`),
    `${aws.url}/#/session?tracker=demo-tracker&id=${long}&event=5`,
    `${aws.url}/#/session?tracker=demo-tracker&id=${long}`,
    `${empty.url}/#/events`,
    `${empty.url}/#/schema`,
  ];
};

/** Opens a view on a page of its own, and waits until nothing loads any more. */
const openView = async (page: Page, url: string) => {
  await page.goto('about:blank');
  await page.goto(url);
  await expect(page.getByText('Live', { exact: true })).toBeAttached();
  await expect(page.getByText('Loading…')).toHaveCount(0);
};

for (const viewport of [PHONE, DESKTOP]) {
  test(`nothing scrolls sideways at ${viewport.width} pixels`, async ({ page, start }) => {
    await page.setViewportSize(viewport);
    for (const url of await fillViews(start)) {
      await openView(page, url);
      const width = () => page.evaluate(() => document.documentElement.scrollWidth);
      expect(await width(), url).toBeLessThanOrEqual(viewport.width);
      const sheet = page.locator('.detail');
      if (await sheet.count()) {
        expect(await sheet.evaluate((e) => e.scrollWidth - e.clientWidth), url).toBe(0);
      }
    }
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing at ${viewport.width} pixels, ${colorScheme}`, async ({ page, start }) => {
      // Eleven views, each of which takes seconds on a busy machine.
      test.slow();
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      for (const url of await fillViews(start)) {
        await openView(page, url);
        const axe = new AxeBuilder({ page });
        // The other rules are the same in both schemes.
        if (colorScheme === 'dark') axe.withRules('color-contrast');
        const { violations } = await axe.analyze();
        const found = violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))]);
        expect(found, url).toEqual([]);
      }
    });
  }
}
