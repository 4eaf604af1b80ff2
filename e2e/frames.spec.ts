import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, type Site, test } from './fixtures.js';
import { listenIn, look, recorded } from './looks.js';

// No player of YouTube or Vimeo can be reached from a test. What stands in their frames, at their real addresses, speaks
// as theirs do, of positions that a test sets: Vimeo's is checked below by Vimeo's own script; YouTube publishes none
// apart from its site, so there its protocol is taken on trust.

/** A player in a frame; `api.tell(position, state)` says what a real one would. */
const PLAYERS = {
  youtube: {
    src: 'https://www.youtube.com/embed/id?enablejsapi=1',
    script: `
      const say = (message) => parent.postMessage(JSON.stringify({ id: 1, channel: 'widget', ...message }), '*');
      const api = {
        isHeard: false,
        tell: (currentTime, isPlaying) =>
          api.isHeard && say({ event: 'infoDelivery', info: { currentTime, playerState: isPlaying ? 1 : 2 } }),
      };
      addEventListener('message', ({ data }) => {
        if (JSON.parse(data).event !== 'listening' || api.isHeard) return;
        api.isHeard = true;
        say({ event: 'onReady', info: null });
        say({ event: 'initialDelivery', info: { duration: 100, currentTime: 0, playerState: -1 } });
      });`,
  },
  vimeo: {
    src: 'https://player.vimeo.com/video/1',
    script: `
      const wished = new Set();
      const say = (message) => parent.postMessage(JSON.stringify(message), '*');
      const fire = (event, seconds) =>
        wished.has(event) && say({ event, data: { seconds, duration: 100, percent: seconds / 100 } });
      const api = {
        get isHeard() { return wished.size > 0; },
        tell: (seconds, isPlaying) => fire(isPlaying ? 'timeupdate' : 'pause', seconds),
      };
      addEventListener('message', ({ data }) => {
        const { method, value } = typeof data === 'string' ? JSON.parse(data) : data;
        if (method === 'ping') say({ method, value: true });
        if (method === 'addEventListener') wished.add(value);
      });
      say({ event: 'ready' });`,
  },
} as const;

type Kind = keyof typeof PLAYERS;

declare global {
  interface Window {
    /** In a player's frame. */
    api: { isHeard: boolean; tell(position: number, isPlaying: boolean): void };
  }
}

