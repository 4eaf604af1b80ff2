import type { TrackedEvent } from '../event.js';
import { type Stop } from '../lib/lifecycle.js';
/**
 * Records clicks in marked elements: by pointer, by keyboard (a browser makes those clicks too) and by the
 * middle button, which comes as `auxclick`. On `window` in the capture phase, before the page's own
 * listeners can stop it; passive, so that nothing it does can hold up what the click is for.
 */
export declare const captureClicks: (clickEvent: string, record: (event: TrackedEvent) => void) => Stop;
