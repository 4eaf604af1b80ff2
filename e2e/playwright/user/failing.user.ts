import { expect, test } from 'personalize-beacon/playwright';

// Each of these tests fails: playwright.spec.ts compares what is printed.

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

test.describe(() => {
  test.use({ personalizeOptions: { trackingIds: ['a'] } as object });
  test('a wrong option', async ({ personalize }) => void personalize);
});

test.describe(() => {
  test.use({ proxy: { server: 'http://127.0.0.1:9' } });
  test('a proxy that replaces the own one', async ({ personalize }) => void personalize);
});
