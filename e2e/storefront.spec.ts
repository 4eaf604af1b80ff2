import { expect, test } from '@playwright/test';
import { startDemo } from '../demo/start.js';

const click = 'a[data-personalize-item]';

test('a film clicked on the storefront arrives signed, is counted once, and is joined to who logs in', async ({
  page,
}) => {
  const demo = await startDemo({ port: 0, awsPort: 0 });
  const aws = demo.aws as NonNullable<typeof demo.aws>;
  const complaints: string[] = [];
  page.on(
    'console',
    (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()),
  );
  page.on('pageerror', (error) => complaints.push(error.message));

  await page.goto(demo.url);
  await expect.poll(() => aws.requests.map((r) => r.target)).toContain('GetCredentialsForIdentity');
  await page.evaluate(() => window.personalize.ready);
  await page.locator('[data-personalize-list]').locator(click).first().click();
  await page.waitForURL('**/film/**');
  const itemId = decodeURIComponent(page.url().split('/film/')[1] as string);

  await expect
    .poll(() => aws.accepted.filter((a) => a.counted).map((a) => a.event.eventType))
    .toContain('click');
  const clicked = aws.accepted.find((a) => a.event.eventType === 'click');
  expect(clicked).toMatchObject({ counted: true, event: { itemId } });
  expect(clicked?.event.recommendationId).toMatch(/^RID-/);
  expect(clicked?.event.impression).toContain(itemId);
  await expect(page.getByText('anonymous').first()).toBeVisible();

  await page.evaluate(() => {
    window.personalize.identify('ann');
    window.personalize.track('purchase', 'film', { eventValue: 9.99 });
    return window.personalize.flush();
  });
  const counted = aws.accepted.filter((a) => a.counted);
  expect(counted.filter((a) => a.event.eventType === 'click')).toHaveLength(1);
  const csv = await (await fetch(`${demo.url}/interactions.csv`)).text();
  const [header, ...rows] = csv.trim().split('\n');
  expect(header).toBe('USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE,EVENT_VALUE,IMPRESSION,RECOMMENDATION_ID');
  expect(rows).toHaveLength(counted.length);
  expect(rows.every((row) => row.startsWith('ann,'))).toBe(true);
  expect(rows.find((row) => row.includes(',click,'))).toContain(`ann,${itemId},`);
  expect(complaints).toEqual([]);
  await page.close();
  await demo.close();
});

for (const width of [390, 1440]) {
  test(`at ${width} pixels nothing runs out of the page`, async ({ page }) => {
    const demo = await startDemo({ port: 0, awsPort: 0 });
    await page.setViewportSize({ width, height: 844 });
    await page.goto(demo.url);
    const widths = () => [document.documentElement.scrollWidth, document.documentElement.clientWidth];
    const [content, viewport] = await page.evaluate(widths);
    expect(content).toBe(viewport);
    await page.close();
    await demo.close();
  });
}

test('real AWS instead: the tag carries the account, and no endpoint of this machine', async ({ page }) => {
  const account = {
    trackingId: 'real-tracker',
    region: 'eu-west-1',
    identityPoolId: 'eu-west-1:00000000-0000-4000-8000-000000000001',
  };
  const demo = await startDemo({ port: 0, account });
  await page.route('https://**', (route) => route.abort());
  await page.goto(demo.url);
  const tag = page.locator('script[data-tracking-id]');
  expect(await tag.evaluate((element) => ({ ...(element as HTMLElement).dataset }))).toEqual(account);
  await page.close();
  await demo.close();
});
