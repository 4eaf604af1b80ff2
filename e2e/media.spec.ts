import type { Page } from '@playwright/test';
import { pathOf } from '../demo/script.js';
import { expect, hide, type Site, test, warmUp } from './fixtures.js';
import { listenIn, look, recorded } from './looks.js';

/** Silence of so many seconds, as a WAV file of 8-bit samples. */
const silence = (seconds: number) => {
  const rate = 8000;
  const samples = Buffer.alloc(rate * seconds, 128);
  const header = Buffer.alloc(44);
  header.write('RIFF');
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  for (const [at, value] of [
    [16, 16],
    [24, rate],
    [28, rate],
    [40, samples.length],
  ] as const)
    header.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ] as const)
    header.writeUInt16LE(value, at);
  header.write('data', 36);
  return `data:audio/wav;base64,${Buffer.concat([header, samples]).toString('base64')}`;
};

const SECONDS = 8;
const SHORT = silence(SECONDS);
/** No quarter of it is reached by chance, however slow the machine. */
const LONG = silence(120);
const OTHER = silence(121);

const audio = (mark = 'data-personalize-media', sound = LONG) =>
  `<audio muted ${mark} src="${sound}"></audio>`;
const film = (inside: string, id = 'film') =>
  `<main data-personalize-item="${id}" data-personalize-recommendation-id="RID-1">${inside}</main>`;

const open = async (page: Page, site: Site, body: string, options = {}) => {
  site.add('/', `${body}${site.tag(options)}`);
  await page.goto(site.url);
  await listenIn(page);
  await page.evaluate(() => window.personalize.ready);
  await look(page);
};

/** The part has come, and has been told of what is on the page. */
const isFollowed = (page: Page) =>
  page.evaluate(async (part) => {
    await import(part);
    // The tracker has asked for it before: what waits for it there goes first.
    await new Promise((resolve) => setTimeout(resolve));
  }, pathOf('media'));

/** Plays until so many seconds of it have passed, or its end, and pauses. */
const playTo = (page: Page, seconds: number, from?: number) =>
  page.evaluate(
    async ([to, start]) => {
      const player = document.querySelector('audio') as HTMLAudioElement;
      if (start !== null) {
        player.currentTime = start;
        await new Promise((resolve) => player.addEventListener('seeked', resolve, { once: true }));
      }
      player.playbackRate = 2;
      await player.play();
      await new Promise<void>((resolve) => {
        const check = () => {
          if (!player.ended && player.currentTime < to) return;
          player.removeEventListener('timeupdate', check);
          player.pause();
          resolve();
        };
        player.addEventListener('timeupdate', check);
        player.addEventListener('ended', () => resolve());
      });
    },
    [seconds, from ?? null] as const,
  );

/** Plays on; resolves when so many seconds have passed. */
const playOn = (page: Page, seconds: number) =>
  page.evaluate(async (to) => {
    const player = document.querySelector('audio') as HTMLAudioElement;
    player.playbackRate = 2;
    await player.play();
    await new Promise<void>((resolve) => {
      player.addEventListener('timeupdate', () => player.currentTime > to && resolve());
    });
  }, seconds);

/** The share that the browser itself says was played. */
const played = (page: Page) =>
  page.evaluate(() => {
    const { played, duration } = document.querySelector('audio') as HTMLAudioElement;
    let sum = 0;
    for (let i = 0; i < played.length; i++) sum += played.end(i) - played.start(i);
    return sum / duration;
  });

const shares = async (page: Page) => (await recorded(page, 'eventValue')) as number[];

test('what is played is told at each quarter and at the end, for the item, with what it was come to through', async ({
  page,
  aws,
  site,
}) => {
  await open(page, site, film(audio('data-personalize-media', SHORT)));
  await isFollowed(page);
  await playTo(page, SECONDS);
  await expect.poll(async () => (await shares(page)).at(-1)).toBe(1);
  const told = await shares(page);
  expect(told.map((share) => Math.floor(share * 4))).toEqual([1, 2, 3, 4]);
  expect(await recorded(page, 'eventType', 'itemId', 'recommendationId')).toEqual(
    told.map(() => ['watch', 'film', 'RID-1']),
  );
  await page.evaluate(() => window.personalize.flush());
  expect(aws.counted().map(({ eventValue }) => eventValue)).toEqual(told);
});

test('a pause tells what has come since; what is seen again, or skipped, does not count', async ({
  page,
  site,
}) => {
  await open(page, site, film(audio()));
  await isFollowed(page);
  await playTo(page, 3);
  const first = await played(page);
  await expect.poll(() => shares(page)).toEqual([expect.closeTo(first, 2)]);

  await playTo(page, 1, 0);
  await playTo(page, 93, 90);
  const second = await played(page);
  expect(second).toBeLessThan(0.2);
  await expect.poll(() => shares(page)).toEqual([expect.closeTo(first, 2), expect.closeTo(second, 2)]);
});

test('nothing is told where nothing was played', async ({ page, site }) => {
  await open(page, site, film(audio()));
  await isFollowed(page);
  await page.evaluate(async () => {
    const player = document.querySelector('audio') as HTMLAudioElement;
    player.currentTime = 5;
    await new Promise((resolve) => player.addEventListener('seeked', resolve));
    dispatchEvent(new Event('pagehide'));
  });
  expect(await shares(page)).toEqual([]);
});

