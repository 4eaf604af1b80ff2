import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, type Site, test } from '../support/fixtures.js';
import { collectRecorded, recorded, waitForObservers } from '../support/paused-page.js';

// Tests cannot reach the real players of YouTube and Vimeo. Stand-ins at the real addresses speak their protocols.
// A test below checks Vimeo's stand-in with Vimeo's own script; YouTube publishes no script to check against.

/** Stand-in players for a frame. `api.report(position, state)` and `api.load(id)` send the messages of a real player. */
const PLAYERS = {
  youtube: {
    src: 'https://www.youtube.com/embed/id?enablejsapi=1',
    script: `
      const post = (message) => parent.postMessage(JSON.stringify({ id: 1, channel: 'widget', ...message }), '*');
      const api = {
        hasListener: false,
        report: (currentTime, isPlaying) =>
          api.hasListener && post({ event: 'infoDelivery', info: { currentTime, playerState: isPlaying ? 1 : 2 } }),
        load: (video_id, duration = 100) => {
          post({ event: 'infoDelivery', info: { currentTime: 0, duration, playerState: -1, videoData: { video_id } } });
        },
      };
      addEventListener('message', ({ data }) => {
        if (JSON.parse(data).event !== 'listening' || api.hasListener) return;
        api.hasListener = true;
        post({ event: 'onReady', info: null });
        post({
          event: 'initialDelivery',
          info: { duration: 100, currentTime: 0, playerState: -1, videoData: { video_id: 'first' } },
        });
      });`,
  },
  vimeo: {
    src: 'https://player.vimeo.com/video/1',
    script: `
      const subscribed = new Set();
      const post = (message) => parent.postMessage(JSON.stringify(message), '*');
      const fire = (event, seconds) =>
        subscribed.has(event) && post({ event, data: { seconds, duration: api.duration, percent: seconds / api.duration } });
      const api = {
        get hasListener() { return subscribed.size > 0; },
        duration: 100,
        report: (seconds, isPlaying) => fire(isPlaying ? 'timeupdate' : 'pause', seconds),
        load: (id, duration = 100) => {
          api.duration = duration;
          if (subscribed.has('loaded')) post({ event: 'loaded', data: { id } });
        },
      };
      addEventListener('message', ({ data }) => {
        const { method, value } = typeof data === 'string' ? JSON.parse(data) : data;
        if (method === 'ping') post({ method, value: true });
        if (method === 'addEventListener') subscribed.add(value);
        if (value === 'loaded') api.load('first');
      });
      post({ event: 'ready' });`,
  },
} as const;

type Kind = keyof typeof PLAYERS;

declare global {
  interface Window {
    /** Exists in a player's frame. */
    api: {
      hasListener: boolean;
      report(position: number, isPlaying: boolean): void;
      load(id: string, duration?: number): void;
    };
  }
}

/** Serves a stand-in player at every address of YouTube and Vimeo. */
const serve = async (page: Page) => {
  for (const [kind, { script }] of Object.entries(PLAYERS)) {
    await page.route(new RegExp(`^https?://([\\w.-]+\\.)?${kind}[\\w-]*\\.(googleapis\\.)?com`), (route) =>
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
  await collectRecorded(page);
  await waitForObservers(page);
};

const playerOf = async (page: Page, kind: Kind, address = new URL(PLAYERS[kind].src).host) => {
  const find = () => page.frames().find((one) => one.url().includes(address));
  await expect.poll(() => !!find()).toBe(true);
  const found = find();
  if (!found) throw new Error(`no frame of ${address}`);
  await expect.poll(() => found.evaluate(() => window.api?.hasListener)).toBe(true);
  /** Waits until the page has received what the frame has posted so far: a window's messages arrive in their order. */
  const received = async () => {
    const isReceived = await page.evaluateHandle(() => {
      const flag = { done: false };
      addEventListener('message', ({ data }) => {
        flag.done ||= data === 'the last one';
      });
      return flag;
    });
    await found.evaluate(() => parent.postMessage('the last one', '*'));
    await expect.poll(() => isReceived.evaluate(({ done }) => done)).toBe(true);
  };
  return {
    /** Plays another video in the same document. */
    load: (id: string, duration?: number) =>
      found.evaluate(([next, seconds]) => window.api.load(next, seconds), [id, duration] as const),
    /** Reports each position as playing, or a pause. The page has received them once this resolves. */
    report: async (...positions: (number | 'pause')[]) => {
      await found.evaluate(async (all) => {
        let last = 0;
        for (const position of all) {
          if (position === 'pause') window.api.report(last, false);
          else window.api.report((last = position), true);
          // Each message is delivered in a task of its own.
          await new Promise((resolve) => setTimeout(resolve));
        }
      }, positions);
      await received();
    },
  };
};

/** Returns positions half a second apart, as a player reports them. */
const range = (from: number, to: number) =>
  Array.from({ length: (to - from) * 2 + 1 }, (_, i) => from + i / 2);

const shares = (page: Page) => recorded(page, 'eventValue');

test("a player's answer to another message does not count as a pause", async ({ page, site }) => {
  await open(page, site, frame('vimeo'));
  const { report } = await playerOf(page, 'vimeo');
  await report(...range(0, 5));
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener('message', resolve, { once: true });
        document.querySelector('iframe')?.contentWindow?.postMessage('{"method":"ping"}', '*');
      }),
  );
  await report(...range(5.5, 10), 'pause');
  await expect.poll(() => shares(page)).toEqual([0.1]);
});

