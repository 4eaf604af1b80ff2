// @ts-check
// A browser with a profile for one run after another, restarted after a failure or if another kind is needed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, run } from './visit.js';

/** The number of times that a run is repeated because the browser opened no page. */
const MAX_FALSE_STARTS = 3;

const createProfile = () => mkdtemp(join(tmpdir(), 'personalize-delivery-'));

/** @param {string} profile */
const removeProfile = (profile) => rm(profile, { recursive: true, force: true, maxRetries: 5 });

/** @param {import('./driver.js').Engine} engine */
export const createWorker = (engine) => {
  /** @type {{ launch: typeof engine.launch, profile: string, browser: import('./driver.js').Browser } | undefined} */
  let running;
  let falseStarts = 0;

  const close = async () => {
    if (!running) return;
    const { browser, profile } = running;
    running = undefined;
    await end(browser.close);
    await removeProfile(profile);
  };

  /** @param {typeof engine.launch} launch */
  const start = async (launch) => {
    await close();
    const profile = await createProfile();
    running = { launch, profile, browser: await launch(profile) };
    return running;
  };

  return {
    /**
     * Runs a scenario in this worker's browser.
     * @param {import('./scenarios.js').Scenario} scenario
     * @param {() => import('./visit.js').Trial | Promise<import('./visit.js').Trial>} openTrial
     * @returns {Promise<import('./visit.js').Result>}
     */
    async run(scenario, openTrial) {
      const wanted = (scenario.isDeadly && engine.launchMortal) || engine.launch;
      for (;;) {
        const own = running?.launch === wanted ? running : await start(wanted);
        const relaunch = async () => (own.browser = await own.launch(own.profile));
        const result = await run(scenario, await openTrial(), own.browser, relaunch);
        if (!('error' in result)) return result;
        // A browser that has failed is not used again.
        await close();
        // Without recorded events the failed run says nothing about delivery.
        if (result.hasBegun || falseStarts++ >= MAX_FALSE_STARTS) return result;
        console.error(`  ${engine.title}, ${scenario.title}: repeated: ${result.error}`);
      }
    },
    close,
  };
};
