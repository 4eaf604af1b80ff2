import type { Page } from '@playwright/test';
import { pathOf } from '../../demo/script.js';
import { expect, hide, type Site, test, warmUp } from '../support/fixtures.js';
import { collectRecorded, recorded, waitForObservers } from '../support/paused-page.js';
import { silence } from '../support/silent-audio.js';

const SECONDS = 8;
const SHORT = silence(SECONDS);
/** Long enough that no test plays a quarter of it by chance, even on a slow machine. */
const LONG = silence(120);
const OTHER = silence(121);

const audio = (mark = 'data-personalize-media', sound = LONG) =>
  `<audio muted ${mark} src="${sound}"></audio>`;
const film = (inside: string, id = 'film') =>
  `<main data-personalize-item="${id}" data-personalize-recommendation-id="RID-1">${inside}</main>`;

const open = async (page: Page, site: Site, body: string, options = {}) => {
  site.add('/', `${body}${site.tag(options)}`);
  await page.goto(site.url);
  await collectRecorded(page);
  await page.evaluate(() => window.personalize.ready);
  await waitForObservers(page);
};

/** Resolves when the media chunk has loaded and observes the page. */
const waitForChunk = (page: Page) =>
  page.evaluate(async (chunk) => {
    await import(chunk);
    // The tracker imported the chunk first, so its callback runs first.
    await new Promise((resolve) => setTimeout(resolve));
  }, pathOf('media'));

/** Plays to this many seconds or to the end, and pauses. */
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

/** Starts to play; resolves after this many seconds, still playing. */
const playOn = (page: Page, seconds: number) =>
  page.evaluate(async (to) => {
    const player = document.querySelector('audio') as HTMLAudioElement;
    player.playbackRate = 2;
    await player.play();
    await new Promise<void>((resolve) => {
      player.addEventListener('timeupdate', () => player.currentTime > to && resolve());
    });
  }, seconds);

/** Returns the share played according to the browser. */
const played = (page: Page) =>
  page.evaluate(() => {
    const { played, duration } = document.querySelector('audio') as HTMLAudioElement;
    let sum = 0;
    for (let i = 0; i < played.length; i++) sum += played.end(i) - played.start(i);
    return sum / duration;
  });

const shares = async (page: Page) => (await recorded(page, 'eventValue')) as number[];

test('a player reports its share at each quarter and at the end, for the item and its recommendation', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  await open(page, site, film(audio('data-personalize-media', SHORT)));
  await waitForChunk(page);
  await playTo(page, SECONDS);
  await expect.poll(async () => (await shares(page)).at(-1)).toBe(1);
  const reportedShares = await shares(page);
  expect(reportedShares.map((share) => Math.floor(share * 4))).toEqual([1, 2, 3, 4]);
  expect(await recorded(page, 'eventType', 'itemId', 'recommendationId')).toEqual(
    reportedShares.map(() => ['watch', 'film', 'RID-1']),
  );
  await page.evaluate(() => window.personalize.flush());
  expect(aws.counted().map(({ eventValue }) => eventValue)).toEqual(reportedShares);
});

test('a pause reports the share so far, without repeated or skipped parts', {
  tag: '@core',
}, async ({ page, site }) => {
  await open(page, site, film(audio()));
  await waitForChunk(page);
  await playTo(page, 3);
  const first = await played(page);
  await expect.poll(() => shares(page)).toEqual([expect.closeTo(first, 2)]);

  await playTo(page, 1, 0);
  await playTo(page, 93, 90);
  const second = await played(page);
  expect(second).toBeLessThan(0.2);
  await expect.poll(() => shares(page)).toEqual([expect.closeTo(first, 2), expect.closeTo(second, 2)]);
});

test('a player that has played nothing reports nothing', { tag: '@core' }, async ({ page, site }) => {
  await open(page, site, film(audio()));
  await waitForChunk(page);
  await page.evaluate(async () => {
    const player = document.querySelector('audio') as HTMLAudioElement;
    player.currentTime = 5;
    await new Promise((resolve) => player.addEventListener('seeked', resolve));
    dispatchEvent(new Event('pagehide'));
  });
  expect(await shares(page)).toEqual([]);
});

