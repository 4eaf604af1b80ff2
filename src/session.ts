import type { Store } from './lib/store.js';

/**
 * What joins a visitor's events. The service trains on anonymous events only when a later event has the same
 * sessionId and a userId, so a session outlives page views, tabs and idle hours.
 */
interface Session {
  sessionId: string;
  userId?: string | undefined;
  /** Unix milliseconds. */
  createdAt: number;
}

export interface SessionOptions {
  store: Store;
  mint: () => string;
  now: () => number;
  maxAgeMs: number;
}

export interface SessionKeeper {
  /** The running session, once the store has answered. */
  current(): Session | undefined;
  /** Resolves once there is a session, made or found in one transaction, so that tabs opened together share it. */
  load(): Promise<void>;
  /** Attaches the user to the running session; another user than before gets a new one. */
  identify(userId: string): void;
  /** Forgets the user and starts a new session. */
  reset(): void;
}

const KEY = 'session';

export const createSession = ({ store, mint, now, maxAgeMs }: SessionOptions): SessionKeeper => {
  let current: Session | undefined;

  const begin = (userId?: string): Session => ({
    sessionId: mint(),
    userId,
    createdAt: now(),
  });

  const renewed = (session: Session | undefined): Session =>
    session && now() - session.createdAt < maxAgeMs ? session : begin(session?.userId);

  const change = (next: Session) => {
    current = next;
    store.put([[KEY, next]]);
  };

  return {
    current: () => current,
    async load() {
      current = await store.update<Session>(KEY, renewed);
    },
    identify(userId) {
      if (current?.userId === userId) return;
      change(current && !current.userId ? { ...current, userId } : begin(userId));
    },
    reset: () => change(begin()),
  };
};
