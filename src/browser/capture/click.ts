import { listen } from '../platform/lifecycle.js';

/** The middle button opens a link, too. The other buttons open a menu, or go back and forward. */
const PRIMARY_BUTTON = 0;
const MIDDLE_BUTTON = 1;

/** A pressed mouse that moves further than this drags something or selects text. CSS pixels. */
const DRAG_PX = 10;

/** Takes a click, and the path that it had; `at` in Unix milliseconds, unless it is now. */
export type TakeClick = (event: MouseEvent, path: EventTarget[], at?: number) => void;

/**
 * Hears clicks: by pointer, by keyboard (a browser makes those clicks too) and by the middle button, which comes as
 * `auxclick`. On `window` in the capture phase, before the page's own listeners can stop it; passive, so that
 * nothing it does can hold up what the click is for.
 * @param heard says whether it made an event of it
 * @returns takes a click that was heard before, with its path as it was
 */
export const captureClicks = (
  heard: (path: EventTarget[], at?: number) => boolean,
  signal: AbortSignal,
): TakeClick => {
  /** The control of a label that has been clicked: the browser clicks it in the same task. */
  let echo: EventTarget | null | undefined;
  /** The mouse's last press. A finger that moves scrolls, and makes no click. */
  let down: PointerEvent | undefined;

  const isDrag = ({ isTrusted, detail, clientX, clientY }: MouseEvent) =>
    // A keyboard's click has no `detail`; a script's is not trusted.
    down && isTrusted && detail && Math.hypot(clientX - down.clientX, clientY - down.clientY) > DRAG_PX;

  const take: TakeClick = (event, path, at) => {
    const isMeant = event.button === PRIMARY_BUTTON || event.button === MIDDLE_BUTTON;
    if (!isMeant || isDrag(event) || path[0] === echo) return;
    const control = (path as Partial<HTMLLabelElement>[]).find((element) => element.control)?.control;
    if (!heard(path, at) || !control) return;
    echo = control;
    setTimeout(() => {
      echo = undefined;
    });
  };
  const onClick = (event: Event) => void take(event as MouseEvent, event.composedPath());
  for (const type of ['click', 'auxclick']) listen(window, type, onClick, signal, true);
  const onDown = (event: Event) => {
    down = (event as PointerEvent).pointerType === 'mouse' ? (event as PointerEvent) : undefined;
  };
  listen(window, 'pointerdown', onDown, signal, true);
  return take;
};
