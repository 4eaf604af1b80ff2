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
  /** Hears clicks. */
  l?(event: Event): void;
  init?: unknown;
}

/** Starts a tracker with the options of the page's markup or of its stub; without any, page code calls `init`. */
export const startFromScriptTag = (): void => {
  const page = window as unknown as { personalize?: Stub };
  // Markup can name an element `personalize`; that is no property of the window's own.
  const stub = Object.keys(window).includes('personalize') ? page.personalize : undefined;
  const calls = stub?.q ?? [];

  const begin = (options: Options): Tracker => {
    const tracker = Object.assign(init(options), { init });
    page.personalize = tracker as Stub;
    stub?.r?.(tracker.ready);
    for (const type of ['click', 'auxclick'])
      readUnclobbered(window, 'removeEventListener').call(window, type, stub?.l as () => void, true);
    for (const [method, args, at] of calls.splice(0)) {
      if (method === 'click') takeClick(tracker, ...(args as [MouseEvent, EventTarget[]]), at);
      else if (method !== 'init') {
        // The time is the event's own or among its details, unless the page has given one.
        const where = typeof args[0] === 'object' ? 0 : 2;
        if (/^track/.test(method)) args[where] = { sentAt: at / 1000, ...(args[where] as object) };
        (tracker as unknown as Record<string, (...args: unknown[]) => void>)[method]?.(...args);
      }
    }
    return tracker;
  };

  /** Off the script's own tag; where a tag manager leaves none, or no attributes on it, off a JSON script. */
  const findOptions = (): Partial<Options> => {
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

  // Without options page code calls personalize.init({ … }).
  if (!findRunning(({ tracker }) => tracker === stub)) {
    const options = findOptions();
    const asked = calls.find(([method]) => method === 'init');
    if (Object.keys(options).length) begin(options as Options);
    else if (asked) begin(asked[1][0] as Options);
    else page.personalize = { ...stub, q: undefined, init: begin };
  }
};
