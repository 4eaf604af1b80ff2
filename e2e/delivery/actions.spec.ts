import type { Page } from '@playwright/test';
import { expect, IMMEDIATE_FLUSHES, type Site, test, warmUp } from '../support/fixtures.js';
import { collectRecorded, recorded, waitForObservers } from '../support/paused-page.js';
import { LONG_FLUSH_INTERVAL } from '../support/visits.js';

const TAG = { 'data-action-tracking-id': 'demo-action-tracker' };

const open = async (page: Page, site: Site, body = '', options = {}) => {
  site.add('/', `${body}${site.tag({ ...TAG, ...options })}`);
  await page.goto(site.url);
  await collectRecorded(page);
  await page.evaluate(() => window.personalize.ready);
  await waitForObservers(page);
};

test('trackAction() sends a signed PutActionInteractions request in the same session', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  await open(page, site);
  const eventId = await page.evaluate(async () => {
    window.personalize.identify('ann');
    window.personalize.track('click', 'a');
    const id = window.personalize.trackAction('Taken', 'join', {
      recommendationId: 'RID-1',
      properties: { seats: 2 },
      sentAt: 1_700_000_000,
    });
    await window.personalize.flush();
    return id;
  });
  const [click, taken] = aws.acknowledged;
  expect(taken).toMatchObject({
    trackingId: 'demo-action-tracker',
    form: 'header',
    status: 'accepted',
    userId: 'ann',
  });
  expect([taken?.sessionId, taken?.userId]).toEqual([click?.sessionId, click?.userId]);
  expect(taken?.event).toEqual({
    eventType: 'Taken',
    actionId: 'join',
    eventId,
    recommendationId: 'RID-1',
    properties: '{"seats":2}',
    timestamp: 1_700_000_000,
  });
});

test('events and actions are sent in separate requests of at most ten', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  await open(page, site);
  await page.evaluate(() => {
    for (let n = 0; n < 12; n++) {
      window.personalize.track('click', `i${n}`);
      window.personalize.trackAction('Viewed', `a${n}`);
    }
    return window.personalize.flush();
  });
  expect(aws.counted()).toHaveLength(24);
  for (const path of ['/events', '/action-interactions'] as const) {
    const sizes = aws.calls(path).map(({ eventCount }) => eventCount);
    expect(sizes).toHaveLength(2);
    expect(sizes.reduce((a, b) => a + b)).toBe(12);
  }
});

test('an unloading page sends actions by beacon', { tag: '@core' }, async ({ page, aws, site }) => {
  site.add('/next', 'next');
  await open(page, site, '<a href="/next" data-personalize-action="join">go</a>', LONG_FLUSH_INTERVAL);
  await warmUp(page, IMMEDIATE_FLUSHES);
  await page.getByText('go').click();
  await expect
    .poll(() => aws.acknowledged.at(-1))
    .toMatchObject({
      form: 'query',
      event: { eventType: 'Taken', actionId: 'join' },
    });
});

test('trackAction() rejects invalid actions, and every action without a tracker for actions, with the reason', async ({
  page,
  site,
}) => {
  const outcomes = () =>
    page.evaluate(() => {
      const reasons: string[] = [];
      window.personalize.on('rejected', ({ reason }: { reason: string }) => reasons.push(reason));
      const ids = [
        window.personalize.trackAction('Clicked', 'a'),
        window.personalize.trackAction('Taken'),
        window.personalize.trackAction('Taken', 'a', { eventValue: 1 }),
      ];
      return { ids, reasons };
    });
  await open(page, site);
  const { ids, reasons } = await outcomes();
  expect(ids).toEqual([undefined, undefined, undefined]);
  expect(reasons).toEqual([
    'eventType must be Taken or Not Taken or Viewed; got "Clicked"',
    expect.stringContaining('actionId'),
    expect.stringContaining('eventValue is unknown; use '),
  ]);
  await open(page, site, '', { 'data-action-tracking-id': undefined });
  expect((await outcomes()).reasons).toEqual(Array(3).fill('actionTrackingId is missing'));
});

