import { EVENT_CHECKS, type TrackedAction, type TrackedEvent } from '../../contract/event.js';
import { tryOrUndefined } from '../../contract/try.js';
import { numberOrText } from '../../contract/validate.js';
import { composedPathOf } from '../platform/composed-path.js';
import { readUnclobbered } from '../platform/dom-clobbering.js';
import { listen, onceInNextTask } from '../platform/lifecycle.js';
import { eachShadow, type Root } from '../platform/observe-elements.js';
import { triggerOf } from './attributes.js';
import type { Unfinished } from './finish-on-unload.js';
import type { Reading } from './read-event.js';

type ControlTrigger = 'submit' | 'change';
type Made = Reading['event'];

export interface Controls {
  /** Listens in a document or a shadow root; called again, for what is new. */
  enter(root: Root): void;
  /** Listens for events of this name, too, for which an element waits. */
  hear(element: Element, type: string): void;
}

/** A run of changes, by arrow keys or in a drag, is over when nothing has followed for so long. */
const QUIET_MS = 1000;

/** Keys that end a run of changes: each of these acts once. */
const LAST_KEY = /^(Enter|Tab|Escape| )$/;

/** Begin or end a run of changes. */
const INPUTS = ['keydown', 'pointerdown', 'pointerup', 'pointercancel', 'focusout'];

/** Types of controls whose number is a secret, a person's, or one of several. */
const WITHOUT_VALUE = /^(password|tel|select-multiple)$/;

const toNumber = (value: unknown): number | undefined => {
  const number = typeof value === 'string' ? numberOrText(value) : value;
  return EVENT_CHECKS.eventValue[1](number) ? (number as number) : undefined;
};

/** Returns the number that a control or a custom event stands for; undefined where it has none. */
const numberOf = (event: Event): number | undefined => {
  // biome-ignore lint/suspicious/noExplicitAny: a page's own element, whose members may be anything, and throw
  const target = event.composedPath()[0] as any;
  const ask = (read: () => unknown) => tryOrUndefined(() => toNumber(read()));
  const isChecked = () => typeof target.checked === 'boolean' && +target.checked;
  const type = tryOrUndefined(() => `${target.type}`) as string;
  if (WITHOUT_VALUE.test(type)) return undefined;
  if (type === 'checkbox') return ask(isChecked);
  return (
    ask(() => target.value) ??
    // Custom elements alone: every input has `checked`.
    ask(() => /-(?!radio)/.test(target.localName) && isChecked()) ??
    // A browser's own event has a count of clicks there.
    ask(() => 'view' in event || (event as CustomEvent).detail) ??
    ask(() => (event as CustomEvent).detail.value)
  );
};

const hostOf = (node: Node) => (readUnclobbered(node, 'getRootNode').call(node) as Partial<ShadowRoot>).host;

/** Whether an event was sent to an element, or to something in its shadow root. */
const isSentTo = (element: EventTarget, target: Node): boolean => {
  const host = element === target || hostOf(target);
  return host === true || (!!host && isSentTo(element, host));
};

const isSame = (a: Made, b: Made) =>
  ['eventType', 'itemId', 'actionId'].every((name) => a[name as keyof Made] === b[name as keyof Made]);

/**
 * Records what forms and controls make: at `submit`, at `change`, and at events of other names. Of a run of changes, by
 * arrow keys or in a drag, the last one is recorded, once it is over.
 * @param read what the markup says of something done, by the name of its event
 */
export const captureControls = (
  read: (path: EventTarget[], trigger: ControlTrigger, type: string) => Reading | undefined,
  record: (event: TrackedEvent | TrackedAction, trigger: ControlTrigger) => void,
  unfinished: Unfinished,
  signal: AbortSignal,
): Controls => {
  const types = new Set<string>(['submit', 'change']);
  /** Marked elements that have made an event in this task. */
  const recorded = new Set<EventTarget>();
  const forget = onceInNextTask(() => recorded.clear());

  /** The key or the pointer that a run is made with. */
  let held: Event | undefined;
  /** The last event of a run. */
  let last: Made | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const endRun = () => {
    clearTimeout(timer);
    unfinished.delete(endRun);
    if (last) record(last, 'change');
    last = undefined;
  };

  const onEvent = (event: Event) => {
    const { type } = event;
    const composed = event.composedPath();
    // The path of an event that is not composed ends at its root.
    const path = composed.includes(window) ? composed : composedPathOf(composed[0] as Element);
    const marked = path.find((node) => triggerOf(node as Element));
    if (!marked || triggerOf(marked as Element) !== type || recorded.has(marked)) return;
    // The browser sends `mouseenter` and the like to each element by itself: it is not the event of those around it.
    if (event.isTrusted && !event.bubbles && !isSentTo(marked, path[0] as Node)) return;
    const trigger = type === 'submit' ? type : 'change';
    const made = read(path, trigger, type)?.event;
    if (!made) return;
    // A component may send on what a control in it has sent, in the same task.
    recorded.add(marked);
    forget();
    const value = trigger === 'change' && 'itemId' in made ? numberOf(event) : undefined;
    if (value !== undefined) (made as TrackedEvent).eventValue ??= value;

    if (last && isSame(last, made)) last = undefined;
    endRun();
    if (held && trigger === 'change') {
      last = { ...made, sentAt: Date.now() / 1000 };
      timer = setTimeout(endRun, QUIET_MS);
      unfinished.add(endRun);
    } else {
      record(made, trigger);
    }
  };

  const onInput = (event: Event) => {
    const { type, key, relatedTarget } = event as KeyboardEvent & FocusEvent;
    // A busy browser handles the next input before the task that forgets.
    if (type !== 'focusout') recorded.clear();
    if (type === 'keydown') {
      held = LAST_KEY.test(key) ? undefined : event;
      if (held) return;
    } else if (type === 'focusout') {
      // Arrow keys move the focus within a group; some components blur it first, while they handle the key.
      if (held?.type === 'keydown' && (relatedTarget || held.eventPhase)) return;
    } else {
      held = type === 'pointerdown' ? event : undefined;
      // The event at the end of a drag is to replace the ones before.
      if (!held) return;
    }
    endRun();
  };
  for (const type of INPUTS) listen(window, type, onInput, signal, true);

  const enter = (root: Root) => {
    // On the window, ahead of listeners that may stop an event at the document.
    const target = root === document ? window : root;
    for (const type of types) listen(target, type, onEvent, signal, true);
  };
  const enterAll = (root: Root) => {
    enter(root);
    eachShadow(root, enterAll);
  };
  return {
    enter,
    hear(element, type) {
      // Some browsers send `mouseenter` to those alone that listen for it.
      listen(element, type, onEvent, signal, true);
      if (types.has(type)) return;
      types.add(type);
      enterAll(document);
    },
  };
};
