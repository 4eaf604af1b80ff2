import type { natives as Natives } from './natives.js';

// For chunks, which are loaded later: they use the natives that the script found when it started. The page may have
// replaced globals since.

export let natives: typeof Natives;
export const use = (found: typeof Natives): void => {
  natives = found;
};
