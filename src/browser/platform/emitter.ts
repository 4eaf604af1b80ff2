import { copy } from '../../contract/copy.js';
import type { Stop } from './lifecycle.js';
import { isolate } from './log-error.js';

export interface Emitter<Events> {
  on<Name extends keyof Events>(name: Name, listener: (detail: Events[Name]) => void): Stop;
  emit<Name extends keyof Events>(name: Name, detail: Events[Name]): void;
}

/**
 * Creates an emitter. Each listener gets its own copy of the detail. An error in a listener goes to the console, never
 * to the emitting code.
 */
export const createEmitter = <Events>(): Emitter<Events> => {
  // biome-ignore lint/suspicious/noExplicitAny: the list holds listeners of every type of detail
  const listeners = new Set<[name: keyof Events, listener: (detail: any) => void]>();
  return {
    on(name, listener) {
      const entry: [typeof name, typeof listener] = [name, listener];
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    emit(name, detail) {
      // A copy of the list: a listener may add others.
      for (const entry of [...listeners]) {
        if (entry[0] === name && listeners.has(entry)) isolate(() => entry[1](copy(detail)));
      }
    },
  };
};
