import { copy } from './copy.js';
import type { Stop } from './lifecycle.js';
import { isolate } from './log-error.js';

export interface Emitter<Events> {
  on<Name extends keyof Events>(name: Name, listener: (detail: Events[Name]) => void): Stop;
  emit<Name extends keyof Events>(name: Name, detail: Events[Name]): void;
}

/**
 * Keeps named listeners. Each gets a copy of its own. What a listener throws goes to the console, never to the emitting code.
 */
export const createEmitter = <Events>(): Emitter<Events> => {
  // biome-ignore lint/suspicious/noExplicitAny: the names tell the details apart, which a list of all cannot
  const listeners = new Set<[name: keyof Events, listener: (detail: any) => void]>();
  return {
    on(name, listener) {
      const entry: [typeof name, typeof listener] = [name, listener];
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    emit(name, detail) {
      // Those there are now: a listener may add others.
      for (const entry of [...listeners]) {
        if (entry[0] === name && listeners.has(entry)) isolate(() => entry[1](copy(detail)));
      }
    },
  };
};
