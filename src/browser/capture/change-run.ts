import type { Unfinished } from './finish-on-unload.js';
import type { Reading } from './read-event.js';

export type ControlTrigger = 'submit' | 'change';
type MarkupEvent = Reading['event'];
export type RecordControl = (event: MarkupEvent, trigger: ControlTrigger) => void;

/** Reduces a run of changes, by arrow keys or in a drag, to its last event. */
export interface ChangeRun {
  /** Records an event at once, or once the run is over. */
  add(event: MarkupEvent, trigger: ControlTrigger): void;
  /** Handles an input event of one of `RUN_INPUTS`: it may begin or end a run. */
  onInput(event: Event): void;
}

/** A run is over when no change has followed for this long. */
const RUN_TIMEOUT_MS = 1000;

/** Keys that end a run: each of them acts once. */
const LAST_KEY = /^(Enter|Tab|Escape| )$/;

export const RUN_INPUTS = ['keydown', 'pointerdown', 'pointerup', 'pointercancel', 'focusout'];

const isSame = (a: MarkupEvent, b: MarkupEvent) =>
  ['eventType', 'itemId', 'actionId'].every(
    (name) => a[name as keyof MarkupEvent] === b[name as keyof MarkupEvent],
  );

export const createChangeRun = (record: RecordControl, unfinished: Unfinished): ChangeRun => {
  /** The key or pointer event that the run is made with; undefined outside of a run. */
  let held: Event | undefined;
  /** The last event of the run. */
  let last: MarkupEvent | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const end = () => {
    clearTimeout(timer);
    unfinished.delete(end);
    if (last) record(last, 'change');
    last = undefined;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    held = LAST_KEY.test(event.key) ? undefined : event;
    if (!held) end();
  };
  const onPointer = (event: Event) => {
    held = event.type === 'pointerdown' ? event : undefined;
    // At the end of a drag another event may replace the last one.
    if (held) end();
  };
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    // Arrow keys move the focus within a group; some components blur it first, while they handle the key.
    if (held?.type !== 'keydown' || !(relatedTarget || held.eventPhase)) end();
  };

  return {
    add(event, trigger) {
      if (last && isSame(last, event)) last = undefined;
      end();
      if (held && trigger === 'change') {
        last = { ...event, sentAt: Date.now() / 1000 };
        timer = setTimeout(end, RUN_TIMEOUT_MS);
        unfinished.add(end);
      } else {
        record(event, trigger);
      }
    },
    onInput(event) {
      if (event.type === 'keydown') onKeyDown(event as KeyboardEvent);
      else if (event.type === 'focusout') onFocusOut(event as FocusEvent);
      else onPointer(event);
    },
  };
};
