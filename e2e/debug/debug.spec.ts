import type { Page } from '@playwright/test';
import { pathOf } from '../../demo/script.js';
import { test } from '../support/console-errors.js';
import { expect, IMMEDIATE_FLUSHES, warmUp } from '../support/fixtures.js';
import { LONG_FLUSH_INTERVAL } from '../support/visits.js';

const TAG = { 'data-debug': '', 'data-action-tracking-id': 'demo-action-tracker' };

/** Collects console messages as `type text`. */
const collectMessages = (page: Page) => {
  const printed: string[] = [];
  page.on('console', (message) => printed.push(`${message.type()} ${message.text()}`));
  return printed;
};

test('debug prints one group per event when it is delivered or rejected', {
  tag: ['@core', '@chromium'],
}, async ({ page, site }) => {
  const printed = collectMessages(page);
  site.add('/', site.tag(TAG));
  await page.goto(site.url);
  await page.evaluate(async () => {
    // Until storage has been read, events wait; an invalid one is rejected at once.
    await window.personalize.ready;
    window.personalize.track('click', 'a');
    window.personalize.trackAction('Taken', 'join');
    window.personalize.track('', 'b');
    return window.personalize.flush();
  });
  await expect.poll(() => printed.filter((line) => line.startsWith('endGroup'))).toHaveLength(3);
  const lines = printed.filter((line) => !line.startsWith('endGroup'));
  const TIME = String.raw`at \d\d:\d\d:\d\d\.\d{3}Z`;
  const group = (...patterns: string[]) =>
    patterns.map((pattern) => expect.stringMatching(new RegExp(`^${pattern}`)));
  expect(lines).toEqual([
    ...group(
      'info personalize-beacon: queued click a ',
      'info personalize-beacon: queued Taken join ',
      'startGroupCollapsed personalize-beacon: rejected b: eventType must be a string of 1-256 characters; got ""$',
      `info rejected ${TIME} `,
    ),
    ...group(
      String.raw`startGroupCollapsed personalize-beacon: delivered click a after \d+ ms$`,
      `info queued ${TIME}$`,
      `info delivered ${TIME} `,
    ),
    ...group(
      String.raw`startGroupCollapsed personalize-beacon: delivered Taken join after \d+ ms$`,
      `info queued ${TIME}$`,
      `info delivered ${TIME} `,
    ),
  ]);
});

test('debug prints events of an earlier page, refusals and the reason why sending stops', {
  tag: ['@core', '@chromium'],
}, async ({ page, aws, site }) => {
  const printed = collectMessages(page);
  site.add('/', site.tag({ ...TAG, ...LONG_FLUSH_INTERVAL }));
  aws.fail({ on: 'events', status: 503 });
  await page.goto(site.url);
  await page.evaluate(() => {
    navigator.sendBeacon = () => false;
    window.personalize.track('click', 'early');
    return window.personalize.ready;
  });
  // Before the service recovers, so that this page cannot deliver the event itself.
  await page.goto('about:blank');
  aws.heal();
  await page.goto(site.url);
  await page.evaluate(() => window.personalize.flush());
  await expect
    .poll(() => printed)
    .toContainEqual('startGroupCollapsed personalize-beacon: delivered click early');

  aws.fail({ refuseItem: 'b' });
  await page.evaluate(() => {
    window.personalize.track('click', 'b');
    return window.personalize.flush();
  });
  await expect
    .poll(() => printed)
    .toContainEqual(
      expect.stringMatching(
        /^startGroupCollapsed personalize-beacon: rejected click b after \d+ ms: 400 InvalidInputException/,
      ),
    );

  aws.fail({ on: 'events', status: 403, type: 'AccessDeniedException' });
  await page.evaluate(() => {
    window.personalize.track('click', 'c');
    return window.personalize.flush();
  });
  await expect
    .poll(() => printed)
    .toContainEqual(expect.stringMatching(/^info personalize-beacon: error: 403 AccessDeniedException/));
});

test('debug prints the rejection of an unreadable event', { tag: '@chromium' }, async ({ page, site }) => {
  const printed = collectMessages(page);
  site.add('/', site.tag(TAG));
  await page.goto(site.url);
  await page.evaluate(() => {
    window.personalize.track({ ...{ eventType: 'click' }, itemId: Symbol('a') });
    window.personalize.track({ eventType: { toString: null } });
    return window.personalize.track('click', 'a');
  });
  await expect
    .poll(() => printed.filter((line) => line.startsWith('startGroup')))
    .toEqual([
      expect.stringContaining('rejected click: itemId must be a string'),
      expect.stringContaining('rejected : eventType must be a string'),
    ]);
  await expect.poll(() => printed).toContainEqual(expect.stringContaining('queued click a'));
});

