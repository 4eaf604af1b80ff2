import { copy } from '../contract/copy.js';
import type { TrackerEvents } from './api.js';
import type { Print } from './debug.js';
import { createEmitter, type Emitter } from './platform/emitter.js';
import { loadChunk } from './platform/load-chunk.js';
import type { Warn } from './platform/stored-format.js';

/** The most errors that `inspect()` returns. */
const MAX_ERRORS = 10;

/** Reports to the page's listeners and, with the option `debug`, to the console. */
export interface Reporter {
  on: Emitter<TrackerEvents>['on'];
  /**
   * Reports an event of the tracker.
   * @param input the input that a recorded event was made of
   */
  report<Name extends keyof TrackerEvents>(name: Name, detail: TrackerEvents[Name], input?: object): void;
  /** Reports to the console only: it concerns developers. */
  warn: Warn;
  /** Reports a visitor's action that made no event to the console. Absent without `debug`. */
  missed?: ((path: EventTarget[], type: string) => void) | undefined;
  /** The last errors, the latest first; times in Unix milliseconds. */
  errors: { at: number; reason: string }[];
}

/** Loads the chunk that prints to the console and inspects trackers. Visitors do not need it. */
export const loadDebug = (chunkUrl?: string): Promise<typeof import('./debug.js')> =>
  loadChunk('debug', () => import('./debug.js'), chunkUrl);

export const createReporter = (isDebugging: boolean, chunkUrl: string | undefined): Reporter => {
  const emitter = createEmitter<TrackerEvents>();
  const errors: Reporter['errors'] = [];
  const printer = isDebugging ? loadDebug(chunkUrl).then(({ createPrinter }) => createPrinter()) : undefined;
  const print: Print = (kind, detail, input) => {
    // Copied now: the page may change it before the chunk is loaded.
    const snapshot = printer && copy(detail);
    printer?.then((printNow) => printNow(kind, snapshot as object, input));
  };
  return {
    on: emitter.on,
    report(name, detail, input) {
      print(name, detail, input);
      if ('reason' in detail) {
        errors.unshift({ at: Date.now(), reason: detail.reason });
        errors.splice(MAX_ERRORS);
      }
      emitter.emit(name, detail);
    },
    warn: (kind, reason) => print(kind, { reason }),
    missed: printer && ((path, type) => print('missed', { reason: type }, path)),
    errors,
  };
};
