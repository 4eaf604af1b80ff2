import type { RecordedEvent } from './event.js';
import type { Notes, Store } from './lib/store.js';

/** An event and the session it belongs to; what waits, is stored and is sent. */
export interface Item {
  event: RecordedEvent;
  /** Absent until storage has said which session runs. */
  sessionId?: string;
  userId?: string;
  /** Unix milliseconds of the moment a beacon or a request whose answer was never read took it. */
  unconfirmedSince?: number;
}

/** An item in the store belongs to one page at a time. */
interface StoredItem extends Item {
  owner: string;
  /** Unix milliseconds. */
  ownedSince: number;
}

/** What a page says as it leaves: its records are free; `sent` went out unconfirmed; `items` may not be stored. */
interface LeaveNote {
  sent: [eventId: string, unconfirmedSince: number][];
  items: Item[];
}

export interface Queue {
  /** Everything waiting, oldest first. */
  items(): Item[];
  has(eventId: string): boolean;
  add(item: Item): void;
  /** Forgets settled events, in memory and in the store. */
  remove(eventIds: string[]): void;
  /** Takes over what pages that are gone have left. Of what they never stored, some may lack its session. */
  recover(): Promise<void>;
  /** Lets go of everything, synchronously: the page is leaving. Memory keeps it, should the page come back. */
  release(): void;
  /** Takes back what `release` let go, less what another page has taken meanwhile. */
  reclaim(): Promise<void>;
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

/** Memory is the queue, the store its shadow: written a turn behind, removed by event ID. */
export const createQueue = ({ store, notes, owner, now }: QueueOptions): Queue => {
  const memory = new Map<string, Item>();
  const unstored = new Set<string>();
  let writing: Promise<unknown> | undefined;

  const write = async () => {
    writing = undefined;
    const ids = [...unstored].filter((id) => memory.get(id)?.sessionId);
    if (!ids.length) return;
    await store.put(
      ids.map((id) => [PREFIX + id, { ...(memory.get(id) as Item), owner, ownedSince: now() } satisfies StoredItem]),
    );
    for (const id of ids) unstored.delete(id);
  };

  // One transaction a turn, however many events the turn records.
  const writeSoon = () => {
    writing ??= Promise.resolve().then(write);
  };

  /** What the store holds of this page's, owner taken off. */
  const held = ({ owner: _, ownedSince: __, ...item }: StoredItem): Item => item;

  const add = (item: Item) => {
    memory.set(item.event.eventId, item);
    unstored.add(item.event.eventId);
    writeSoon();
  };

  return {
    items: () => [...memory.values()],
    has: (eventId) => memory.has(eventId),
    add,
    remove(eventIds) {
      for (const id of eventIds) {
        memory.delete(id);
        unstored.delete(id);
      }
      store.remove(eventIds.map((id) => PREFIX + id));
    },
    async recover() {
      const left = notes.take<LeaveNote>();
      const gone = new Set(left.map(([page]) => page));
      const sent = new Map(left.flatMap(([, note]) => note.sent));
      const taken = await store.updateAll<StoredItem>(PREFIX, (record) => {
        const isFree =
          gone.has(record.owner) || (record.owner !== owner && now() - record.ownedSince > ABANDONED_MS);
        if (!isFree) return undefined;
        const unconfirmedSince = sent.get(record.event.eventId);
        return { ...record, owner, ownedSince: now(), ...(unconfirmedSince && { unconfirmedSince }) };
      });
      taken.sort((a, b) => a.event.at - b.event.at);
      for (const record of taken) memory.set(record.event.eventId, held(record));
      for (const [, note] of left) note.items.forEach(add);
    },
    release() {
      const items = [...memory.values()];
      if (!items.length) return;
      const note: LeaveNote = { sent: [], items: [] };
      for (const item of items) {
        const { eventId } = item.event;
        if (unstored.has(eventId)) note.items.push(item);
        else if (item.unconfirmedSince) note.sent.push([eventId, item.unconfirmedSince]);
      }
      notes.leave(owner, note);
    },
    async reclaim() {
      const released = [...memory.keys()].filter((id) => !unstored.has(id));
      if (!released.length || notes.retract(owner)) return;
      const mine = await store.updateAll<StoredItem>(PREFIX, (record) =>
        record.owner === owner ? record : undefined,
      );
      const ids = new Set(mine.map(({ event }) => event.eventId));
      for (const id of released) if (!ids.has(id)) memory.delete(id);
    },
  };
};
