import type { Tracker } from './api.js';
import { takeClick } from './early-clicks.js';
import { readUnclobbered } from './platform/dom-clobbering.js';

/** An entry of the loader stub: a call's name, arguments and time; or `click`, with the event and its path. */
type Call = [method: string, args: unknown[], at: number];

/** The loader stub, which keeps calls and clicks until a tracker starts. */
export interface Stub {
  /** The calls so far, in order. */
  q?: Call[] | undefined;
  /** Resolves the stub's `ready`. */
  r?(ready: Promise<string>): void;
  /** Listens for clicks. */
  l?(event: Event): void;
}

/** The window with its global: the stub, a tracker, or something of the page's own. */
export const pageWithGlobal = (): { personalize?: object } => window as unknown as { personalize?: object };

/** Returns the global. An element that markup names `personalize` is none: then the window has no property of its own. */
export const findGlobal = (): Stub | undefined =>
  Object.keys(window).includes('personalize') ? pageWithGlobal().personalize : undefined;

/** Replays a call or click that the stub kept, with the time at which it was made. */
const replay = (tracker: Tracker, [method, args, at]: Call) => {
  if (method === 'click') {
    takeClick(tracker, ...(args as [MouseEvent, EventTarget[]]), at);
    return;
  }
  if (method === 'init') return;
  if (/^track/.test(method)) {
    // `sentAt` is a field of the event, or of the details after an ID and type. One that the page has given wins.
    const detailsAt = typeof args[0] === 'object' ? 0 : 2;
    args[detailsAt] = { sentAt: at / 1000, ...(args[detailsAt] as object) };
  }
  (tracker as unknown as Record<string, (...args: unknown[]) => void>)[method]?.(...args);
};

/** Puts a tracker in the place of the loader stub, if the page has one, and replays what that has kept. */
export const replaceStub = (tracker: Tracker): void => {
  const { q: calls, r: resolveReady, l: onClick } = findGlobal() ?? {};
  if (!Array.isArray(calls) || !onClick) return;
  pageWithGlobal().personalize = tracker;
  resolveReady?.(tracker.ready);
  for (const type of ['click', 'auxclick'])
    readUnclobbered(window, 'removeEventListener').call(window, type, onClick, true);
  for (const call of calls.splice(0)) replay(tracker, call);
};
