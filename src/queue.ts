import type { RecordedEvent } from './event.js';
import type { Notes, Store } from './lib/store.js';

/** An event and the session it belongs to; what waits, is stored and is sent. */
export interface Item {
  event: RecordedEvent;
  /** Absent until storage has said which session runs. */
  sessionId?: string | undefined;
  userId?: string | undefined;
  /** A beacon took it, or a request whose answer was never read. */
  unconfirmed?: boolean;
}

/** An item in the store belongs to one page at a time. */
interface StoredItem extends Item {
  owner: string;
  /** Unix milliseconds. */
  ownedSince: number;
}

/** What a page says as it leaves: its records are free; `sent` went out unconfirmed; `items` may not be stored. */
interface LeaveNote {
  sent: string[];
  items: Item[];
}

export interface Queue {
  /** Everything waiting, oldest first. */
  items(): Item[];
  has(item: Item): boolean;
  add(item: Item): void;
  /** Forgets settled events, in memory and in the store. */
  remove(items: Item[]): void;
  /** Takes over what pages that are gone have left. Of what they never stored, some may lack its session. */
  recover(): Promise<void>;
  /** Lets go of everything, synchronously: the page is leaving. Memory keeps it, should the page come back. */
  release(): void;
  /** Takes back what `release` let go; where another page has read of it, all is that page's now. */
  reclaim(): void;
}

export interface QueueOptions {
  store: Store;
  notes: Notes;
  /** This page's own name. */
  owner: string;
  now: () => number;
}

const PREFIX = 'event:';

/** A page that has not settled an event for this long has crashed, was killed or is frozen. */
const ABANDONED_MS = 60_000;

const keyOf = ({ event }: Item) => PREFIX + event.eventId;

/** Memory is the queue, the store its shadow: written a turn behind, removed by event ID. */
export const createQueue = ({ store, notes, owner, now }: QueueOptions): Queue => {
  const memory = new Map<string, Item>();
  const unstored = new Set<Item>();
  let isWriteDue = false;
  let released: Item[] = [];
  let isRecovering = false;

  const has = (item: Item) => memory.has(keyOf(item));

  const write = async () => {
    isWriteDue = false;
    const items = [...unstored].filter((item) => item.sessionId);
    await store.put(
      items.map((item) => [keyOf(item), { ...item, owner, ownedSince: now() } satisfies StoredItem]),
    );
    for (const item of items) unstored.delete(item);
  };

  const add = (item: Item) => {
    memory.set(keyOf(item), item);
    unstored.add(item);
    // One transaction a turn, however many events the turn records.
    if (!isWriteDue) queueMicrotask(write);
    isWriteDue = true;
  };

  return {
    items: () => [...memory.values()],
    has,
    add,
    remove(items) {
      for (const item of items) {
        memory.delete(keyOf(item));
        unstored.delete(item);
      }
      store.remove(items.map(keyOf));
    },
    async recover() {
      isRecovering = true;
      const left = notes.all<LeaveNote>();
      const gone = new Set(left.map(([page]) => page));
      const sent = new Set(left.flatMap(([, note]) => note.sent));
      const taken = await store.updateAll<StoredItem>(PREFIX, (record) => {
        const isFree =
          gone.has(record.owner) || (record.owner !== owner && now() - record.ownedSince > ABANDONED_MS);
        if (!isFree) return undefined;
        const unconfirmed = record.unconfirmed || sent.has(keyOf(record));
        return { ...record, owner, ownedSince: now(), unconfirmed };
      });
      taken.sort((a, b) => a.event.sentAt - b.event.sentAt);
      for (const record of taken) memory.set(keyOf(record), record);
      // Only now, when all is held here: this page, too, may leave while it waits for the store. Of two pages
      // that read a note the one that takes it away has its items.
      for (const [page, note] of left) if (notes.retract(page)) note.items.forEach(add);
      isRecovering = false;
    },
    release() {
      // What the store has given to a recovering page is not in memory yet.
      if (!memory.size && !isRecovering) return;
      const note: LeaveNote = { sent: [], items: [] };
      for (const item of memory.values()) {
        if (unstored.has(item)) note.items.push(item);
        else if (item.unconfirmed) note.sent.push(keyOf(item));
      }
      released = notes.leave(owner, note) ? [...memory.values()] : [];
    },
    reclaim() {
      if (notes.retract(owner)) return;
      for (const item of released) {
        memory.delete(keyOf(item));
        unstored.delete(item);
      }
    },
  };
};
