import { ageOf, isTooEarly } from '../contract/clock.js';
import type { Cookie } from './platform/cookie.js';
import type { Store } from './platform/indexed-db.js';
import type { SharedValue } from './platform/local-storage.js';

/**
 * Groups a visitor's events. The service trains on anonymous events only when a later event has the same sessionId and
 * a userId: a session therefore outlives page views, tabs and idle hours.
 */
export interface Session {
  sessionId: string;
  userId?: string | undefined;
  /** Unix milliseconds on the visitor's clock. */
  createdAt: number;
  /** Milliseconds to add to `createdAt`, if the clock was known to be wrong. */
  offset?: number | undefined;
}

export interface SessionKeeper {
  /** Returns the running session; undefined before `load` has read storage. */
  current(): Session | undefined;
  /**
   * Resolves once there is a session. It is found or created in one transaction, so that tabs opened together share it.
   * When called again, it picks up changes that other tabs made while this one was frozen.
   */
  load(): Promise<void>;
  /** Continues with the site's own session. Its ID is replaced by another call or another tab only, never by age. */
  setSession(sessionId: string): void;
  /** Attaches the user to the running session. If it has another user, a new session starts, unless it is the site's. */
  identify(userId: string): void;
  /** Forgets the user and starts a new session. The site's own session goes on without the user. */
  reset(): void;
  /** Forgets the session; `load` creates a new one. */
  clear(): void;
  /** Adds the clock's offset to a session that was created on this page. */
  correctOffset(): void;
}

export interface SessionOptions {
  database: Pick<Store, 'update' | 'put'>;
  /** Tells the site's other tabs, and replaces the database if that fails. */
  shared: SharedValue<Session>;
  /** Tells the site's servers and other subdomains. */
  cookie?: Cookie | undefined;
  /** The ID of the site's own session: then none is generated. */
  siteSessionId?: string | undefined;
  generateId(): string;
  maxAgeMs: number;
  now?: () => number;
  /** Returns the offset of the clock, if it is known. */
  knownOffset(): number | undefined;
}

const KEY = 'session';

/** No device sleeps for longer: a longer gap means that the clock has been set while the page was open. */
const LONGEST_SLEEP_MS = 365 * 86_400_000;

export const createSession = (options: SessionOptions): SessionKeeper => {
  const { database, shared, cookie, generateId, maxAgeMs, now = Date.now, knownOffset } = options;
  let current: Session | undefined;
  let loadedAt = now();
  /** The `createdAt` of the session that this page has created. */
  let createdHere: number | undefined;
  /** The ID of the site's session, if the site has given one on this page. It follows the other tabs. */
  let siteId = options.siteSessionId;
  let isSiteIdApplied = false;

  const createdNow = (session: Pick<Session, 'sessionId' | 'userId'>): Session => {
    createdHere = now();
    return { ...session, createdAt: createdHere, offset: knownOffset() || undefined };
  };
  const newSession = (userId?: string) => createdNow({ sessionId: siteId ?? generateId(), userId });

  const setCurrent = (session: Session) => {
    current = session;
    siteId &&= session.sessionId;
    cookie?.set(session.sessionId);
  };

  const share = (session: Session) => {
    shared.set(session);
    return session;
  };

  const replace = (next: Session) => {
    setCurrent(share(next));
    database.put([[KEY, next]]);
  };

  /**
   * Returns the session to continue with: the old one until it is too old. An infinite age means that the time of its
   * creation is unknown.
   */
  const renew = (old: Session, age: number) => {
    // An old session is shared as well: its absence would look like a cleared localStorage to the next page.
    if (age < maxAgeMs) return shared.get() ? old : share(old);
    if (age < Number.POSITIVE_INFINITY) return share(newSession(old.userId));
    return isTooEarly(now()) ? old : share(createdNow(old));
  };

  /** Returns the ID of another session to continue with: the site's, or one that another subdomain or a server began. */
  const newerId = (old: Session | null | undefined) => {
    const ids = siteId ? [siteId] : (cookie?.get() ?? []);
    return ids.includes(old?.sessionId as string) || (siteId && isSiteIdApplied && old) ? undefined : ids[0];
  };

  shared.onChange((next) => {
    // Until the site's ID is applied, it is newer than what another tab has.
    if (next && (!siteId || isSiteIdApplied)) setCurrent(next);
  });
  return {
    current: () => current,
    async load() {
      const before = current;
      const at = now();
      const isClockSet = at < loadedAt || at - loadedAt > LONGEST_SLEEP_MS;
      loadedAt = at;
      const resolveSession = (stored?: Session) => {
        const old = stored ?? before ?? shared.get();
        const id = newerId(old);
        // Whose session a cookie holds is not known here: another subdomain may have called reset().
        if (id) return share(createdNow({ sessionId: id, userId: siteId && old?.userId }));
        if (!old) return share(newSession());
        return renew(old, isClockSet ? Number.POSITIVE_INFINITY : ageOf(old.createdAt, old.offset, at));
      };
      const updated = await database.update<Session>(KEY, ([stored]) => [[KEY, resolveSession(stored?.[1])]]);
      // Page code or another tab may have changed the session meanwhile: that is newer.
      if (current === before) setCurrent(updated?.[0]?.[1] ?? resolveSession());
      isSiteIdApplied = true;
    },
    setSession(sessionId) {
      siteId = sessionId;
      if (current?.sessionId !== sessionId) replace(newSession(current?.userId));
    },
    identify(userId) {
      if (current?.userId === userId) return;
      replace(current && !current.userId ? { ...current, userId } : newSession(userId));
    },
    reset: () => replace(newSession()),
    clear() {
      current = undefined;
    },
    correctOffset() {
      const offset = knownOffset();
      if (offset && current && current.createdAt === createdHere) replace({ ...current, offset });
    },
  };
};
