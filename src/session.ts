import type { Shared } from './lib/notes.js';
import type { Store } from './lib/store.js';

/**
 * What joins a visitor's events. The service trains on anonymous events only when a later event has the same
 * sessionId and a userId, so a session outlives page views, tabs and idle hours.
 */
export interface Session {
  sessionId: string;
  userId?: string | undefined;
  /** Unix milliseconds. */
  createdAt: number;
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
}

const KEY = 'session';

/** @param shared tells the site's other tabs, and stands in where the store fails */
export const createSession = (
  store: Store,
  shared: Shared<Session>,
  mint: () => string,
  maxAgeMs: number,
  now = Date.now,
): SessionKeeper => {
  let current: Session | undefined;

  const begin = (userId?: string): Session => ({ sessionId: mint(), userId, createdAt: now() });

  const tell = (session: Session) => {
    shared.set(session);
    return session;
  };

  const change = (next: Session) => {
    current = tell(next);
    store.put([[KEY, next]]);
  };

  shared.onChange((next) => {
    if (next) current = next;
  });
  return {
    current: () => current,
    async load() {
      const before = current;
      const renew = (stored?: Session) => {
        const old = stored ?? before ?? shared.get();
        return old && now() - old.createdAt < maxAgeMs ? old : tell(begin(old?.userId));
      };
      const found = await store.change<Session>(KEY, ([stored]) => [[KEY, renew(stored?.[1])]]);
      // What page code or another tab has said meanwhile is newer.
      if (current === before) current = found?.[0]?.[1] ?? renew();
    },
    identify(userId) {
      if (current?.userId === userId) return;
      change(current && !current.userId ? { ...current, userId } : begin(userId));
    },
    reset: () => change(begin()),
    forget() {
      current = undefined;
    },
  };
};