for (const kind of Object.keys(PLAYERS) as Kind[]) {
  test.describe(kind, () => {
    test('a frame reports its share at each quarter and at a pause, and counts each second once', async ({
      page,
      site,
    }) => {
      await open(page, site, frame(kind));
      const { report } = await playerOf(page, kind);
      await report(...range(0, 30), 'pause');
      await expect.poll(() => shares(page)).toEqual([0.25, 0.3]);
      // The player goes back to the start, then skips ahead.
      await report(...range(0, 20), ...range(90, 95), 'pause');
      await expect.poll(() => shares(page)).toEqual([0.25, 0.3, 0.35]);
      expect(await recorded(page, 'eventType', 'itemId')).toEqual([0, 1, 2].map(() => ['watch', 'film']));
    });

    test('a frame added later is followed, and its removal reports the share', async ({ page, site }) => {
      await open(page, site, '<section></section>');
      await page.evaluate((html) => {
        (document.querySelector('section') as Element).innerHTML = html;
      }, frame(kind));
      const { report } = await playerOf(page, kind);
      await report(...range(0, 10));
      await page.evaluate(() => document.querySelector('main')?.remove());
      await expect.poll(() => shares(page)).toEqual([0.1]);
    });

    test('another film in the same frame starts a new share', async ({ page, site }) => {
      await open(page, site, frame(kind));
      const first = await playerOf(page, kind);
      await first.report(...range(0, 10), 'pause');
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
      await second.report(...range(0, 5), 'pause');
      await expect
        .poll(() => recorded(page, 'itemId', 'eventValue'))
        .toEqual([
          ['film', 0.1],
          ['next', 0.05],
        ]);
    });
  });
}

for (const kind of Object.keys(PLAYERS) as Kind[]) {
  test.describe(`${kind}, within one document,`, () => {
    const setItem = (page: Page, id: string) =>
      page.evaluate((item) => {
        (document.querySelector('main') as HTMLElement).dataset.personalizeItem = item;
      }, id);
    const reportedShares = (page: Page) => recorded(page, 'itemId', 'eventValue');

    test('another film starts a new share when the marks change first', async ({ page, site }) => {
      await open(page, site, frame(kind));
      const player = await playerOf(page, kind);
      await player.report(...range(0, 10), 'pause');
      await expect.poll(() => reportedShares(page)).toEqual([['film', 0.1]]);
      await setItem(page, 'next');
      await player.report(...range(10, 15));
      await player.load('second');
      await player.report(...range(0, 5), 'pause');
      await expect
        .poll(() => reportedShares(page))
        .toEqual([
          ['film', 0.1],
          ['film', 0.15],
          ['next', 0.05],
        ]);
    });

    test('another film starts a new share when only the duration changes', async ({ page, site }) => {
      await open(page, site, frame(kind));
      const player = await playerOf(page, kind);
      await player.report(...range(0, 10));
      await setItem(page, 'next');
      await player.report(...range(10, 15));
      await player.load('', 50);
      await player.report(...range(0, 5), 'pause');
      await expect
        .poll(() => reportedShares(page))
        .toEqual([
          ['film', 0.15],
          ['next', 0.1],
        ]);
    });

    test('another film counts for the new item from its start when the film changes first', async ({
      page,
      site,
    }) => {
      await open(page, site, frame(kind));
      const player = await playerOf(page, kind);
      await player.report(...range(0, 10), 'pause');
      await player.load('second');
      await player.report(...range(0, 5), 'pause');
      await expect.poll(() => reportedShares(page)).toEqual([['film', 0.1]]);
      await setItem(page, 'next');
      await expect
        .poll(() => reportedShares(page))
        .toEqual([
          ['film', 0.1],
          ['next', 0.05],
        ]);
    });

    test('each of two items of one film gets the share played under its marks', async ({ page, site }) => {
      await open(page, site, frame(kind));
      const player = await playerOf(page, kind);
      await player.report(...range(0, 10), 'pause');
      await setItem(page, 'next');
      await player.report(...range(10, 15), 'pause');
      await expect
        .poll(() => reportedShares(page))
        .toEqual([
          ['film', 0.1],
          ['next', 0.05],
        ]);
    });
  });
}