test('in markup, a click records Taken and a second in view records Viewed, unless a mark sets another type', {
  tag: '@core',
}, async ({ page, site }) => {
  await open(page, site, '<main></main>');
  await page.evaluate(() => {
    (document.querySelector('main') as Element).innerHTML =
      `<div data-personalize-list data-personalize-recommendation-id="RID-1" data-personalize-source="home">
        <div data-personalize-action="join" data-personalize-impression data-personalize-value="7" data-personalize-property-seats="2">
          <button>join</button>
          <button data-personalize-event="Not Taken">no, thanks</button>
          <b data-personalize-item="film">film</b></div></div>
       <form data-personalize-action="join" data-personalize-on="submit" onsubmit="return false">words <button>send</button></form>`;
  });
  await expect.poll(() => recorded(page, 'eventType')).toEqual(['Viewed']);
  await page.getByText('join').click();
  await page.getByText('no, thanks').click();
  await page.getByText('film').click();
  await page.getByText('words').click();
  await page.getByText('send').click();
  const events = await recorded(page, 'eventType', 'actionId', 'itemId', 'recommendationId', 'properties');
  const properties = '{"seats":"2"}';
  expect(events).toEqual([
    ['Viewed', 'join', undefined, 'RID-1', properties],
    ['Taken', 'join', undefined, 'RID-1', properties],
    ['Not Taken', 'join', undefined, 'RID-1', properties],
    ['click', undefined, 'film', 'RID-1', properties],
    ['Taken', 'join', undefined, undefined, undefined],
  ]);
  // Actions have no impression and no value.
  expect(await recorded(page, 'impression', 'eventValue')).toEqual([
    [undefined, undefined],
    [undefined, undefined],
    [undefined, undefined],
    [['film'], 7],
    [undefined, undefined],
  ]);
});

test('a refused action does not delay events, and is kept for the next page', async ({ page, aws, site }) => {
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await open(page, site);
  aws.fail({ on: 'actions', status: 403, type: 'AccessDeniedException', message: 'not authorized' });
  const send = (item: string) =>
    page.evaluate(async (id) => {
      window.personalize.trackAction('Taken', `to ${id}`);
      window.personalize.track('click', id);
      await window.personalize.flush();
    }, item);
  await send('a');
  await send('b');
  expect(aws.counted().map(({ itemId }) => itemId)).toEqual(['a', 'b']);
  const ours = errors.filter((text) => text.startsWith('personalize-beacon:'));
  expect(ours).toEqual([
    expect.stringMatching(/sending stopped: 403 AccessDeniedException not authorized grant the role/),
  ]);
  expect(aws.calls('/action-interactions')).toHaveLength(1);

  aws.heal();
  await page.reload();
  await warmUp(page);
  await expect.poll(() => aws.counted().flatMap(({ actionId }) => actionId ?? [])).toEqual(['to a', 'to b']);
});

test('without credentials actions are sent to the endpoint unsigned', async ({ page, site, aws }) => {
  await open(page, site, '', {
    'data-identity-pool-id': undefined,
    'data-region': undefined,
    'data-endpoint': '/collect',
  });
  const [request] = await Promise.all([
    page.waitForRequest('**/collect/action-interactions'),
    page.evaluate(() => {
      window.personalize.trackAction('Taken', 'join');
      window.personalize.flush();
    }),
  ]);
  expect(request.headers().authorization).toBeUndefined();
  expect(request.postDataJSON()).toMatchObject({
    trackingId: 'demo-action-tracker',
    actionInteractions: [{ actionId: 'join', sessionId: expect.any(String) }],
  });
  expect(aws.requests).toEqual([]);
});

test('attributes that JSX writes as "true" keep the default types of an action', async ({ page, site }) => {
  await open(
    page,
    site,
    `<div data-personalize-action="join" data-personalize-impression="true" data-personalize-event="true">
      <button>join</button></div>`,
  );
  await expect.poll(() => recorded(page, 'eventType')).toEqual(['Viewed']);
  await page.getByText('join').click();
  await expect.poll(() => recorded(page, 'eventType')).toEqual(['Viewed', 'Taken']);
});
