import { expect, type Personalize, test } from 'personalize-beacon/playwright';

// Each of these tests fails: playwright.spec.ts compares the messages.

test('another value', async ({ page, personalize }) => {
  await page.goto('/');
  await page.getByText('The Third Man').click();
  await expect(personalize).toHaveReceived({ itemId: 'movie-12' });
  await page.getByText('Metropolis').click();
  await expect(personalize).toHaveReceived({ itemId: 'movie-7' });
  await expect(personalize).toHaveReceived(
    { eventType: 'click', itemId: 'movie-7', properties: { genre: 'Crime' } },
    { timeout: 500 },
  );
});

test('too many', async ({ page, personalize }) => {
  await page.goto('/');
  await page.getByText('The Third Man').click();
  await page.getByText('The Third Man').click();
  await expect(personalize).toHaveReceived({ itemId: 'movie-12' }, { times: 2 });
  await expect(personalize).toHaveReceived({ itemId: 'movie-12' }, { times: 1 });
});

test('an event that must not come', async ({ page, personalize }) => {
  await page.goto('/');
  await page.evaluate(() => setTimeout(() => window.personalize.track('view', 'late'), 1000));
  await expect(personalize).not.toHaveReceived({ eventType: 'view' });
});

test('no tracker on the page', async ({ page, personalize }) => {
  await page.goto('/without-tracker');
  await expect(personalize).toHaveReceived({ eventType: 'click' }, { timeout: 500 });
});

test.describe(() => {
  test.use({ personalizeOptions: { identityPoolId: 'eu-west-1:0000' } });

  test('another identity pool', async ({ page, personalize }) => {
    await page.goto('/');
    await page.getByText('The Third Man').click();
    await expect.poll(() => personalize.aws.requests.at(-1)?.status).toBe(400);
    await expect(personalize).toHaveReceived({ eventType: 'click' }, { timeout: 0 });
  });
});

test.describe(() => {
  test.use({ personalizeOptions: { trackingId: 'another' } });

  test('another tracker', async ({ page, personalize }) => {
    await page.goto('/');
    await page.getByText('The Third Man').click();
    await expect.poll(() => personalize.aws.requests.at(-1)?.status).toBe(404);
    await expect(personalize).toHaveReceived({ itemId: 'movie-12' }, { timeout: 0 });
  });
});

test.describe(() => {
  const columns = ['USER_ID', 'ITEM_ID', 'EVENT_TYPE', 'GENRES', 'IMPRESSION'];
  const fields = columns.map((name) => ({ name, type: name === 'GENRES' ? ['null', 'string'] : 'string' }));
  const schema = {
    type: 'record',
    name: 'Interactions',
    namespace: 'com.amazonaws.personalize.schema',
    fields: [...fields, { name: 'TIMESTAMP', type: 'long' }],
    version: '1.0',
  };
  test.use({ personalizeOptions: { schema } });

  test('warnings', async ({ page, personalize }) => {
    await page.goto('/');
    await page.evaluate(() => window.personalize.identify('ann'));
    await page.getByText('Metropolis').click();
    await expect(personalize).toHaveReceived({ itemId: 'movie-7' });
    expect(personalize).toHaveNoWarnings();
  });
});

test('wrong use', async ({ page, personalize }) => {
  const timeout = 0;
  await expect.soft(personalize).toHaveReceived({ eventtype: 'click' } as object);
  await expect.soft(personalize).toHaveReceived('click' as never);
  await expect.soft(personalize).toHaveReceived({}, { timeout, time: 1 } as object);
  await expect.soft(personalize).toHaveReceived({}, { times: 0 });
  await expect.soft(personalize).toHaveReceived({}, { timeout: -1 });
  await expect.soft(personalize).not.toHaveReceived({}, { timeout, times: 2 });
  await expect.soft(page as unknown as Personalize).toHaveReceived({});
  expect.soft(personalize).toHaveNoWarnings();
});

test.describe(() => {
  test.use({ personalizeOptions: { trackingIds: ['a'] } as object });
  test('a wrong option', async ({ personalize }) => void personalize);
});

test.describe(() => {
  test.use({ proxy: { server: 'http://127.0.0.1:9' } });
  test('a proxy that replaces the own one', async ({ personalize }) => void personalize);
});