test('unload reports the share so far, and the event arrives', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  site.add('/next', 'next');
  await open(page, site, `${film(audio())}<a href="/next">go</a>`);
  await waitForChunk(page);
  await warmUp(page);
  await playOn(page, 2);
  await page.getByText('go').click();
  await expect.poll(() => aws.counted().map(({ eventType }) => eventType)).toContain('watch');
  const [watched] = aws.counted().filter(({ eventType }) => eventType === 'watch');
  expect(watched).toMatchObject({ itemId: 'film', recommendationId: 'RID-1' });
  expect(watched?.eventValue).toBeGreaterThan(0);
  expect(watched?.eventValue).toBeLessThan(0.5);
});

test('hiding the tab reports the share so far, once', async ({ page, site }) => {
  await open(page, site, film(audio()));
  await waitForChunk(page);
  await playOn(page, 2);
  await hide(page);
  expect(await shares(page)).toHaveLength(1);
});

test.describe('on a page that changes,', () => {
  test('a player added later is followed, and its removal reports the share', async ({ page, site }) => {
    await open(page, site, '<section></section>');
    await page.evaluate((html) => {
      (document.querySelector('section') as Element).innerHTML = html;
    }, film(audio()));
    await waitForObservers(page);
    await waitForChunk(page);
    await playOn(page, 2);
    await page.evaluate(() => document.querySelector('main')?.remove());
    await expect.poll(() => recorded(page, 'itemId')).toEqual(['film']);
  });

  test('another source in the same player, for another item, starts a new share', async ({ page, site }) => {
    await open(page, site, film(audio()));
    await waitForChunk(page);
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

/** Changes the item of the page's mark. */
const setItem = (page: Page, id: string) =>
  page.evaluate((item) => {
    (document.querySelector('main') as HTMLElement).dataset.personalizeItem = item;
  }, id);

const setSource = (page: Page, src: string) =>
  page.evaluate((sound) => {
    (document.querySelector('audio') as HTMLAudioElement).src = sound;
  }, src);

const reported = (page: Page) => recorded(page, 'itemId', 'eventValue');

test.describe("when another item's marks and its source change one after the other,", () => {
  /** Longer than the tracker waits for the other change. */
  const LATER_MS = 6000;

  test.beforeEach(({ page }) => page.clock.install());

  /** Opens a page whose timers run only when a test advances the clock. */
  const openAndStopClock = async (page: Page, site: Site, body: string) => {
    await open(page, site, body);
    await waitForChunk(page);
    await page.clock.pauseAt(Date.now() + LATER_MS);
  };

  test('if the marks change first, the old source is reported for its item to its end, and the new one starts at zero', async ({
    page,
    site,
  }) => {
    await openAndStopClock(page, site, film(audio()));
    await playOn(page, 2);
    await setItem(page, 'next');
    await playTo(page, 5);
    const first = await played(page);
    expect(await reported(page)).toEqual([]);
    await setSource(page, OTHER);
    await expect.poll(() => reported(page)).toEqual([['film', expect.closeTo(first, 2)]]);
    await playTo(page, 2);
    await expect
      .poll(() => reported(page))
      .toEqual([
        ['film', expect.closeTo(first, 2)],
        ['next', expect.closeTo(await played(page), 2)],
      ]);
    await page.clock.fastForward(LATER_MS);
    expect(await reported(page)).toHaveLength(2);
  });

  test('if the source changes first, its share is reported for the new item, not for the old one', async ({
    page,
    site,
  }) => {
    await openAndStopClock(page, site, film(audio()));
    await playTo(page, 2);
    await expect.poll(() => reported(page)).toEqual([['film', expect.any(Number)]]);
    await setSource(page, OTHER);
    await playTo(page, 5);
    const all = await played(page);
    expect(await reported(page)).toHaveLength(1);
    await setItem(page, 'next');
    await expect
      .poll(() => reported(page))
      .toEqual([
        ['film', expect.any(Number)],
        ['next', expect.closeTo(all, 2)],
      ]);
  });

  test('another source under the same marks is reported after a delay', async ({ page, site }) => {
    await openAndStopClock(page, site, film(audio()));
    await playTo(page, 2);
    await setSource(page, OTHER);
    await playTo(page, 5);
    const second = await played(page);
    expect(await reported(page)).toHaveLength(1);
    await page.clock.fastForward(LATER_MS);
    await expect.poll(async () => (await reported(page))[1]).toEqual(['film', expect.closeTo(second, 2)]);
  });

  test('one source under two items reports for each item the part played under its marks', async ({
    page,
    site,
  }) => {
    await openAndStopClock(page, site, film(audio()));
    await playTo(page, 5);
    await expect.poll(() => reported(page)).toHaveLength(1);
    const first = await played(page);
    await setItem(page, 'next');
    // Repeated parts count for the next item again.
    await playTo(page, 4, 2);
    expect(await reported(page)).toHaveLength(1);
    await page.clock.fastForward(LATER_MS);
    await expect
      .poll(() => reported(page))
      .toEqual([
        ['film', expect.closeTo(first, 2)],
        ['next', expect.closeTo(2 / 120, 2)],
      ]);
    await playTo(page, 20);
    const [, , [item, share] = []] = (await reported(page)) as [string, number][];
    expect(item).toBe('next');
    expect(share).toBeCloseTo((20 - 2) / 120, 1);
    expect(share).toBeLessThan(await played(page));
  });

  test('marks that change twice, or back, report for the item that stays', async ({ page, site }) => {
    await openAndStopClock(page, site, film(audio()));
    await playOn(page, 2);
    await setItem(page, 'between');
    await waitForObservers(page);
    await setItem(page, 'film');
    await playTo(page, 5);
    await expect.poll(() => reported(page)).toEqual([['film', expect.closeTo(await played(page), 2)]]);
    await setItem(page, 'between');
    await waitForObservers(page);
    await setItem(page, 'next');
    await waitForObservers(page);
    await setSource(page, OTHER);
    await playTo(page, 2);
    await page.clock.fastForward(LATER_MS);
    await expect.poll(() => recorded(page, 'itemId')).toEqual(['film', 'next']);
  });

  test('hiding the page between the two changes reports for the item whose source is loaded', async ({
    page,
    site,
  }) => {
    await openAndStopClock(page, site, film(audio()));
    await playOn(page, 2);
    await setItem(page, 'next');
    await playTo(page, 5);
    await hide(page);
    expect(await reported(page)).toEqual([['film', expect.closeTo(await played(page), 2)]]);
    await page.clock.fastForward(LATER_MS);
    expect(await reported(page)).toHaveLength(1);
  });

  test('a player without an item reports for the first item it gets, and nothing for a source that is replaced before', async ({
    page,
    site,
  }) => {
    await openAndStopClock(page, site, film(audio(), ''));
    await playTo(page, 2);
    await setItem(page, 'first');
    await waitForObservers(page);
    expect(await reported(page)).toEqual([]);
    const first = await played(page);
    await page.clock.fastForward(LATER_MS);
    await expect.poll(() => reported(page)).toEqual([['first', expect.closeTo(first, 2)]]);
    await setItem(page, '');
    await waitForObservers(page);
    await page.clock.fastForward(LATER_MS);
    await playTo(page, 5);
    await setItem(page, 'second');
    await waitForObservers(page);
    await setSource(page, OTHER);
    await playTo(page, 2);
    await expect
      .poll(() => reported(page))
      .toEqual([
        ['first', expect.closeTo(first, 2)],
        ['second', expect.closeTo(await played(page), 2)],
      ]);
  });

  test('removing a player before its source changes reports for the item before', async ({ page, site }) => {
    await openAndStopClock(page, site, film(audio()));
    await playOn(page, 5);
    await setItem(page, 'next');
    await waitForObservers(page);
    await page.evaluate(() => document.querySelector('main')?.remove());
    await waitForObservers(page);
    await page.clock.fastForward(LATER_MS);
    await expect.poll(() => recorded(page, 'itemId')).toEqual(['film']);
    await page.clock.fastForward(LATER_MS);
    expect(await reported(page)).toHaveLength(1);
  });

  test('one live stream under two items records one event for each', async ({ page, site }) => {
    await open(page, site, film('<video muted data-personalize-media></video>'));
    await waitForChunk(page);
    await playLive(page);
    await expect.poll(() => reported(page)).toEqual([['film', undefined]]);
    await setItem(page, 'next');
    await waitForObservers(page);
    await page.evaluate(playOnAndPause);
    await page.clock.fastForward(LATER_MS);
    await expect
      .poll(() => reported(page))
      .toEqual([
        ['film', undefined],
        ['next', undefined],
      ]);
  });
});

/** Plays a little further and pauses. */
const playOnAndPause = async () => {
  const player = document.querySelector('video') as HTMLVideoElement;
  const from = player.currentTime;
  await player.play();
  await new Promise<void>((resolve) => {
    player.addEventListener('timeupdate', () => player.currentTime > from + 0.1 && resolve());
  });
  player.pause();
};

const playLive = async (page: Page) => {
  await page.evaluate(() => {
    const canvas = document.body.appendChild(document.createElement('canvas'));
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    const draw = () => {
      context.fillRect(0, 0, 1, 1);
      requestAnimationFrame(draw);
    };
    draw();
    (document.querySelector('video') as HTMLVideoElement).srcObject = canvas.captureStream();
  });
  await page.evaluate(playOnAndPause);
};

test('a live stream, which has no share, records one event without a value', async ({ page, site }) => {
  await open(page, site, film('<video muted data-personalize-media></video>'));
  await waitForChunk(page);
  await playLive(page);
  await expect
    .poll(() => recorded(page, 'eventType', 'itemId', 'eventValue'))
    .toEqual([['watch', 'film', undefined]]);
});

test('a mark around a player applies to any player inside, also to one added later', async ({
  page,
  site,
}) => {
  await open(page, site, film(`<div data-personalize-media="listen">${audio('')}</div>`));
  await waitForChunk(page);
  await playTo(page, 2);
  await expect.poll(() => recorded(page, 'eventType', 'itemId')).toEqual([['listen', 'film']]);
  await page.evaluate(
    (html) => {
      (document.querySelector('div') as Element).innerHTML = html;
    },
    audio('', OTHER),
  );
  await playTo(page, 2);
  await expect
    .poll(() => recorded(page, 'eventType', 'itemId'))
    .toEqual([
      ['listen', 'film'],
      ['listen', 'film'],
    ]);
});

test('the value of the mark names the event type, and the domain sets its default', async ({
  page,
  site,
}) => {
  await open(page, site, film(audio('data-personalize-media="listen"')));
  await waitForChunk(page);
  await playTo(page, 2);
  await expect.poll(() => recorded(page, 'eventType')).toEqual(['listen']);

  await open(page, site, film(audio()), { 'data-domain': 'VIDEO_ON_DEMAND' });
  await waitForChunk(page);
  await playTo(page, 2);
  await expect.poll(() => recorded(page, 'eventType')).toEqual(['Watch']);
});

test('the chunk reports what was played before it loaded', async ({ page, site }) => {
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

test('the chunk loads once, and only on a page with a player', async ({ page, site }) => {
  const loads: string[] = [];
  page.on('request', (request) => request.url().includes('media.js') && loads.push(request.url()));
  await open(page, site, '<main data-personalize-item="film"></main>');
  await warmUp(page);
  expect(loads).toEqual([]);
  await open(page, site, film(audio() + audio()));
  await waitForChunk(page);
  expect(loads).toHaveLength(1);
});

test('without the chunk the page keeps working, and the console names the chunk', {
  tag: ['@core', '@chromium'],
}, async ({ page, site, aws }) => {
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

test('stop() ends media tracking', async ({ page, site }) => {
  await open(page, site, film(audio()));
  await waitForChunk(page);
  await page.evaluate(() => window.personalize.stop());
  await playTo(page, 2);
  expect(await shares(page)).toEqual([]);
});

test.describe('a click on a player', () => {
  /** Adds an open shadow root with this markup to each element of the name. */
  const shadow = (name: string, inside: string) =>
    `<script>for (const host of document.querySelectorAll('${name}'))
       host.attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(inside).replaceAll('</', '<\\/')};</script>`;
  const VIDEO = '<video data-personalize-media style="display: block; width: 300px; height: 150px"></video>';
  const BAR = `<div class="bar" style="width: 300px"><button class="on">Play</button>
    <span class="on">0:00 / 1:20</span><input class="on" type="range"><span class="on">1x</span></div>`;
  const OVER = 'style="position: absolute; inset: 0"';

  /** Class `on` marks elements that belong to the player, `off` those beside it. */
  const TILES: Record<string, string> = {
    plain: `<main><video class="on" controls data-personalize-media></video><h1 class="off">Film</h1></main>`,
    'in a paragraph': `<main><p class="on" style="width: 310px">${VIDEO}</p><p class="off">About it</p></main>`,
    'the item itself': `<video class="on" data-personalize-media data-personalize-item="itself"></video>`,
    'controls over it': `<main><div class="on" style="position: relative; width: 300px">${VIDEO}
        <div class="on" ${OVER}><b class="on">a subtitle of it</b><i class="on" role="button" tabindex="0">▶</i></div>
      </div><p class="off">About it</p></main>`,
    'controls below it': `<main><div><div>${VIDEO}</div>${BAR}</div><button class="off">More</button></main>`,
    'a text below it': `<main><div class="off">${VIDEO}<span class="off">About it</span><button class="off">More</button></div></main>`,
    'a text beside it': `<main><div class="off" style="display: flex">${VIDEO}<span class="off">A film</span></div></main>`,
    'a picture below it': `<main><div class="off">${VIDEO}<img class="off" alt="" width="60" height="60" src="data:,"></div></main>`,
    'a title over it': `<main><div class="off" style="position: relative; width: 300px">${VIDEO}
        <h2 class="off" ${OVER}>Film</h2></div></main>`,
    'a wide box around it': `<main><div class="off" style="width: 700px"><div class="on" style="width: 300px">${VIDEO}</div></div></main>`,
    sound: `<main><div class="on" style="width: 300px"><audio data-personalize-media></audio>${BAR}</div><i class="off">Song</i></main>`,
    'sound beside its title': `<main><div class="off"><span class="off">Song</span>
        <span class="on"><audio data-personalize-media></audio><button class="on">Play</button></span></div></main>`,
    'marks on its wrapper, too': `<div data-personalize-item="wrapped" data-personalize-media>
        <video data-personalize-media data-personalize-item="wrapped" class="on"></video><button class="on">Play</button></div>`,
    'a mark around it': `<div data-personalize-item="film" data-personalize-media><h1 class="off">Film</h1>
        <video class="on"></video><div style="width: 300px"><div class="on">${VIDEO.replace('data-personalize-media', '')}
          <button class="on">Play</button></div></div></div>`,
    'a component': `<main><my-video class="on" data-personalize-media></my-video><i class="off">Film</i></main>`,
    'a frame': `<main><div class="on" style="width: 300px; height: 150px; position: relative">
        <iframe data-personalize-media style="width: 100%; height: 100%"></iframe><i class="on" ${OVER}></i></div><i class="off">Film</i></main>`,
    'in a shadow root': `<main><my-player></my-player><i class="off">Film</i></main>`,
    'slotted into one': `<main><my-frame>${VIDEO}<my-button class="on" role="button"></my-button></my-frame><i class="off">Film</i></main>`,
    'a link over it': `<main><div style="position: relative; width: 300px">${VIDEO}<a class="off" href="#film" ${OVER}></a></div></main>`,
    'a link around it': `<a href="#film" data-personalize-item="link"><video class="off" data-personalize-media></video>
        <button class="off">Details</button></a>`,
    'a link around one that has controls': `<a href="#film" data-personalize-item="link">
        <video class="on" controls data-personalize-media></video></a>`,
    'an old link that is a control': `<main><div>${VIDEO}<a class="on" href="#">Play</a><a class="on" download href="data:,">Save</a></div></main>`,
    'an action': `<section data-personalize-action="join"><video class="on" data-personalize-media></video><i class="off">Join</i></section>`,
    'no player': `<main><video class="off"></video><button class="off">Play</button></main>`,
  };

  test('does not count for the item around it in any layout', async ({ page, site }) => {
    const tiles = Object.entries(TILES)
      .map(([name, markup]) => `<section title="${name}">${markup}</section>`)
      .join('')
      .replaceAll('<main>', '<main data-personalize-item="film">');
    const roots = [
      shadow('my-player', `<div style="width: 300px" class="on">${VIDEO}${BAR}</div>`),
      shadow('my-frame', '<div class="on" style="width: 300px"><slot></slot></div>'),
      shadow('my-video', '<video class="on"></video><button class="on">Play</button>'),
      shadow('my-button', '<i class="on">▶</i>'),
    ].join('');
    await open(page, site, tiles + roots, { 'data-action-tracking-id': 'demo-action-tracker' });

    const clicks = await page.evaluate(() => {
      const findAll = (root: ParentNode, selector: string): Element[] =>
        [...root.querySelectorAll('*')].flatMap((element) => [
          ...(element.matches(selector) ? [element] : []),
          ...(element.shadowRoot ? findAll(element.shadowRoot, selector) : []),
        ]);
      const click = (section: Element, selector: string) =>
        findAll(section, selector).map((element) => {
          const before = window.recorded.length;
          element.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
          return window.recorded.length - before;
        });
      return [...document.querySelectorAll('section[title]')].map((section) => ({
        name: (section as HTMLElement).title,
        on: click(section, '.on'),
        off: click(section, '.off'),
      }));
    });
    expect(clicks).toEqual(
      clicks.map(({ name, on, off }) => ({ name, on: on.map(() => 0), off: off.map(() => 1) })),
    );
    expect(clicks.map(({ on, off }) => on.length + off.length)).not.toContain(0);
  });

  test('does not count for the item by pointer or keyboard, except on elements with their own event', async ({
    page,
    site,
  }) => {
    await open(
      page,
      site,
      film(`<div style="width: 300px; position: relative">
        <video muted controls data-personalize-media src="${LONG}" style="width: 300px; height: 150px"></video>
        <button data-personalize-event="like" ${OVER.replace('inset: 0', 'top: 0')}>Like</button>
        <div><button>Play</button></div></div><h1>Film</h1>`),
    );
    await page.locator('video').click();
    await page.getByText('Play').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Like').click();
    await page.locator('h1').click();
    await expect.poll(() => recorded(page, 'eventType')).toContain('click');
    expect((await recorded(page, 'eventType')).filter((type) => type !== 'watch')).toEqual(['like', 'click']);
  });
});

test('marks that a library copies to a wrapper record nothing twice', async ({ page, site }) => {
  const MARKS =
    'data-personalize-media data-personalize-item="film" data-personalize-impression data-personalize-on="load"';
  await open(
    page,
    site,
    `<div ${MARKS}><video muted ${MARKS} src="${SHORT}" style="width: 300px; height: 150px"></video></div>`,
    { 'data-flush-interval': '0' },
  );
  await waitForChunk(page);
  await page.evaluate(async () => {
    const player = document.querySelector('video') as HTMLVideoElement;
    player.playbackRate = 2;
    await player.play();
    await new Promise((resolve) => player.addEventListener('ended', resolve));
  });
  await expect.poll(() => recorded(page, 'eventType')).toContain('impression');
  await expect.poll(() => shares(page)).toContain(1);
  const types = (await recorded(page, 'eventType')) as string[];
  expect(types.filter((type) => type === 'impression')).toHaveLength(1);
  const values = (await shares(page)).filter((share) => share);
  expect(values).toEqual([...new Set(values)]);
});
