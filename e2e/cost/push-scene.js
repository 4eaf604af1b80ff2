// @ts-check
// The scene that measures pushes to the data layer of a shop with GA4 tagging.
import { quantile } from '../bench/figures.js';

/** A round of the shop: a list of 20 items, a selection in it, the view of its item, the item in the cart. */
const PUSHES_A_ROUND = 4;
/** The events that the tracker makes of a round: the list alone makes none. */
const EVENTS_A_ROUND = 3;
const ROUNDS = 25;
export const PUSHES_AT_A_TIME = ROUNDS * PUSHES_A_ROUND;
/** Entries in the data layer when pushes are measured for the last time. */
export const MANY_ENTRIES = 10_000;

/** @type {import('./scenes.js').Scene} */
export const pushScene = {
  title: `${PUSHES_AT_A_TIME} pushes to the data layer`,
  subjects: ['nothing', 'pushes', 'tracker'],
  options: { dataLayer: true },
  async run({ stage, begin, trace, expectQueued, settle, isTracker }) {
    /** Returns the times of the pushes, each in a task of its own. */
    const pushSome = async () => {
      const pushed = await trace(() =>
        stage.evaluate(({ pushInTasks }, rounds) => pushInTasks(rounds), ROUNDS),
      );
      const times = pushed.dispatches('shop-push');
      if (times.length !== PUSHES_AT_A_TIME) throw new Error(`${times.length} pushes were traced`);
      await expectQueued(ROUNDS * EVENTS_A_ROUND, 'events of pushes');
      await settle();
      return times;
    };
    await stage.evaluate(({ pushAll }, rounds) => pushAll(rounds), ROUNDS);
    const first = await trace(async () => {
      await begin();
      await stage.evaluate(({ untilHooked }, isHooked) => untilHooked(isHooked), isTracker);
    });
    await expectQueued(ROUNDS * EVENTS_A_ROUND, 'events of pushes before the script');
    await stage.evaluate(({ warmUp }) => warmUp());
    await expectQueued(1, 'warm-up');
    const times = [...(await pushSome()), ...(await pushSome())];
    await stage.evaluate(({ fillLayer }, entries) => fillLayer(entries), MANY_ENTRIES);
    const late = await pushSome();
    return {
      first: first.busy('begin', 'hooked'),
      p50: quantile(times, 0.5),
      p99: quantile(times, 0.99),
      late: quantile(late, 0.5),
    };
  },
};