test('inspect() returns session, queue, credentials, clock and errors as plain data', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  site.add('/', site.tag({ ...LONG_FLUSH_INTERVAL, 'data-click-event': 'open' }));
  await page.goto(site.url);
  await page.evaluate(() => window.personalize.identify('ann'));
  await warmUp(page, IMMEDIATE_FLUSHES);
  const sessionId = await page.evaluate(() => {
    window.personalize.track('click', 'waits');
    return window.personalize.sessionId;
  });
  const inspect = () => page.evaluate(() => window.personalize.inspect());
  const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
  const inspected = await inspect();
  expect(inspected).toMatchObject({
    options: { trackingId: 'demo-tracker', clickEvent: 'open', endpoint: aws.url },
    session: { sessionId, userId: 'ann', createdAt: expect.stringMatching(ISO) },
    queue: [
      { eventType: 'click', itemId: 'waits', recordedAt: expect.stringMatching(ISO), unconfirmed: false },
    ],
    credentials: { expiration: expect.stringMatching(ISO), expiresInMs: expect.any(Number) },
    clockOffset: 0,
    errors: [],
  });
  expect(JSON.parse(JSON.stringify(inspected))).toEqual(inspected);

  aws.fail({ on: 'events', status: 403, type: 'AccessDeniedException' });
  await page.evaluate(() => window.personalize.flush());
  expect(await inspect()).toMatchObject({
    queue: [{ itemId: 'waits' }],
    errors: [
      { at: expect.stringMatching(ISO), reason: expect.stringContaining('403 AccessDeniedException') },
    ],
  });
});

const useNames = (count: number) => {
  for (let n = 0; n < count - 1; n++) window.personalize.track(`type-${n}`, 'a');
  window.personalize.track('type-0', 'a', { properties: { shelf: 'top' } });
  window.personalize.trackAction('Taken', 'join', { properties: { seats: 2 } });
  return window.personalize.flush();
};

for (const count of [10, 11]) {
  test(`debug prints ${count > 10 ? 'a' : 'no'} warning for ${count} event types and properties`, async ({
    page,
    site,
  }) => {
    const printed = collectMessages(page);
    site.add('/', site.tag(TAG));
    await page.goto(site.url);
    await page.evaluate(useNames, count);
    await page.evaluate(useNames, count);
    // The last message of the second call.
    await expect
      .poll(() => printed.filter((line) => line.includes('personalize-beacon: delivered')))
      .toHaveLength(2 * (count + 1));
    expect(printed.filter((line) => line.startsWith('warning'))).toEqual(
      count > 10
        ? [expect.stringMatching(/11 event types and properties.*takes 10: .*type-9.*properties\.shelf/)]
        : [],
    );
  });
}

test('debug loads no chunk when it is off', { tag: '@core' }, async ({ page, site }) => {
  const loads: string[] = [];
  page.on('request', (request) => loads.push(new URL(request.url()).pathname));
  site.add('/', site.tag());
  await page.goto(site.url);
  await page.evaluate(useNames, 3);
  expect(loads).toContain('/personalize.js');
  expect(loads).not.toContain(pathOf('debug'));
});

test('debug prints cut impressions and wrong endpoints and regions at once', async ({ page, site, aws }) => {
  const messages: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  site.add('/', site.tag({ ...TAG, 'data-region': 'eu-north-1' }));
  await page.goto(site.url);
  expect(messages).toContain(
    'personalize-beacon: region must be one with Amazon Personalize; got "eu-north-1"',
  );
  await page.evaluate(() => {
    const impression = Array.from({ length: 25 }, (_, i) => `${i}`.padStart(100, 'x'));
    window.personalize.track('click', impression[24], { impression });
  });
  await expect
    .poll(() => messages.join())
    .toContain('personalize-beacon: impression cut to 9 of 25 items, 1,000 characters');
  site.add(
    '/next',
    site.tag({ ...TAG, 'data-identity-pool-id': undefined, 'data-endpoint': '/collect?key=1' }),
  );
  await page.goto(`${site.url}/next`);
  expect(messages.join()).toContain(
    'endpoint must be a URL of http(s) without user, query and fragment; got "/collect?key=1"',
  );
  expect(aws.acknowledged).toEqual([]);
});
