import type { Browser } from './simulated-browser.js';
import { failed, ok, type Step } from './walk.js';

/** Whether the host is there: whatever it answers will do. */
export const hostStep = (browser: Browser, name: string, url: string): Step => ({
  name,
  needs: ['options'],
  async run() {
    const { trouble } = await browser.get(url);
    return trouble ? failed(trouble.detail, trouble.fix) : ok(`${new URL(url).host} answers`);
  },
});