test.describe('a frame is followed with', () => {
  const ADDRESSES: [address: string, kind: Kind][] = [
    ['https://www.youtube.com/embed/a?enablejsapi=1', 'youtube'],
    ['//www.youtube.com/embed/b?enablejsapi=1', 'youtube'],
    ['http://www.youtube.com/embed/c?enablejsapi=1', 'youtube'],
    ['https://youtube.com/embed/d/?rel=0&amp;enablejsapi=1#t=3', 'youtube'],
    ['https://m.youtube.com/embed/e?enablejsapi=1', 'youtube'],
    [' HTTPS://WWW.YouTube-NoCookie.com:443/embed/f?enablejsapi=1', 'youtube'],
    ['https://youtube-nocookie.com/embed/videoseries?list=g&amp;enablejsapi=1', 'youtube'],
    ['https://www.youtubeeducation.com/embed/h?enablejsapi=1', 'youtube'],
    ['https://youtube.googleapis.com/v/i?enablejsapi=1', 'youtube'],
    ['https://www.youtube.com./embed/j?enablejsapi=1', 'youtube'],
    ['https://player.vimeo.com/video/1?h=k', 'vimeo'],
    ['//player.vimeo.com/video/2', 'vimeo'],
    ['http://player.vimeo.com/video/3', 'vimeo'],
    ['https://vimeo.com/event/4/embed', 'vimeo'],
  ];
  for (const [address, kind] of ADDRESSES) {
    test(address, async ({ page, site }) => {
      await open(
        page,
        site,
        `<main data-personalize-item="film"><iframe data-personalize-media src="${address}"></iframe></main>`,
      );
      const { report } = await playerOf(page, kind, kind);
      await report(...range(0, 10), 'pause');
      await expect.poll(() => shares(page)).toEqual([0.1]);
    });
  }

  const { src } = PLAYERS.youtube;
  for (const [name, attributes, setAddress] of [
    [
      'set later',
      `data-src="${src}"`,
      (frame: HTMLIFrameElement) => {
        frame.src = frame.dataset.src as string;
      },
    ],
    [
      'set after about:blank',
      `src="about:blank" data-src="${src}"`,
      (frame: HTMLIFrameElement) => {
        frame.src = frame.dataset.src as string;
      },
    ],
    [
      'set after about:blank by location.replace()',
      `src="about:blank" data-src="${src}"`,
      (frame: HTMLIFrameElement) => {
        frame.contentWindow?.location.replace(frame.dataset.src as string);
      },
    ],
    [
      'behind a link in srcdoc',
      `srcdoc="<a href='${src}'>play</a>"`,
      (frame: HTMLIFrameElement) => {
        frame.contentDocument?.querySelector('a')?.click();
      },
    ],
    [
      'beside a link in srcdoc',
      `src="${src}" srcdoc="<a href='${src}'>play</a>"`,
      (frame: HTMLIFrameElement) => {
        frame.contentDocument?.querySelector('a')?.click();
      },
    ],
    [
      'of a lazy frame below the viewport',
      `src="${src}" loading="lazy" style="margin-top: 9999px"`,
      (frame: HTMLIFrameElement) => {
        frame.scrollIntoView();
      },
    ],
  ] as const) {
    test(`an address ${name}`, async ({ page, site }) => {
      const warnings: string[] = [];
      page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
      await page.clock.install();
      await open(
        page,
        site,
        `<main data-personalize-item="film"><iframe data-personalize-media ${attributes}></iframe></main>`,
      );
      await expect
        .poll(() => page.evaluate(() => document.querySelector('iframe')?.contentDocument?.readyState))
        .toBe('complete');
      // Longer than the wait for a player's answer.
      await page.clock.runFor(20_000);
      await page.evaluate(`(${setAddress})(document.querySelector('iframe'))`);
      const { report } = await playerOf(page, 'youtube');
      await report(...range(0, 10), 'pause');
      await expect.poll(() => shares(page)).toEqual([0.1]);
      expect(warnings).toEqual([]);
    });
  }
});

