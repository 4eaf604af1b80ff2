// Node has neither IndexedDB nor localStorage. Like them, these keep copies: no page holds another's objects.
import type { Notes, Store } from '../../src/lib/store.js';

export const memoryStore = (records = new Map<string, unknown>()): Store => ({
  async update<T>(key: string, change: (old: T | undefined) => T) {
    const value = change(structuredClone(records.get(key) as T | undefined));
    records.set(key, structuredClone(value));
    return value;
  },
  async updateAll<T>(prefix: string, change: (old: T) => T | undefined) {
    const changed: T[] = [];
    for (const [key, old] of records) {
      const value = key.startsWith(prefix) ? change(structuredClone(old as T)) : undefined;
      if (value === undefined) continue;
      records.set(key, structuredClone(value));
      changed.push(value);
    }
    return changed;
  },
  async put(entries) {
    for (const [key, value] of entries) records.set(key, structuredClone(value));
  },
  async remove(keys) {
    for (const key of keys) records.delete(key);
  },
});

export const memoryNotes = (notes = new Map<string, string>()): Notes => ({
  leave: (key, note) => notes.set(key, JSON.stringify(note)).has(key),
  retract: (key) => notes.delete(key),
  all: <T>() => [...notes].map(([key, note]): [string, T] => [key, JSON.parse(note)]),
});
