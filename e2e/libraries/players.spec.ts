import type { Page } from '@playwright/test';
import { collectRecorded, recorded } from '../support/paused-page.js';
import { silence } from '../support/silent-audio.js';
import { expect, test } from './fixtures.js';

test.use({ viewport: { width: 800, height: 600 } });

declare global {
  interface Window {
    overlay: ShadowRoot;
    /** The library's player. */
    player: {
      src(source: { src: string; type: string }): void;
      source: { type: string; sources: { src: string; type: string }[] };
    };
  }
}

const SHORT = silence(8);
/** Long enough that no quarter of it is reached by chance, however slow the machine. */
const LONG = silence(120);
const OTHER = silence(121);

const film = (inside: string) =>
  `<main data-personalize-item="film" style="width: 400px">${inside}<h1>The Third Man</h1><p>Directed by Carol Reed</p></main>`;

const video = (more: string, src = LONG) =>
  `<video muted data-personalize-media width="400" height="225" ${more}><source src="${src}" type="audio/wav"></video>`;

/** Plays `seconds` further without a click, and pauses. */
const playFor = (page: Page, seconds: number) =>
  page.evaluate(async (length) => {
    const media = document.querySelector('video,audio') as HTMLMediaElement;
    media.muted = true;
    media.playbackRate = 2;
    const isReady = () => media.readyState > 2;
    if (!isReady()) {
      await new Promise<void>((resolve) => {
        media.addEventListener('canplay', () => resolve(), { once: true });
      });
    }
    const from = media.currentTime;
    await media.play();
    await new Promise<void>((resolve) => {
      const stopWhenPlayed = () => {
        if (!media.ended && media.currentTime < from + length) return;
        media.removeEventListener('timeupdate', stopWhenPlayed);
        media.pause();
        resolve();
      };
      media.addEventListener('timeupdate', stopWhenPlayed);
      media.addEventListener('ended', () => resolve(), { once: true });
    });
  }, seconds);

/** Returns the share that the browser reports as played. */
const playedShare = (page: Page) =>
  page.evaluate(() => {
    const { played, duration } = document.querySelector('video,audio') as HTMLMediaElement;
    let sum = 0;
    for (let i = 0; i < played.length; i++) sum += played.end(i) - played.start(i);
    return sum / duration;
  });

const markAs = (page: Page, id: string) =>
  page.evaluate((item) => {
    (document.querySelector('main') as HTMLElement).dataset.personalizeItem = item;
  }, id);

const isPlaying = (page: Page, value: boolean) =>
  expect
    .poll(() =>
      page.evaluate(() => {
        const { paused, currentTime } = document.querySelector('video,audio') as HTMLMediaElement;
        return !paused && currentTime > 0;
      }),
    )
    .toBe(value);

const types = async (page: Page) =>
  ((await recorded(page, 'eventType')) as string[]).filter((type) => type !== 'watch');

