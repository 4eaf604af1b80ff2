import { ageOf, isTooEarly } from '../contract/clock.js';
import type { Store } from './platform/indexed-db.js';
import type { SharedValue } from './platform/local-storage.js';

/**
 * What joins a visitor's events. The service trains on anonymous events only when a later event has the same
 * sessionId and a userId, so a session outlives page views, tabs and idle hours.
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
  /** The running session, once the store has answered. */
  current(): Session | undefined;
  /**
   * Resolves once there is a session, made or found in one transaction, so that tabs opened together share it.
   * Called again it finds what other tabs have done while this one was frozen.
   */
  load(): Promise<void>;
  /** Attaches the user to the running session; another user than before gets a new one. */
  identify(userId: string): void;
  /** Forgets the user and starts a new session. */
  reset(): void;
  /** Forgets the session; `load` makes a new one. */
  forget(): void;
  /** Notes by how much the clock is wrong by which the session began on this page. */
  correct(): void;
}

const KEY = 'session';

/** No device sleeps for longer: the clock has been set while the page was open. */
const LONGEST_SLEEP_MS = 365 * 86_400_000;

/**
 * @param shared tells the site's other tabs, and stands in where the store fails
 * @param known the clock's offset, where it is known
 */
export const createSession = (
  store: Store,
  shared: SharedValue<Session>,
  generateId: () => string,
  maxAgeMs: number,
  now = Date.now,
  known: () => number | undefined = () => undefined,
): SessionKeeper => {
  let current: Session | undefined;
  let lookedAt = now();
  /** When this page has begun one, or counted its age from then on. */
  let begunAt: number | undefined;

  const stamp = (session: Pick<Session, 'sessionId' | 'userId'>): Session => {
    begunAt = now();
    return { ...session, createdAt: begunAt, offset: known() || undefined };
  };
  const newSession = (userId?: string) => stamp({ sessionId: generateId(), userId });

  const share = (session: Session) => {
    shared.set(session);
    return session;
  };

  const change = (next: Session) => {
    current = share(next);
    store.put([[KEY, next]]);
  };

  shared.onChange((next) => {
    if (next) current = next;
  });
  return {
    current: () => current,
    async load() {
      const before = current;
      const at = now();
      const isSet = at < lookedAt || at - lookedAt > LONGEST_SLEEP_MS;
      lookedAt = at;
      const renew = (stored?: Session) => {
        const old = stored ?? before ?? shared.get();
        if (!old) return share(newSession());
        const age = isSet ? Number.POSITIVE_INFINITY : ageOf(old.createdAt, old.offset, at);
        // By it the next page knows that localStorage has not been cleared.
        if (age < maxAgeMs) return shared.get() ? old : share(old);
        if (age < Number.POSITIVE_INFINITY) return share(newSession(old.userId));
        return isTooEarly(at) ? old : share(stamp(old));
      };
      const found = await store.update<Session>(KEY, ([stored]) => [[KEY, renew(stored?.[1])]]);
      // What page code or another tab has said meanwhile is newer.
      if (current === before) current = found?.[0]?.[1] ?? renew();
    },
    identify(userId) {
      if (current?.userId === userId) return;
      change(current && !current.userId ? { ...current, userId } : newSession(userId));
    },
    reset: () => change(newSession()),
    forget() {
      current = undefined;
    },
    correct() {
      const offset = known();
      if (offset && current && current.createdAt === begunAt) change({ ...current, offset });
    },
  };
};
