import type { TrackerEvents } from './api.js';
import type { Print } from './debug.js';
import { copy } from './platform/copy.js';
import { createEmitter, type Emitter } from './platform/emitter.js';
import { loadChunk } from './platform/load-chunk.js';
import type { Warn } from './platform/stored-format.js';

/** Errors that `inspect()` tells. */
const MAX_ERRORS = 10;

/** Tells the page, and with the option `debug` the console, what happens. */
export interface Reporter {
  on: Emitter<TrackerEvents>['on'];
  /** @param input what the event was made of */
  report<Name extends keyof TrackerEvents>(name: Name, detail: TrackerEvents[Name], input?: object): void;
  /** Tells the console of something that concerns developers alone. */
  warn: Warn;
  /** Tells the console of a visitor's action that made no event. Absent without `debug`. */
  missed?: ((path: EventTarget[], type: string) => void) | undefined;
  /** The last errors, the latest first; times in Unix milliseconds. */
  errors: { at: number; reason: string }[];
}

/** Loads the chunk that prints, and inspects a tracker: no visitor needs it. */
export const loadDebug = (chunkUrl?: string): Promise<typeof import('./debug.js')> =>
  loadChunk('debug', () => import('./debug.js'), chunkUrl);

export const createReporter = (isDebugging: boolean, chunkUrl: string | undefined): Reporter => {
  const emitter = createEmitter<TrackerEvents>();
  const errors: Reporter['errors'] = [];
  const printing = isDebugging ? loadDebug(chunkUrl).then(({ createPrinter }) => createPrinter()) : undefined;
  const print: Print = (kind, detail, input) => {
    // As it is now: the page may change it before the chunk has come.
    const copied = printing && copy(detail);
    printing?.then((printNow) => printNow(kind, copied as object, input));
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
    missed: printing && ((path, type) => print('missed', { reason: type }, path)),
    errors,
  };
};