test.describe('clicks and keys on the controls do not count as clicks on the item', () => {
  interface Case {
    script: string;
    body: string;
    start?: object;
    /** The control that starts playing. */
    play: string;
    /** The control that pauses. */
    pause: string;
    /** More controls to click. */
    more?: string[];
  }
  const CHROME = `<media-control-bar><media-play-button></media-play-button><media-mute-button></media-mute-button>
    <media-time-range></media-time-range><media-time-display show-duration></media-time-display></media-control-bar>`;
  const CASES: Record<string, Case> = {
    'video.js': {
      script: 'video-js.js',
      body: film(video('class="video-js" controls')),
      start: { playbackRates: [1, 2] },
      play: '.vjs-big-play-button',
      pause: '.vjs-play-control',
      more: ['.vjs-mute-control', '.vjs-progress-holder', '.vjs-remaining-time', '.vjs-playback-rate button'],
    },
    'video.js, sound': {
      script: 'video-js.js',
      body: film(video('class="video-js" controls')),
      start: { audioOnlyMode: true },
      play: '.vjs-play-control',
      pause: '.vjs-play-control',
      more: ['.vjs-progress-holder', '.vjs-remaining-time'],
    },
    'video.js, on the item itself': {
      script: 'video-js.js',
      body: `${video('class="video-js" controls data-personalize-item="film"')}
        <section data-personalize-item="other"><h1>The Third Man</h1></section>`,
      start: {},
      play: '.vjs-big-play-button',
      pause: '.vjs-play-control',
      more: ['.vjs-mute-control'],
    },
    Plyr: {
      script: 'plyr.js',
      body: film(video('controls')),
      start: { tooltips: { controls: true, seek: true } },
      play: '.plyr__control--overlaid',
      pause: '.plyr__controls [data-plyr=play]',
      more: [
        '[data-plyr=settings]',
        '[role=menuitem]:not([hidden])',
        '[data-plyr=seek]',
        '.plyr__time--current',
      ],
    },
    'Plyr, sound': {
      script: 'plyr.js',
      body: film(`<audio data-personalize-media controls src="${LONG}"></audio>`),
      start: {},
      play: '[data-plyr=play]',
      pause: '[data-plyr=play]',
      more: ['[data-plyr=mute]', '[data-plyr=seek]', '.plyr__time--current', '[data-plyr=settings]'],
    },
    'MediaElement.js': {
      script: 'mediaelement.js',
      body: film(video('controls')),
      start: { iconSprite: '' },
      play: '.mejs__overlay-play',
      pause: '.mejs__playpause-button button',
      more: ['.mejs__volume-button button', '.mejs__currenttime'],
    },
    'MediaElement.js, sound': {
      script: 'mediaelement.js',
      body: film(`<audio data-personalize-media controls src="${LONG}"></audio>`),
      start: { iconSprite: '' },
      play: '.mejs__playpause-button button',
      pause: '.mejs__playpause-button button',
      more: ['.mejs__volume-button button', '.mejs__currenttime', '.mejs__time-total'],
    },
    'Media Chrome': {
      script: 'media-chrome.js',
      body: film(`<media-controller>${video('slot="media"')}${CHROME}</media-controller>`),
      play: 'media-play-button',
      pause: 'media-play-button',
      more: ['media-mute-button', 'media-time-range', 'media-time-display', 'media-controller'],
    },
    'Media Chrome, sound': {
      script: 'media-chrome.js',
      body: film(
        `<media-controller audio><audio slot="media" data-personalize-media src="${LONG}"></audio>${CHROME}</media-controller>`,
      ),
      play: 'media-play-button',
      pause: 'media-play-button',
      more: ['media-mute-button', 'media-time-range', 'media-time-display'],
    },
  };
  for (const [name, { script, body, start, play, pause, more = [] }] of Object.entries(CASES)) {
    test(name, async ({ page, open }) => {
      await open(script, body, start);
      await collectRecorded(page);
      await page.locator(play).first().click();
      await isPlaying(page, true);
      await page.locator(pause).first().focus();
      await page.keyboard.press('Enter');
      await isPlaying(page, false);
      for (const selector of more) await page.locator(selector).first().click({ force: true });
      expect(await types(page)).toEqual([]);
      await page.getByText('The Third Man').click();
      await expect.poll(() => types(page)).toEqual(['click']);
    });
  }
});

test("the wrapper of video.js, which copies the video's marks, records nothing twice and is no mistake", async ({
  page,
  aws,
  open,
}) => {
  await page.addInitScript(() => {
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (init) {
      const root = attachShadow.call(this, init);
      if (this.localName === 'personalize-overlay') window.overlay = root;
      return root;
    };
  });
  const marks = 'data-personalize-item="film" data-personalize-impression data-personalize-on="load"';
  const player = video(`class="video-js" controls ${marks}`, SHORT);
  await open('video-js.js', `<section data-personalize-list>${player}</section>`, {});
  await collectRecorded(page);
  await expect(page.locator('div.video-js[data-personalize-media]')).toHaveCount(1);
  await page.evaluate(async () => (await import(`${location.origin}/personalize.overlay.js`)).toggle());
  await playFor(page, 9);
  await expect.poll(() => recorded(page, 'eventValue')).toContain(1);
  const typesCounted = () => aws.counted().map(({ eventType }) => eventType);
  await expect.poll(typesCounted).toContain('impression');
  expect(typesCounted().filter((type) => type !== 'watch')).toEqual(['view', 'impression']);
  expect(aws.counted().at(-1)).toMatchObject({ itemId: 'film', impression: ['film'] });
  const shares = ((await recorded(page, 'eventValue')) as number[]).filter((share) => share);
  expect(shares.map((share) => Math.floor(share * 4))).toEqual([1, 2, 3, 4]);
  await expect.poll(() => page.evaluate(() => window.overlay.querySelectorAll('.mark').length)).toBe(3);
  expect(await page.evaluate(() => window.overlay.querySelector('.mistake')?.textContent)).toBe(undefined);
});

const watchedShares = (page: Page) => recorded(page, 'itemId', 'eventValue');

