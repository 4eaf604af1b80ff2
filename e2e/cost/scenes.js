// @ts-check
// The scenes on the page, one for each row of the table.

import { quantile } from '../bench/figures.js';
import { growthScenes } from './growth-scenes.js';
import { pushScene } from './push-scene.js';

/**
 * @typedef {import('./subjects.js').Subject} Subject
 * @typedef {import('./trace.js').Trace} Trace
 * @typedef {Record<string, number>} Values what a trial has measured
 *
 * @typedef {object} Trial one subject on one page, opened for it
 * @property {boolean} isTracker
 * @property {Record<string, string | boolean>} options the tracker's
 * @property {import('@playwright/test').CDPSession} devtools
 * @property {import('@playwright/test').JSHandle<import('./stage.js').Stage>} stage
 * @property {() => Promise<void>} begin
 * @property {(run: () => Promise<unknown>) => Promise<Trace>} trace its tasks count among those of the last row
 * @property {(events: number, what: string, more?: 'or more') => Promise<void>} expectQueued waits until this many have been queued since the last call
 * @property {(tiles: number) => Promise<void>} expectObserved waits until the tracker observes this many: of many tiles it finds some in idle time
 * @property {() => Promise<ReturnType<import('./site.js').Site['counted']>>} settle flushes, and resolves to the counted events
 * @property {() => Promise<{ bytes: number, native: number, nodes: number }>} heap collects garbage; `bytes` are JavaScript's,
 *   `native` those of the browser's objects for it, such as elements and observations
 *
 * @typedef {{ title: string, subjects: Subject[], path?: string, options?: Record<string, string | boolean>, flags?: string[],
 *   run: (trial: Trial) => Promise<Values> }} Scene `options`: more of the tracker's; `flags`: the browser's
 */

export const TILES = 10_000;
export const FEW_TILES = 1000;
const CLICKS = 200;
/** The most events that may wait at a time: over 1,000 the tracker drops some. */
const CLICKS_AT_A_TIME = 100;
const SCROLL_FRAMES = 60;
export const BATCH = 100;

/**
 * Clicks as a visitor does: after a script's click microtasks run later.
 * @param {{ send(method: 'Input.dispatchMouseEvent', event: { type: 'mousePressed' | 'mouseReleased', clickCount: number, button: 'left', x: number, y: number }): Promise<unknown> }} devtools
 * @param {{ x: number, y: number }} at
 */
export const click = (devtools, at) =>
  Promise.all(
    /** @type {const} */ (['mousePressed', 'mouseReleased']).map((type) =>
      devtools.send('Input.dispatchMouseEvent', { type, clickCount: 1, button: 'left', ...at }),
    ),
  );

/** @param {number} tiles @returns {Scene['run']} */
const observeAndScroll =
  (tiles) =>
  async ({ stage, begin, trace, expectQueued, settle }) => {
    await stage.evaluate(({ fill }, tiles) => fill(tiles, 'data-personalize-impression'), tiles);
    const visible = await stage.evaluate(({ countVisible }) => countVisible());
    const first = await trace(async () => {
      await begin();
      await stage.evaluate(async ({ frames, mark }) => {
        await frames(5);
        await mark('observed');
      });
      // A second later the visible tiles are recorded, which may not cause a long task either.
      await expectQueued(visible, 'impressions at first');
      // Without events to record the page rests as long.
      await stage.evaluate(({ rest }) => rest());
    });
    await settle();
    await stage.evaluate(({ warmUp }) => warmUp());
    const scroll = await trace(() => stage.evaluate(({ scroll }, frames) => scroll(frames), SCROLL_FRAMES));
    // The tiles visible at the end, and the warm-up; on a slow machine a frame in between may last a second.
    await expectQueued(visible + 1, 'impressions after the scroll', 'or more');
    await settle();
    return {
      first: first.busy('begin', 'observed'),
      counting: first.busy('observed'),
      scroll: scroll.busy('scroll', 'scrolled'),
    };
  };

/** @type {Record<string, Scene>} */
export const scenes = {
  start: {
    title: 'script start',
    subjects: ['nothing', 'session', 'tracker'],
    path: '/bare',
    async run({ stage, trace, options }) {
      const loaded = await trace(() => stage.evaluate(({ start }, options) => start(options), options));
      return { start: loaded.busy('start', 'ready') };
    },
  },
  click: {
    title: `clicks among ${TILES} tiles`,
    subjects: ['nothing', 'clicks', 'stores', 'tracker'],
    async run({ devtools, stage, begin, trace, expectQueued, settle }) {
      await stage.evaluate(({ fill }, tiles) => fill(tiles), TILES);
      await begin();
      await stage.evaluate(({ warmUp }) => warmUp());
      await expectQueued(1, 'warm-up');
      const targets = await stage.evaluate(({ targets }) => targets());
      /** @type {number[]} */
      const times = [];
      let busy = 0;
      for (let done = 0; done < CLICKS; done += CLICKS_AT_A_TIME) {
        const clicked = await trace(async () => {
          for (let n = done; n < done + CLICKS_AT_A_TIME; n++) {
            // A different list each time.
            await click(devtools, targets[(n * 21) % targets.length]);
          }
          await settle();
        });
        await expectQueued(CLICKS_AT_A_TIME, 'clicks');
        times.push(...clicked.dispatches('click'));
        busy += clicked.busy();
      }
      if (times.length !== CLICKS) throw new Error(`${times.length} clicks were heard of ${CLICKS}`);
      return {
        first: times[0],
        p50: quantile(times, 0.5),
        p99: quantile(times, 0.99),
        all: busy / CLICKS,
      };
    },
  },
  look: {
    title: `${TILES} tiles observed, and scrolled through`,
    subjects: ['nothing', 'sights', 'tracker'],
    run: observeAndScroll(TILES),
  },
  'look-few': {
    title: `${FEW_TILES} tiles observed, and scrolled through`,
    subjects: ['nothing', 'sights', 'tracker'],
    run: observeAndScroll(FEW_TILES),
  },
  change: {
    title: `${TILES} tiles added and removed`,
    subjects: ['nothing', 'changes', 'both', 'tracker'],
    async run({ devtools, stage, begin, trace, expectQueued, settle, isTracker }) {
      await begin();
      await stage.evaluate(({ warmUp }) => warmUp());
      await expectQueued(1, 'warm-up');
      const added = await trace(() =>
        stage.evaluate(({ add }, { tiles, batch }) => add(tiles, batch), { tiles: TILES, batch: BATCH }),
      );
      // Checks that the tracker has observed the new tiles: a click lists its neighbours.
      const [at] = await stage.evaluate(({ targets }) => targets());
      await click(devtools, at);
      await expectQueued(1, 'click');
      const neighbours = (await settle()).at(-1)?.impression?.length;
      if (isTracker && neighbours !== 20) throw new Error(`${neighbours} tiles of 20 were seen`);
      const removed = await trace(() => stage.evaluate(({ remove }, batch) => remove(batch), BATCH));
      return { add: added.busy('add', 'added'), remove: removed.busy('remove', 'removed') };
    },
  },
  push: pushScene,
  ...growthScenes,
};
