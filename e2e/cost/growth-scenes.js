// @ts-check
// The scenes that measure memory: by tiles, by navigations, by events and by pushes.

/** @typedef {import('./scenes.js').Scene} Scene */

/** V8 optimizes more functions the longer a scene runs, and drops others: their code would hide a leak. */
const COMPARABLE = ['--js-flags=--no-opt --no-maglev --no-sparkplug --no-flush-bytecode'];

/** Numbers of tiles on the page, one after the other. */
export const TILE_COUNTS = [0, 100, 10_000, 100_000];
/** The first that fill the window. */
const IN_VIEW = 100;

export const NAVIGATIONS = 1000;
/** Navigations until 1,000 items have a source, which are all that are remembered. */
const WARMUP_NAVIGATIONS = 1000;
const NAVIGATIONS_AT_A_TIME = 100;

export const EVENTS = 10_000;
/** Events until 1,000 items have a source, which are all that are remembered. */
const WARMUP_EVENTS = 1500;
/** Over 1,000 waiting events the tracker drops some. */
const EVENTS_AT_A_TIME = 500;

export const PUSHES = 10_000;
/** A round adds one item to the 1,000 that have a source. */
const WARMUP_PUSHES = 4400;
const PUSHES_AT_A_TIME = 400;
/** A round of the shop is four pushes and a click on a tile; all but the pushed list make an event. */
const PUSHES_A_ROUND = 4;
const EVENTS_A_ROUND = 4;

/**
 * Measures what memory grows by.
 * @param {import('./scenes.js').Trial} trial
 * @param {(times: number) => Promise<unknown>} run runs some of `size` times
 * @param {{ warmup: number, times: number, size: number }} options
 */
const measureGrowth = async ({ begin, stage, expectQueued, heap }, run, { warmup, times, size }) => {
  await begin();
  await stage.evaluate(({ warmUp }) => warmUp());
  await expectQueued(1, 'warm-up');
  for (let done = 0; done < warmup; done += size) await run(size);
  const before = await heap();
  for (let done = 0; done < times; done += size) await run(size);
  const after = await heap();
  return {
    before: before.bytes,
    growth: after.bytes - before.bytes,
    nodes: after.nodes - before.nodes,
  };
};

/** @type {Record<string, Scene>} */
export const growthScenes = {
  tiles: {
    title: `heap with ${TILE_COUNTS.join(', ')} tiles`,
    subjects: ['nothing', 'both', 'tracker'],
    path: '/lazy',
    flags: COMPARABLE,
    async run({ begin, stage, expectQueued, expectObserved, settle, heap }) {
      await stage.evaluate(({ countObserved }) => countObserved());
      await begin();
      await stage.evaluate(({ warmUp }) => warmUp());
      await expectQueued(1, 'warm-up');
      /** @type {import('./scenes.js').Values} */
      const values = {};
      let present = 0;
      for (const tiles of TILE_COUNTS) {
        await stage.evaluate(({ addUnmeasured }, count) => addUnmeasured(count), tiles - present);
        present = tiles;
        if (tiles === IN_VIEW) await expectQueued(IN_VIEW, 'impressions');
        else await stage.evaluate(({ rest }) => rest());
        await expectObserved(tiles);
        await settle();
        const { bytes, native } = await heap();
        values[`bytes${tiles}`] = bytes;
        values[`native${tiles}`] = native;
      }
      return values;
    },
  },
  navigate: {
    title: `${NAVIGATIONS} single-page navigations`,
    subjects: ['nothing', 'tracker'],
    flags: COMPARABLE,
    async run(trial) {
      const { stage, trace, expectQueued, settle } = trial;
      let busy = 0;
      const navigateSome = async (/** @type {number} */ times) => {
        const traced = await trace(() => stage.evaluate(({ navigate }, times) => navigate(times), times));
        // The last page's tiles are in view until its events are sent; those of earlier pages may be recorded, too.
        await expectQueued(times * 2 + 20, 'loads, clicks and impressions', 'or more');
        await settle();
        busy += traced.busy();
      };
      const growth = await measureGrowth(trial, navigateSome, {
        warmup: WARMUP_NAVIGATIONS,
        times: NAVIGATIONS,
        size: NAVIGATIONS_AT_A_TIME,
      });
      return { ...growth, navigation: busy / (WARMUP_NAVIGATIONS + NAVIGATIONS) };
    },
  },
  events: {
    title: `${EVENTS} events`,
    subjects: ['nothing', 'tracker'],
    flags: COMPARABLE,
    run: (trial) =>
      measureGrowth(
        trial,
        async (times) => {
          await trial.stage.evaluate(({ record }, times) => record(times), times);
          await trial.expectQueued(times, 'events');
          await trial.settle();
        },
        { warmup: WARMUP_EVENTS, times: EVENTS, size: EVENTS_AT_A_TIME },
      ),
  },
  pushes: {
    title: `${PUSHES} pushes to the data layer`,
    subjects: ['nothing', 'tracker'],
    options: { dataLayer: true },
    flags: COMPARABLE,
    run: (trial) =>
      measureGrowth(
        trial,
        async (times) => {
          const rounds = times / PUSHES_A_ROUND;
          await trial.stage.evaluate(({ shop }, rounds) => shop(rounds), rounds);
          await trial.expectQueued(rounds * EVENTS_A_ROUND, 'events of pushes and markup');
          await trial.settle();
        },
        { warmup: WARMUP_PUSHES, times: PUSHES, size: PUSHES_AT_A_TIME },
      ),
  },
};
