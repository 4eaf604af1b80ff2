import { listen } from '../platform/lifecycle.js';

// The middle button opens a link, too. The other buttons open a menu, or go back and forward.
const PRIMARY_BUTTON = 0;
const MIDDLE_BUTTON = 1;

/** In CSS pixels. A pressed mouse that moves further drags something or selects text. */
const DRAG_PX = 10;

/** Records a click with the path that it had; `at` in Unix milliseconds, if it is not now. */
export type TakeClick = (event: MouseEvent, path: EventTarget[], at?: number) => void;

/**
 * Listens for clicks: by pointer, by keyboard (a browser makes those clicks, too) and by the middle button, which comes as
 * `auxclick`. On `window` in the capture phase, before the page's own listeners can stop them; passive, so that
 * they do not delay the page.
 * @param onClick returns whether it made an event of the click
 * @returns records a click that was made before this call
 */
export const captureClicks = (
  onClick: (path: EventTarget[], at?: number) => boolean,
  signal: AbortSignal,
): TakeClick => {
  /** The control of a label that has been clicked: the browser clicks it, too, in the same task. */
  let labelled: EventTarget | null | undefined;
  /** The mouse's last press. A finger that moves scrolls, and makes no click. */
  let press: PointerEvent | undefined;

  const isDrag = ({ isTrusted, detail, clientX, clientY }: MouseEvent) =>
    // A keyboard's click has no `detail`; a script's is not trusted.
    press && isTrusted && detail && Math.hypot(clientX - press.clientX, clientY - press.clientY) > DRAG_PX;

  const take: TakeClick = (event, path, at) => {
    const isActivation = event.button === PRIMARY_BUTTON || event.button === MIDDLE_BUTTON;
    if (!isActivation || isDrag(event) || path[0] === labelled) return;
    const control = (path as Partial<HTMLLabelElement>[]).find((element) => element.control)?.control;
    if (!onClick(path, at) || !control) return;
    labelled = control;
    setTimeout(() => {
      labelled = undefined;
    });
  };
  const takeNow = (event: Event) => take(event as MouseEvent, event.composedPath());
  for (const type of ['click', 'auxclick']) listen(window, type, takeNow, signal, true);
  const onPointerDown = (event: Event) => {
    press = (event as PointerEvent).pointerType === 'mouse' ? (event as PointerEvent) : undefined;
  };
  listen(window, 'pointerdown', onPointerDown, signal, true);
  return take;
};
