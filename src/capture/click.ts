import { listen } from '../lib/lifecycle.js';

const SECONDARY_BUTTON = 2;

/**
 * Hears clicks: by pointer, by keyboard (a browser makes those clicks too) and by the middle button, which comes as
 * `auxclick`. On `window` in the capture phase, before the page's own listeners can stop it; passive, so that
 * nothing it does can hold up what the click is for.
 * @param heard says whether it made an event of it
 */
export const captureClicks = (heard: (path: EventTarget[]) => boolean, signal: AbortSignal): void => {
  /** The control of a label that has been clicked: the browser clicks it in the same task. */
  let echo: EventTarget | null | undefined;
  const onClick = (event: Event) => {
    const path = event.composedPath();
    if ((event as MouseEvent).button === SECONDARY_BUTTON || path[0] === echo) return;
    const control = (path as Partial<HTMLLabelElement>[]).find((element) => element.control)?.control;
    if (!heard(path) || !control) return;
    echo = control;
    setTimeout(() => {
      echo = undefined;
    });
  };
  for (const type of ['click', 'auxclick']) listen(window, type, onClick, signal, true);
};