test('leaving tells what has come since, and it arrives', async ({ page, aws, site }) => {
  site.add('/next', 'next');
  await open(page, site, `${film(audio())}<a href="/next">go</a>`);
  await isFollowed(page);
  await warmUp(page);
  await playOn(page, 2);
  await page.getByText('go').click();
  await expect.poll(() => aws.counted().map(({ eventType }) => eventType)).toContain('watch');
  const [watched] = aws.counted().filter(({ eventType }) => eventType === 'watch');
  expect(watched).toMatchObject({ itemId: 'film', recommendationId: 'RID-1' });
  expect(watched?.eventValue).toBeGreaterThan(0);
  expect(watched?.eventValue).toBeLessThan(0.5);
});

test('a switch of tab tells what has come since, once', async ({ page, site }) => {
  await open(page, site, film(audio()));
  await isFollowed(page);
  await playOn(page, 2);
  await hide(page);
  expect(await shares(page)).toHaveLength(1);
});

test.describe('live pages', () => {
  test('a player that comes later is followed; one that is removed tells and is gone', async ({
    page,
    site,
  }) => {
    await open(page, site, '<section></section>');
    await page.evaluate((html) => {
      (document.querySelector('section') as Element).innerHTML = html;
    }, film(audio()));
    await look(page);
    await isFollowed(page);
    await playOn(page, 2);
    await page.evaluate(() => document.querySelector('main')?.remove());
    await expect.poll(() => recorded(page, 'itemId')).toEqual(['film']);
  });

  test('another medium in the same player, for another item, begins anew', async ({ page, site }) => {
    await open(page, site, film(audio()));
    await isFollowed(page);
    await playOn(page, 2);
    await page.evaluate((src) => {
      (document.querySelector('main') as HTMLElement).dataset.personalizeItem = 'next';
      (document.querySelector('audio') as HTMLAudioElement).src = src;
    }, OTHER);
    await expect.poll(() => recorded(page, 'itemId')).toEqual(['film']);
    await playTo(page, 2);
    await expect.poll(() => recorded(page, 'itemId')).toEqual(['film', 'next']);
    const [first, second] = (await shares(page)) as [number, number];
    expect(Math.max(first, second)).toBeLessThan(0.25);
  });
});

test('a live stream, which has no share, makes one event without a value', async ({ page, site }) => {
  await open(page, site, film('<video muted data-personalize-media></video>'));
  await isFollowed(page);
  await page.evaluate(async () => {
    const canvas = document.body.appendChild(document.createElement('canvas'));
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    const draw = () => {
      context.fillRect(0, 0, 1, 1);
      requestAnimationFrame(draw);
    };
    draw();
    const player = document.querySelector('video') as HTMLVideoElement;
    player.srcObject = canvas.captureStream();
    await player.play();
    await new Promise<void>((resolve) => {
      player.addEventListener('timeupdate', () => player.currentTime > 0.1 && resolve());
    });
    player.pause();
  });
  await expect
    .poll(() => recorded(page, 'eventType', 'itemId', 'eventValue'))
    .toEqual([['watch', 'film', undefined]]);
});

test('the value of the mark names the event, the domain its default', async ({ page, site }) => {
  await open(page, site, film(audio('data-personalize-media="listen"')));
  await isFollowed(page);
  await playTo(page, 2);
  await expect.poll(() => recorded(page, 'eventType')).toEqual(['listen']);

  await open(page, site, film(audio()), { 'data-domain': 'VIDEO_ON_DEMAND' });
  await isFollowed(page);
  await playTo(page, 2);
  await expect.poll(() => recorded(page, 'eventType')).toEqual(['Watch']);
});

test('what was played before the part came is told when it comes', async ({ page, site }) => {
  const held: (() => void)[] = [];
  await page.route(`**${pathOf('media')}`, async (route) => {
    await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  await open(page, site, film(audio()));
  await playTo(page, 2);
  expect(await shares(page)).toEqual([]);
  for (const release of held) release();
  await expect.poll(() => shares(page)).toHaveLength(1);
});

test('the part is loaded once, and only where there is something to play', async ({ page, site }) => {
  const loads: string[] = [];
  page.on('request', (request) => request.url().includes('media.js') && loads.push(request.url()));
  await open(page, site, '<main data-personalize-item="film"></main>');
  await warmUp(page);
  expect(loads).toEqual([]);
  await open(page, site, film(audio() + audio()));
  await isFollowed(page);
  expect(loads).toHaveLength(1);
});

test('without the part the page goes on, and the console names it', { tag: '@chromium' }, async ({
  page,
  site,
  aws,
}) => {
  const errors: string[] = [];
  const thrown: Error[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => thrown.push(error));
  await page.route(`**${pathOf('media')}`, (route) => route.fulfill({ status: 404 }));
  await open(page, site, film(audio()));
  await expect.poll(() => errors.join()).toContain(pathOf('media'));
  await warmUp(page);
  expect(aws.counted()).toHaveLength(1);
  expect(thrown).toEqual([]);
});

test('stop() ends it', async ({ page, site }) => {
  await open(page, site, film(audio()));
  await isFollowed(page);
  await page.evaluate(() => window.personalize.stop());
  await playTo(page, 2);
  expect(await shares(page)).toEqual([]);
});
