import { expect, test } from 'personalize-beacon/playwright';

// Only the config's proxy can reach these hosts.
test.use({ ignoreHTTPSErrors: true });

for (const url of ['http://shop.test/', 'https://shop.test/']) {
  test(`a site behind a proxy: ${url}`, async ({ page, personalize }) => {
    await page.goto(url);
    await page.getByText('The Third Man').click();
    await expect(personalize).toHaveReceived({ itemId: 'movie-12', form: 'header' });
  });
}

test.describe(() => {
  test.use({ personalizeOptions: { endpoint: 'https://shop.test/collect' } });

  test('an endpoint behind a proxy', async ({ page, personalize }) => {
    await page.goto('https://shop.test/own-endpoint');
    await page.getByText('The Third Man').click();
    await expect(personalize).toHaveReceived({ itemId: 'movie-12', form: 'unsigned' });
  });
});