test.describe('a faulty player disturbs no other and is logged at most once:', () => {
  const FAULTS: [name: string, markup: string, script: string][] = [
    ['an invalid address', '<iframe data-personalize-media src="http://["></iframe>', ''],
    [
      'a frame whose getters throw',
      '<iframe id="bad" data-personalize-media></iframe>',
      `
      for (const name of ['src', 'contentWindow', 'contentDocument'])
        Object.defineProperty(bad, name, { get() { throw new Error(name); } });`,
    ],
    [
      'a video whose getters throw',
      '<video id="bad" data-personalize-media></video>',
      `
      for (const name of ['currentTime', 'duration', 'played', 'paused', 'readyState'])
        Object.defineProperty(bad, name, { get() { throw new Error(name); } });
      bad.dispatchEvent(new Event('timeupdate'));`,
    ],
    [
      'a customized video element whose getters throw',
      '<video is="bad-video" data-personalize-media></video>',
      `
      customElements.define('bad-video', class extends HTMLVideoElement {
        get currentTime() { throw new Error('currentTime'); }
        get played() { throw new Error('played'); }
      }, { extends: 'video' });`,
    ],
    [
      'a frame whose postMessage() throws',
      `<iframe data-personalize-media srcdoc="<script>
      self.postMessage = () => { throw new Error('post'); }; </script>"></iframe>`,
      '',
    ],
    [
      'a removed frame',
      '<iframe id="bad" data-personalize-media></iframe>',
      `
      setTimeout(() => { bad.remove(); postMessage('{}', '*'); });`,
    ],
  ];
  for (const [name, markup, script] of FAULTS) {
    test(name, { tag: '@chromium' }, async ({ page, site }) => {
      const logged: string[] = [];
      const thrown: Error[] = [];
      page.on(
        'console',
        (message) => /^(warning|error)$/.test(message.type()) && logged.push(message.text()),
      );
      page.on('pageerror', (error) => thrown.push(error));
      await open(
        page,
        site,
        `<main data-personalize-item="bad">${markup}</main><script>${script}</script>${frame('youtube')}`,
      );
      const { report } = await playerOf(page, 'youtube');
      await report(...range(0, 10), 'pause');
      // Makes the tracker read the players again.
      await page.evaluate(() => {
        for (const main of document.querySelectorAll('main')) main.dataset.personalizeList = '';
        for (const type of ['timeupdate', 'pause', 'emptied'])
          document.querySelector('[id=bad],[is]')?.dispatchEvent(new Event(type));
      });
      await report(...range(10, 20), 'pause');
      await expect.poll(() => shares(page)).toEqual([0.1, 0.2]);
      expect(thrown).toEqual([]);
      expect(logged.length).toBeLessThan(2);
    });
  }
});

test("Vimeo's own script works with the stand-in for its player", async ({ page, site }) => {
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
    Object.assign(window, { updates: [] });
    player.on('timeupdate', (data) => (window as unknown as { updates: unknown[] }).updates.push(data));
  });
  const { report } = await playerOf(page, 'vimeo');
  await report(1);
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { updates: unknown[] }).updates))
    .toEqual([{ seconds: 1, duration: 100, percent: 0.01 }]);
});

test('messages from other windows and invalid messages are ignored', async ({ page, site }) => {
  const thrown: Error[] = [];
  page.on('pageerror', (error) => thrown.push(error));
  await open(page, site, frame('youtube'));
  const { report } = await playerOf(page, 'youtube');
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
  await report(...range(0, 10), 'pause');
  await expect.poll(() => shares(page)).toEqual([0.1]);
  expect(thrown).toEqual([]);
});

test('the console names a player that never answers and a frame of another site', async ({ page, site }) => {
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
