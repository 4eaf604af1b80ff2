import { type Options, optionsFrom } from '../contract/options.js';
import type { Tracker } from './api.js';
import { takeClick } from './early-clicks.js';
import { init } from './init.js';
import { findAll, readUnclobbered } from './platform/dom-clobbering.js';
import { logError } from './platform/log-error.js';
import { findRunning } from './platform/running-trackers.js';

/** An entry of the loader stub: a call's name, arguments and time; or `click`, with the event and its path. */
type Call = [method: string, args: unknown[], at: number];

interface Stub {
  /** The calls so far, in order. */
  q?: Call[] | undefined;
  /** Resolves the stub's `ready`. */
  r?(ready: Promise<string>): void;
  /** Listens for clicks. */
  l?(event: Event): void;
  init?: unknown;
}

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

/** Reads the options of the script's own tag; of a JSON script, if a tag manager leaves no tag or no attributes on it. */
const readOptions = (): Partial<Options> => {
  const script = readUnclobbered(document, 'currentScript');
  const options = script ? optionsFrom(script.dataset) : {};
  const [config] = findAll(document, 'script#personalize-config');
  if (Object.keys(options).length || !config) return options;
  try {
    return JSON.parse(config.textContent as string);
  } catch (error) {
    logError(`personalize-config: ${error}`);
    return {};
  }
};

/** Starts a tracker with the options of the page's markup or of its stub; without any, page code calls `init`. */
export const startFromScriptTag = (): void => {
  const page = window as unknown as { personalize?: Stub };
  // Markup can name an element `personalize`: the window has no property of its own for that.
  const stub = Object.keys(window).includes('personalize') ? page.personalize : undefined;
  const calls = stub?.q ?? [];

  const start = (options: Options): Tracker => {
    const tracker = Object.assign(init(options), { init });
    page.personalize = tracker as Stub;
    stub?.r?.(tracker.ready);
    for (const type of ['click', 'auxclick'])
      readUnclobbered(window, 'removeEventListener').call(window, type, stub?.l as () => void, true);
    for (const call of calls.splice(0)) replay(tracker, call);
    return tracker;
  };

  if (findRunning(({ tracker }) => tracker === stub)) return;
  const options = readOptions();
  const initCall = calls.find(([method]) => method === 'init');
  if (Object.keys(options).length) start(options as Options);
  else if (initCall) start(initCall[1][0] as Options);
  // Page code calls personalize.init({ … }).
  else page.personalize = { ...stub, q: undefined, init: start };
};
