/**
 * Hears clicks: by pointer, by keyboard (a browser makes those clicks too) and by the middle button, which comes as
 * `auxclick`. On `window` in the capture phase, before the page's own listeners can stop it; passive, so that
 * nothing it does can hold up what the click is for.
 * @param heard says whether it made an event of it
 */
export declare const captureClicks: (heard: (path: EventTarget[]) => boolean, signal: AbortSignal) => void;
