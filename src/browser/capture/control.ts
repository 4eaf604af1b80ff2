import type { TrackedEvent } from '../../contract/event.js';
import { composedPathOf } from '../platform/composed-path.js';
import { readUnclobbered } from '../platform/dom-clobbering.js';
import type { IdleSlices, Work } from '../platform/idle-slices.js';
import { listen, onceInNextTask } from '../platform/lifecycle.js';
import { type Root, walkShadowRoots } from '../platform/shadow-roots.js';
import { triggerOf } from './attributes.js';
import { type ControlTrigger, createChangeRun, type RecordControl, RUN_INPUTS } from './change-run.js';
import { numberOf } from './control-value.js';
import type { Unfinished } from './finish-on-unload.js';
import type { Reading } from './read-event.js';

export interface Controls {
  /** Listens in a document or a shadow root; if called again, for types that are new since. */
  enter(root: Root): void;
  /** Listens for another type of event, which an element names as its trigger. */
  listenFor(element: Element, type: string): void;
}

const hostOf = (node: Node) => (readUnclobbered(node, 'getRootNode').call(node) as Partial<ShadowRoot>).host;

/** Returns whether an event was sent to an element, or to something in its shadow root. */
const isSentTo = (element: EventTarget, target: Node): boolean => {
  const host = element === target || hostOf(target);
  return host === true || (!!host && isSentTo(element, host));
};

/** Returns the path of an event up to the window: that of one that is not composed ends at its shadow root. */
const fullPathOf = (event: Event): EventTarget[] => {
  const path = event.composedPath();
  return path.includes(window) ? path : composedPathOf(path[0] as Element);
};

/** Returns the nearest element with a trigger, if that is this event. */
const findTriggered = (event: Event, path: EventTarget[]): EventTarget | undefined => {
  const element = path.find((node) => triggerOf(node as Element));
  if (!element || triggerOf(element as Element) !== event.type) return undefined;
  // The browser sends `mouseenter` and the like to each element by itself: it is not the event of those around it.
  const isOthers = event.isTrusted && !event.bubbles && !isSentTo(element, path[0] as Node);
  return isOthers ? undefined : element;
};

/** Fills in the number of the control, unless the markup gives a value. */
const addValue = (markupEvent: Reading['event'], event: Event) => {
  const value = 'itemId' in markupEvent ? numberOf(event) : undefined;
  if (value !== undefined) (markupEvent as TrackedEvent).eventValue ??= value;
};

/**
 * Records the events of forms and controls: at `submit`, at `change`, and at events of other names.
 * @param read reads the markup for a trigger, by the name of its event
 */
export const captureControls = (
  read: (path: EventTarget[], trigger: ControlTrigger, type: string) => Reading | undefined,
  record: RecordControl,
  unfinished: Unfinished,
  slices: IdleSlices,
  signal: AbortSignal,
): Controls => {
  const types = new Set<string>(['submit', 'change']);
  /** Elements that have made an event in this task. */
  const recorded = new Set<EventTarget>();
  const clearInNextTask = onceInNextTask(() => recorded.clear());
  const run = createChangeRun(record, unfinished);

  const onEvent = (event: Event) => {
    const { type } = event;
    const path = fullPathOf(event);
    const element = findTriggered(event, path);
    if (!element || recorded.has(element)) return;
    const trigger = type === 'submit' ? type : 'change';
    const markupEvent = read(path, trigger, type)?.event;
    if (!markupEvent) return;
    // A component may pass on the event of a control inside it, in the same task.
    recorded.add(element);
    clearInNextTask();
    if (trigger === 'change') addValue(markupEvent, event);
    run.add(markupEvent, trigger);
  };

  const onInput = (event: Event) => {
    // A busy browser handles the next input before the task that clears.
    if (event.type !== 'focusout') recorded.clear();
    run.onInput(event);
  };
  for (const type of RUN_INPUTS) listen(window, type, onInput, signal, true);

  const enter = (root: Root) => {
    // On the window, ahead of listeners that may stop an event at the document.
    const target = root === document ? window : root;
    for (const type of types) listen(target, type, onEvent, signal, true);
  };
  function* enterAll(root: Root): Work {
    enter(root);
    yield* walkShadowRoots(root, enterAll);
  }
  return {
    enter,
    listenFor(element, type) {
      // Some browsers send `mouseenter` only to elements that listen for it.
      listen(element, type, onEvent, signal, true);
      if (types.has(type)) return;
      types.add(type);
      slices.run(enterAll(document));
    },
  };
};
