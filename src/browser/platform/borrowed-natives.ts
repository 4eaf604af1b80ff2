import type { natives as Natives } from './natives.js';

// A file that the script loads later uses what the script found at its own start: the page may have taken names since.

export let natives: typeof Natives;
export const use = (found: typeof Natives): void => {
  natives = found;
};
