import type { Stop } from './lifecycle.js';

export interface Emitter<Events> {
  on<Name extends keyof Events>(name: Name, listener: (detail: Events[Name]) => void): Stop;
  emit<Name extends keyof Events>(name: Name, detail: Events[Name]): void;
}

/** Named listeners. What a listener throws goes to the console, never to whoever emitted. */
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
      for (const [wanted, listener] of listeners) {
        try {
          if (wanted === name) listener(detail);
        } catch (thrown) {
          console.error(thrown);
        }
      }
    },
  };
};
