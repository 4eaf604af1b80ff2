import { expect, test } from '@playwright/test';
import { readFilms } from '../demo/films.js';
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

test('what a visitor lets go wrong in the panel keeps a film from arriving until it is taken back', async ({
  page,
}) => {
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
  await expect(page.getByText('Nothing yet.')).toBeVisible();
  expect(aws.accepted).toEqual([]);

  await down.click();
  await expect(down).toHaveAttribute('aria-pressed', 'false');
  await expect(page.locator('[data-faults-state]')).toHaveText('all well');
  await page.evaluate(() => window.personalize.flush());
  await expect(page.locator('[data-receipt-lines]')).toContainText('click');
  expect(aws.accepted.find((a) => a.event.eventType === 'click')).toMatchObject({ event: { itemId } });
  await page.close();
  await demo.close();
});

test('every button of the faults does to the local AWS what it says, on this page and the next', async ({
  page,
}) => {
  const demo = await startDemo({ port: 0, awsPort: 0 });
  const aws = demo.aws as NonNullable<typeof demo.aws>;
  await page.goto(`${demo.url}/film/${readFilms()[0]?.id}`);
  await page.getByText('Faults').click();
  const switches = page.locator('[data-fault]');
  for (const button of await switches.all()) await button.click();
  await expect(page.locator('[data-faults-state]')).toHaveText('11 on');
  expect(aws.faults()).toMatchObject([
    { status: 503 },
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

  // On the next page all is as it was left, and what is refused keeps its name.
  await page.goto(`${demo.url}/film/${readFilms()[1]?.id}`);
  await expect(page.locator('[data-fault][aria-pressed=true]')).toHaveCount(11);
  const refusal = page.locator('[data-fault=refuse]');
  await expect(refusal).toContainText(readFilms()[0]?.title as string);
  // Before any script has run, too.
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

test('expired credentials and deleted identities, by hand, cost a renewal and no event', async ({ page }) => {
  const demo = await startDemo({ port: 0, awsPort: 0 });
  const aws = demo.aws as NonNullable<typeof demo.aws>;
  await page.goto(demo.url);
  await page.waitForFunction(() => window.personalize?.ready);
  await page.getByText('Faults').click();
  const asked = (target: string) => aws.requests.filter((r) => r.target === target).length;
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
  await expect.poll(() => aws.accepted.map((a) => a.event.itemId)).toEqual(['a', 'b']);
  expect(aws.requests.map((r) => r.errorType)).toContain('ExpiredTokenException');
  expect([asked('GetId'), asked('GetCredentialsForIdentity')]).toEqual([2, 3]);
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
    if (width === 390) await page.locator('[data-receipt-toggle]').click();
    await page.getByText('Faults').click();
    await page.getByRole('button', { name: 'All well' }).click();
    const paper = page.locator('.receipt-paper');
    expect(await paper.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect(await page.evaluate(widths)).toEqual([viewport, viewport]);
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
  await expect(page.getByText('Faults')).toHaveCount(0);
  expect((await fetch(`${demo.url}/live/faults`, { method: 'POST' })).status).toBe(405);
  await page.close();
  await demo.close();
});
