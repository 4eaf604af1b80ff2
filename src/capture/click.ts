import type { TrackedEvent } from '../event.js';
import { listen, type Stop } from '../lib/lifecycle.js';
import { readEvent } from './attributes.js';

const SECONDARY_BUTTON = 2;

/**
 * Records clicks in marked elements: by pointer, by keyboard (a browser makes those clicks too) and by the
 * middle button, which comes as `auxclick`. On `window` in the capture phase, before the page's own
 * listeners can stop it; passive, so that nothing it does can hold up what the click is for.
 */
export const captureClicks = (clickEvent: string, record: (event: TrackedEvent) => void): Stop => {
  const onClick = (event: Event) => {
    if ((event as MouseEvent).button === SECONDARY_BUTTON) return;
    const made = readEvent(event.composedPath(), clickEvent);
    if (made) record(made);
  };
  const stops = ['click', 'auxclick'].map((type) => listen(window, type, onClick, true));
  return () => {
    for (const stop of stops) stop();
  };
};
