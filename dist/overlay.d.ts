import type { Tracker } from './api.js';
/**
 * Shows what a page's marks would send, and what becomes of it; called again, takes all of that away. To be
 * called from a bookmarklet or the console: `import('…/personalize.overlay.js').then((it) => it.toggle())`.
 * @param tracker where it is not `window.personalize`
 */
export declare const toggle: (tracker?: Tracker | undefined) => void;
