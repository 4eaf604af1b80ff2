import { failed, ok, type Step } from './run-steps.js';
import type { SimulatedBrowser } from './simulated-browser.js';

/** Checks whether the host answers at all, whatever the answer is. */
export const hostStep = (browser: SimulatedBrowser, name: string, url: string): Step => ({
  name,
  needs: ['options'],
  async run() {
    const { failure } = await browser.get(url);
    return failure ? failed(failure.detail, failure.fix) : ok(`${new URL(url).host} answers`);
  },
});
