import { onceInNextTask } from './lifecycle.js';
import type { SharedValue } from './local-storage.js';

/** A shared value that is written right after the task that sets it: the visitor's action does not wait for that. */
export interface DeferredValue<T> extends SharedValue<T> {
  /** Writes what is not written yet. Call on unload: no other task may follow. */
  flush(): void;
}

/** @param isActive whether another task of this page will follow */
export const deferWrites = <T>(shared: SharedValue<T>, isActive: () => boolean): DeferredValue<T> => {
  let unwritten: T | undefined;
  const flush = () => {
    if (unwritten !== undefined) shared.set(unwritten);
    unwritten = undefined;
  };
  const flushSoon = onceInNextTask(flush);
  return {
    ...shared,
    get: () => unwritten ?? shared.get(),
    set(value) {
      unwritten = value;
      if (isActive()) flushSoon();
      else flush();
    },
    remove() {
      unwritten = undefined;
      shared.remove();
    },
    flush,
  };
};
