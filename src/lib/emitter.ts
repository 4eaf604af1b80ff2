import type { Stop } from './lifecycle.js';

export interface Emitter<Events> {
  on<Name extends keyof Events>(name: Name, listener: (detail: Events[Name]) => void): Stop;
  emit<Name extends keyof Events>(name: Name, detail: Events[Name]): void;
}

/** Named listeners. What a listener throws goes to the console, never to whoever emitted. */
export const createEmitter = <Events>(): Emitter<Events> => {
  const listeners: { [Name in keyof Events]?: Set<(detail: Events[Name]) => void> } = {};
  return {
    on(name, listener) {
      listeners[name] ??= new Set();
      const set = listeners[name].add(listener);
      return () => set.delete(listener);
    },
    emit(name, detail) {
      for (const listener of [...(listeners[name] ?? [])]) {
        try {
          listener(detail);
        } catch (thrown) {
          console.error(thrown);
        }
      }
    },
  };
};
