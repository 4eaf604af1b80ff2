import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.js';
import { arrived, counted } from '../support/visits.js';

/** Without an interval every flush follows an idle period. */
const ALWAYS_IDLE = { 'data-flush-interval': '0' };

/** Notes how many requests of events a click has made by its last listener. */
const COUNTING = `<script>
  const { fetch } = window;
  let requests = 0;
  window.fetch = (...of) => {
    if (/events$/.test(of[0])) requests++;
    return fetch(...of);
  };
  addEventListener('pointerdown', () => { requests = 0; });
  addEventListener('click', () => { window.requestsOfClick = requests; });
</script>`;

const requestsOfClick = (page: Page) =>
  page.evaluate(() => (window as unknown as { requestsOfClick: number }).requestsOfClick);

/** Clicks until the signer is warm, which happens in idle time. */
const clickUntilSentAtOnce = (page: Page) =>
  expect
    .poll(async () => {
      await page.getByText('tile').click();
      const requests = await requestsOfClick(page);
      await page.evaluate(() => window.personalize.flush());
      return requests;
    })
    .toBe(1);

test('an idle page sends the event of a click before the last listener of the click runs', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  site.add('/', `${COUNTING}${site.tag(ALWAYS_IDLE)}<p data-personalize-item="one">tile</p>`);
  await page.goto(site.url);
  await clickUntilSentAtOnce(page);
  await expect.poll(() => arrived(aws)).toContain('one');
});

test('events recorded in one task travel in one request, made before the next task', async ({
  page,
  aws,
  site,
}) => {
  site.add('/', `${COUNTING}${site.tag(ALWAYS_IDLE)}<p data-personalize-item="one">tile</p>`);
  await page.goto(site.url);
  await clickUntilSentAtOnce(page);
  aws.clear();
  await page.evaluate(() => {
    for (const item of ['a', 'b', 'c']) window.personalize.track('view', item);
  });
  await expect.poll(() => arrived(aws)).toEqual(['a', 'b', 'c']);
  expect(aws.calls('/events')).toHaveLength(1);
});

// Chromium may fail a request before `pagehide`, although it arrives: then a beacon sends the event again.
test('an event sent in the task of a click on a link counts once', async ({ page, aws, site }) => {
  const tiles = '<p data-personalize-item="one">tile</p><a data-personalize-item="link" href="/next">go</a>';
  site.add('/', `${COUNTING}${site.tag(ALWAYS_IDLE)}${tiles}`);
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await clickUntilSentAtOnce(page);
  aws.clear();
  await page.getByText('go').click();
  await page.waitForURL('**/next');
  await expect.poll(() => counted(aws)).toEqual(['link']);
  expect(aws.acknowledged[0]?.form).toBe('header');
});
