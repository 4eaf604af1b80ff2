import { expect, test } from 'personalize-beacon/playwright';

for (const [path, endpoint] of [
  ['/own-endpoint', '/collect'],
  ['/own-endpoint', `${process.env.SITE}/collect/`],
  ['/endpoint-at-root', '/'],
] as const) {
  test.describe(() => {
    test.use({ personalizeOptions: { endpoint } });

    test(`events are received at ${endpoint.replace(/^https?:..[^/]+/, 'SITE')}`, async ({
      page,
      personalize,
    }) => {
      await page.goto(path);
      for (const [text, itemId] of [
        ['The Third Man', 'movie-12'],
        ['Metropolis', 'movie-7'],
        ['Nosferatu', 'movie-9'],
      ] as const) {
        await page.getByText(text).click();
        await expect(personalize).toHaveReceived({ itemId, form: 'unsigned' });
      }
      // The site still answers, even at the same address.
      await page.goto('/events');
      await expect(page.getByText('Events in town')).toBeVisible();
      const greeting = await page.evaluate(
        () =>
          new Promise((resolve) => {
            const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/socket`);
            socket.onmessage = ({ data }) => resolve(data);
            socket.onerror = () => resolve('no connection');
          }),
      );
      expect(greeting).toBe('hello');
    });
  });
}