test.describe('another film in the same player, marked before it is loaded', () => {
  test('counts with its own share in video.js', async ({ page, open }) => {
    await open('video-js.js', film(video('class="video-js" controls')), {});
    await collectRecorded(page);
    await playFor(page, 3);
    await markAs(page, 'next');
    await playFor(page, 2);
    const first = await playedShare(page);
    await page.evaluate((src) => window.player.src({ src, type: 'audio/wav' }), OTHER);
    await expect
      .poll(async () => (await watchedShares(page)).at(-1))
      .toEqual(['film', expect.closeTo(first, 2)]);
    await playFor(page, 2);
    await expect
      .poll(async () => (await watchedShares(page)).at(-1))
      .toEqual(['next', expect.closeTo(await playedShare(page), 2)]);
  });

  test('counts with its own share in Plyr, which replaces the element, with the marks around it', async ({
    page,
    open,
  }) => {
    const unmarked = video('').replace('data-personalize-media', '');
    await open('plyr.js', film(`<div data-personalize-media>${unmarked}</div>`), {});
    await collectRecorded(page);
    await playFor(page, 3);
    await markAs(page, 'next');
    await playFor(page, 2);
    const first = await playedShare(page);
    await page.evaluate((src) => {
      window.player.source = { type: 'video', sources: [{ src, type: 'audio/wav' }] };
    }, OTHER);
    await expect
      .poll(async () => (await watchedShares(page)).at(-1))
      .toEqual(['film', expect.closeTo(first, 2)]);
    await playFor(page, 2);
    await expect
      .poll(async () => (await watchedShares(page)).at(-1))
      .toEqual(['next', expect.closeTo(await playedShare(page), 2)]);
  });
});

test.describe('another stream in hls.js', () => {
  const FRAME_SECONDS = 0.024;
  /** A silent frame of MP3: 48 kHz, 32 kbit/s, mono. */
  const FRAME = Buffer.alloc(96);
  FRAME.writeUInt32BE(0xfffb14c0);
  const FRAMES = 125;
  const SEGMENT_SECONDS = FRAMES * FRAME_SECONDS;
  const SEGMENT = Buffer.concat(Array.from({ length: FRAMES }, () => FRAME));
  const playlist = (segments: number) =>
    [
      '#EXTM3U',
      '#EXT-X-VERSION:3',
      `#EXT-X-TARGETDURATION:${SEGMENT_SECONDS}`,
      '#EXT-X-PLAYLIST-TYPE:VOD',
      ...Array.from({ length: segments }, (_, i) => `#EXTINF:${SEGMENT_SECONDS},\n${i}.mp3`),
      '#EXT-X-ENDLIST',
    ].join('\n');

  test.beforeEach(async ({ page }) => {
    await page.route('**/streams/**', (route) => {
      const [, segments, file] = /streams\/(\d+)\/(.*)/.exec(route.request().url()) as string[];
      return file === 'list.m3u8'
        ? route.fulfill({ contentType: 'application/vnd.apple.mpegurl', body: playlist(Number(segments)) })
        : route.fulfill({ contentType: 'audio/mpeg', body: SEGMENT });
    });
  });

  const start = (page: Page, src: string, isNew: boolean) =>
    page.evaluate((options) => (window as unknown as { start(options: object): void }).start(options), {
      src,
      isNew,
    });

  for (const isNew of [false, true]) {
    test(`counts with its own share if loaded by ${isNew ? 'a new' : 'the same'} instance, marked 0.7 s before`, async ({
      page,
      open,
    }) => {
      await open('hls.js', film('<video muted controls data-personalize-media></video>'), {
        src: '/streams/40/list.m3u8',
      });
      await collectRecorded(page);
      await playFor(page, 3);
      await expect
        .poll(() => watchedShares(page))
        .toEqual([['film', expect.closeTo(await playedShare(page), 2)]]);
      await markAs(page, 'next');
      await playFor(page, 1.4);
      const first = await playedShare(page);
      await start(page, '/streams/60/list.m3u8', isNew);
      await expect
        .poll(async () => (await watchedShares(page)).slice(1))
        .toEqual([['film', expect.closeTo(first, 2)]]);
      await expect
        .poll(() => page.evaluate(() => document.querySelector('video')?.duration))
        .toBeCloseTo(60 * SEGMENT_SECONDS, 0);
      await playFor(page, 2);
      await expect
        .poll(async () => (await watchedShares(page)).slice(2))
        .toEqual([['next', expect.closeTo(await playedShare(page), 2)]]);
    });
  }
});
