// Stand-ins for IndexedDB and localStorage, which Node lacks. Like them, these keep copies: no page shares objects.

import type { Entry, Store } from '../../src/browser/platform/indexed-db.js';
import type { Handoffs, SharedValue } from '../../src/browser/platform/local-storage.js';

export const memoryStore = (records = new Map<string, unknown>()): Store => ({
  async get<T>(prefix: string) {
    return structuredClone([...records]).filter(([key]) => key.startsWith(prefix)) as Entry<T>[];
  },
  async update<T>(prefix: string, change: (old: Entry<T>[]) => Entry<T>[]) {
    const old = structuredClone([...records]).filter(([key]) => key.startsWith(prefix));
    const changed = change(old as Entry<T>[]);
    for (const [key, value] of structuredClone(changed)) records.set(key, value);
    return changed;
  },
  async put(entries) {
    for (const [key, value] of entries) records.set(key, structuredClone(value));
    return records.size;
  },
  async remove(keys) {
    for (const key of keys) records.delete(key);
  },
  onEmptied() {},
});

export const memoryHandoffs = <Handoff>(handoffs = new Map<string, string>()): Handoffs<Handoff> => ({
  put: (page, handoff) => handoffs.set(page, JSON.stringify(handoff)).has(page),
  take(page) {
    const text = handoffs.get(page);
    handoffs.delete(page);
    return text && JSON.parse(text);
  },
  all: () => [...handoffs].map(([page, text]): [string, Handoff] => [page, JSON.parse(text)]),
  wipe: () => handoffs.clear(),
});

/** The storage that tabs share. */
export interface Tabs<T> {
  text?: string;
  listeners: Set<(value: T | undefined) => void>;
}

/** Returns the value as one tab sees it: the others hear of what it sets. */
export const memoryShared = <T>(tabs: Tabs<T>): SharedValue<T> => {
  let own: ((value: T | undefined) => void) | undefined;
  return {
    get: () => tabs.text && JSON.parse(tabs.text),
    set(value) {
      const text = JSON.stringify(value);
      if (text === tabs.text) return;
      tabs.text = text;
      for (const listener of tabs.listeners) if (listener !== own) listener(JSON.parse(text));
    },
    remove() {
      delete tabs.text;
      for (const listener of tabs.listeners) if (listener !== own) listener(undefined);
    },
    onChange(run) {
      own = run;
      tabs.listeners.add(run);
    },
  };
};

/** Resolves in the next task, after those that were scheduled before. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
