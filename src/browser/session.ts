import { ageOf, isTooEarly } from '../contract/clock.js';
import type { Store } from './platform/indexed-db.js';
import type { SharedValue } from './platform/local-storage.js';

/**
 * Joins a visitor's events. The service trains on anonymous events only when a later event has the same sessionId and a
 * userId, so a session outlives page views, tabs and idle hours.
 */
export interface Session {
  sessionId: string;
  userId?: string | undefined;
  /** Unix milliseconds on the visitor's clock. */
  createdAt: number;
  /** Milliseconds to add to `createdAt`, where the clock was known to be wrong. */
  offset?: number | undefined;
}

export interface SessionKeeper {
  /** Returns the running session, once storage has answered. */
  current(): Session | undefined;
  /**
   * Resolves once there is a session, made or found in one transaction, so that tabs opened together share it.
   * Called again, it finds what other tabs have done while this one was frozen.
   */
  load(): Promise<void>;
  /** Attaches the user to the running session; another user than before gets a new one. */
  identify(userId: string): void;
  /** Forgets the user and starts a new session. */
  reset(): void;
  /** Forgets the session; `load` makes a new one. */
  forget(): void;
  /** Notes the offset of the clock by which the session was created on this page. */
  correct(): void;
}

export interface SessionOptions {
  database: Pick<Store, 'update' | 'put'>;
  /** Tells the site's other tabs, and replaces the database where that fails. */
  shared: SharedValue<Session>;
  generateId(): string;
  maxAgeMs: number;
  now?: () => number;
  /** Returns the offset of the clock, where it is known. */
  knownOffset(): number | undefined;
}

const KEY = 'session';

/** No device sleeps for longer: the clock has been set while the page was open. */
const LONGEST_SLEEP_MS = 365 * 86_400_000;

export const createSession = (options: SessionOptions): SessionKeeper => {
  const { database, shared, generateId, maxAgeMs, now = Date.now, knownOffset } = options;
  let current: Session | undefined;
  let loadedAt = now();
  /** The `createdAt` that this page has given to a session. */
  let createdHere: number | undefined;

  const createdNow = (session: Pick<Session, 'sessionId' | 'userId'>): Session => {
    createdHere = now();
    return { ...session, createdAt: createdHere, offset: knownOffset() || undefined };
  };
  const newSession = (userId?: string) => createdNow({ sessionId: generateId(), userId });

  const share = (session: Session) => {
    shared.set(session);
    return session;
  };

  const replace = (next: Session) => {
    current = share(next);
    database.put([[KEY, next]]);
  };

  /** Returns the session to go on with: the old one until it is too old. Infinite age: nobody knows when it was created. */
  const renew = (old: Session, age: number) => {
    // Shared also when it stays: by that the next page knows that localStorage has not been cleared.
    if (age < maxAgeMs) return shared.get() ? old : share(old);
    if (age < Number.POSITIVE_INFINITY) return share(newSession(old.userId));
    return isTooEarly(now()) ? old : share(createdNow(old));
  };

  shared.onChange((next) => {
    if (next) current = next;
  });
  return {
    current: () => current,
    async load() {
      const before = current;
      const at = now();
      const isClockSet = at < loadedAt || at - loadedAt > LONGEST_SLEEP_MS;
      loadedAt = at;
      const choose = (stored?: Session) => {
        const old = stored ?? before ?? shared.get();
        if (!old) return share(newSession());
        return renew(old, isClockSet ? Number.POSITIVE_INFINITY : ageOf(old.createdAt, old.offset, at));
      };
      const found = await database.update<Session>(KEY, ([stored]) => [[KEY, choose(stored?.[1])]]);
      // Changes by page code or another tab meanwhile are newer.
      if (current === before) current = found?.[0]?.[1] ?? choose();
    },
    identify(userId) {
      if (current?.userId === userId) return;
      replace(current && !current.userId ? { ...current, userId } : newSession(userId));
    },
    reset: () => replace(newSession()),
    forget() {
      current = undefined;
    },
    correct() {
      const offset = knownOffset();
      if (offset && current && current.createdAt === createdHere) replace({ ...current, offset });
    },
  };
};
