import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, type Service } from '../support/fixtures.js';
import { credentialsOf, test } from '../support/packed-package.js';

// One after another in one process, which packs once: two builds at a time are no faster. Installing and building may
// take minutes.
test.describe.configure({ mode: 'default', timeout: 600_000 });

/** Words that occur only in the media chunk, and only in the script that loads it. */
const CHUNK_WORD = 'vimeo';
const SCRIPT_WORD = 'sessionMaxAge';

/** Visits an example as a customer would, and checks that their events arrive. */
const rentAndWatch = async (page: Page, aws: Service, url: string) => {
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  const scripts: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.text());
  });
  await page.goto(url);
  // The tracker has started.
  await expect.poll(() => aws.calls('GetCredentialsForIdentity')).not.toHaveLength(0);
  await page.getByRole('link', { name: 'Casablanca' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Casablanca' }).getByRole('button').click();
  await expect(page.getByRole('button', { name: 'Rented' })).toBeDisabled();
  await page.locator('video').evaluate((video: HTMLVideoElement) => video.play());
  const source = { itemId: 'casablanca', recommendationId: 'RID-tonight' };
  await expect
    .poll(() => aws.counted(), { timeout: 30_000 })
    .toEqual(
      expect.arrayContaining([
        expect.objectContaining({ eventType: 'click', ...source }),
        expect.objectContaining({ eventType: 'purchase', ...source, eventValue: 4.99 }),
        expect.objectContaining({ eventType: 'watch', itemId: 'the-sting' }),
      ]),
    );
  const chunks = (await Promise.all(scripts)).filter((script) => script.includes(CHUNK_WORD));
  expect(chunks.map((script) => script.includes(SCRIPT_WORD))).toEqual([false]);
  expect(errors).toEqual([]);
};

test('the package works with Vite', async ({ page, aws, serve, packed }) => {
  const folder = await packed.build('vite', { VITE_AWS: aws.url });
  await rentAndWatch(page, aws, `http://localhost:${await serve(packed.site(join(folder, 'dist')))}`);
});

test('the package works with webpack', async ({ page, aws, serve, packed }) => {
  const folder = await packed.build('webpack', { AWS: aws.url });
  await rentAndWatch(page, aws, `http://localhost:${await serve(packed.site(join(folder, 'public')))}`);
});

test('the package works with Next.js, whose server renders the recommendations for the session in the cookie', async ({
  page,
  aws,
  serve,
  start,
  packed,
}) => {
  /** The users for whom the server has asked the stand-in for Personalize Runtime. */
  const users: string[] = [];
  const port = await serve(async (request, response) => {
    const chunks = await request.toArray();
    const { userId } = JSON.parse(Buffer.concat(chunks).toString());
    users.push(userId);
    const recommendationId = userId === 'new-visitor' ? 'RID-tonight' : 'RID-of-the-session';
    const itemList = ['casablanca', 'rear-window', 'the-sting'].map((itemId) => ({ itemId }));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ recommendationId, itemList }));
  });
  const folder = await packed.build('next', { NEXT_PUBLIC_AWS: aws.url });
  const next = ['node_modules/next/dist/bin/next', 'start', '--hostname', 'localhost', '--port', '0'];
  const { url } = await start(folder, next, {
    ...credentialsOf(aws),
    AWS_ENDPOINT_URL_PERSONALIZE_RUNTIME: `http://127.0.0.1:${port}`,
  });
  expect(await (await fetch(url)).text()).toContain('data-personalize-item="casablanca"');
  await rentAndWatch(page, aws, url);
  // On the next visit the server knows the session, and the click carries the recommendation for it.
  await page.goto(url);
  await page.getByRole('link', { name: 'Rear Window' }).click();
  await expect
    .poll(() => aws.acknowledged)
    .toContainEqual(
      expect.objectContaining({
        sessionId: users.at(-1),
        event: expect.objectContaining({
          ...{ eventType: 'click', itemId: 'rear-window', recommendationId: 'RID-of-the-session' },
        }),
      }),
    );
  expect(users.slice(0, -1)).not.toContain(users.at(-1));
  // The example also relays batches of pages without credentials.
  const status = await page.evaluate(async () => {
    const event = { eventType: 'view', itemId: 'relayed', sentAt: Date.now() / 1000 };
    const body = JSON.stringify({ trackingId: 'demo-tracker', sessionId: 's', eventList: [event] });
    const response = await fetch('/collect/events', { method: 'POST', body });
    return response.status;
  });
  expect(status).toBe(200);
  expect(aws.counted()).toContainEqual(expect.objectContaining({ itemId: 'relayed' }));
});