const serve = async (page: Page) => {
  for (const { src, script } of Object.values(PLAYERS)) {
    await page.route(`${new URL(src).origin}/**`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<script>${script}; Object.assign(window, { api });</script>`,
      }),
    );
  }
};

const frame = (kind: Kind, query = '') =>
  `<main data-personalize-item="film"><iframe data-personalize-media src="${PLAYERS[kind].src}${query}"></iframe></main>`;

const open = async (page: Page, site: Site, body: string) => {
  await serve(page);
  site.add('/', `${body}${site.tag()}`);
  await page.goto(site.url);
  await listenIn(page);
  await look(page);
};

const playerOf = async (page: Page, kind: Kind) => {
  const { host } = new URL(PLAYERS[kind].src);
  await expect.poll(() => page.frames().some((one) => one.url().includes(host))).toBe(true);
  const found = page.frames().find((one) => one.url().includes(host));
  if (!found) throw new Error(`no frame of ${host}`);
  await expect.poll(() => found.evaluate(() => window.api?.isHeard)).toBe(true);
  return {
    /** Says one after the other that it has played from here to there, or paused. */
    tell: (...positions: (number | 'pause')[]) =>
      found.evaluate(async (all) => {
        let last = 0;
        for (const position of all) {
          if (position === 'pause') window.api.tell(last, false);
          else window.api.tell((last = position), true);
          // Each arrives by itself.
          await new Promise((resolve) => setTimeout(resolve));
        }
      }, positions),
  };
};

/** Positions a second's worth apart at most, as a player tells them. */
const through = (from: number, to: number) =>
  Array.from({ length: (to - from) * 2 + 1 }, (_, i) => from + i / 2);

const shares = (page: Page) => recorded(page, 'eventValue');

for (const kind of Object.keys(PLAYERS) as Kind[]) {
  test.describe(kind, () => {
    test('what a frame plays is told at each quarter and at a pause, each second once', async ({
      page,
      site,
    }) => {
      await open(page, site, frame(kind));
      const { tell } = await playerOf(page, kind);
      await tell(...through(0, 30), 'pause');
      await expect.poll(() => shares(page)).toEqual([0.25, 0.3]);
      // Back to the start, and then a skip ahead.
      await tell(...through(0, 20), ...through(90, 95), 'pause');
      await expect.poll(() => shares(page)).toEqual([0.25, 0.3, 0.35]);
      expect(await recorded(page, 'eventType', 'itemId')).toEqual([0, 1, 2].map(() => ['watch', 'film']));
    });

    test('a frame that comes later is followed; one that goes tells', async ({ page, site }) => {
      await open(page, site, '<section></section>');
      await page.evaluate((html) => {
        (document.querySelector('section') as Element).innerHTML = html;
      }, frame(kind));
      const { tell } = await playerOf(page, kind);
      await tell(...through(0, 10));
      // Posted before, and so heard before.
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
      await page.evaluate(() => document.querySelector('main')?.remove());
      await expect.poll(() => shares(page)).toEqual([0.1]);
    });

    test('another film in the same frame begins anew', async ({ page, site }) => {
      await open(page, site, frame(kind));
      const first = await playerOf(page, kind);
      await first.tell(...through(0, 10), 'pause');
      await expect.poll(() => shares(page)).toEqual([0.1]);
      await page.evaluate(() => {
        (document.querySelector('main') as HTMLElement).dataset.personalizeItem = 'next';
        (document.querySelector('iframe') as HTMLIFrameElement).src += '#next';
      });
      await page.evaluate(() => {
        const iframe = document.querySelector('iframe') as HTMLIFrameElement;
        iframe.src = iframe.src.replace('#next', '&next');
      });
      await page.waitForFunction(() => document.querySelector('iframe')?.src.includes('&next'));
      const second = await playerOf(page, kind);
      await second.tell(...through(0, 5), 'pause');
      await expect
        .poll(() => recorded(page, 'itemId', 'eventValue'))
        .toEqual([
          ['film', 0.1],
          ['next', 0.05],
        ]);
    });
  });
}

test("Vimeo's own script is served by what stands in for its player", async ({ page, site }) => {
  await open(page, site, frame('vimeo'));
  await page.addScriptTag({ path: fileURLToPath(import.meta.resolve('@vimeo/player')) });
  await page.evaluate(async () => {
    const { Vimeo } = window as unknown as {
      Vimeo: {
        Player: new (
          frame: Element | null,
        ) => { ready(): Promise<void>; on(name: string, run: (data: unknown) => void): void };
      };
    };
    const player = new Vimeo.Player(document.querySelector('iframe'));
    await player.ready();
    Object.assign(window, { heard: [] });
    player.on('timeupdate', (data) => (window as unknown as { heard: unknown[] }).heard.push(data));
  });
  const { tell } = await playerOf(page, 'vimeo');
  await tell(1);
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard))
    .toEqual([{ seconds: 1, duration: 100, percent: 0.01 }]);
});

test('nobody else can speak for a player, and nonsense does no harm', async ({ page, site }) => {
  const thrown: Error[] = [];
  page.on('pageerror', (error) => thrown.push(error));
  await open(page, site, frame('youtube'));
  const { tell } = await playerOf(page, 'youtube');
  await page.evaluate(() => {
    for (const currentTime of [1, 1.5, 2]) {
      postMessage(
        JSON.stringify({ event: 'infoDelivery', info: { currentTime, duration: 2, playerState: 1 } }),
        '*',
      );
    }
  });
  const player = page.frames().find((one) => one.url().includes('youtube'));
  await player?.evaluate(() => {
    for (const message of [
      '{',
      'null',
      '7',
      '{"info":7}',
      '{"info":{"currentTime":"x","duration":{}}}',
      {},
      null,
    ])
      parent.postMessage(message, '*');
  });
  await tell(...through(0, 10), 'pause');
  await expect.poll(() => shares(page)).toEqual([0.1]);
  expect(thrown).toEqual([]);
});

test('a player that never answers, and a frame of neither, are named in the console', async ({
  page,
  site,
}) => {
  const warnings: string[] = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  await page.clock.install();
  await page.route('https://www.youtube.com/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: 'deaf' }),
  );
  site.add('/other', 'other');
  site.add(
    '/',
    `<main data-personalize-item="film">
      <iframe data-personalize-media src="https://www.youtube.com/embed/deaf"></iframe>
      <iframe data-personalize-media src="/other"></iframe></main>${site.tag()}`,
  );
  await page.goto(site.url);
  await expect
    .poll(() => warnings)
    .toContainEqual(expect.stringMatching(/follows frames of YouTube and Vimeo.*\/other/));
  await expect
    .poll(async () => {
      await page.clock.runFor(1000);
      return warnings;
    })
    .toContainEqual(expect.stringMatching(/no answer.*enablejsapi=1.*embed\/deaf/));
});
