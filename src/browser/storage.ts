import type { Settings } from '../contract/resolve-options.js';
import type { Sources } from './attribution.js';
import type { UnloadSnapshot } from './delivery/queued-event.js';
import { type Cookie, openCookie } from './platform/cookie.js';
import { type Mark, openMark } from './platform/database-mark.js';
import { type DeferredValue, deferWrites } from './platform/deferred-value.js';
import { eraseStore, openStore, type Store } from './platform/indexed-db.js';
import {
  followTabs,
  type Handoffs,
  openHandoffs,
  openSharedValue,
  type SharedValue,
  type StorageListener,
} from './platform/local-storage.js';
import type { PagePhase } from './platform/page-phase.js';
import { createReader, type Parse, type Read, type Warn } from './platform/stored-format.js';
import type { Session } from './session.js';
import { parseHandoff, parseMark, parseRecord, parseSession, parseSources } from './stored-values.js';

const NAME = 'personalize-beacon';

const DEFAULT_COOKIE = 'personalize_session';

const DAY_SECONDS = 86_400;

/**
 * All data that a tracker stores on a device. Only the opt-out is stored before the page is activated. Nothing is opened
 * before its first use: the first access to localStorage blocks the page for milliseconds.
 */
export interface TrackerStorage {
  /** IndexedDB: events, the session, credentials. */
  database: Store;
  /** localStorage: data that a page leaves for the next one as it unloads. */
  handoffs: Handoffs<UnloadSnapshot>;
  session: SharedValue<Session>;
  /** Up to 100 kB. */
  sources: DeferredValue<Sources>;
  /** Holds the session's ID. Absent without the option `sessionCookie`. */
  cookie: Cookie | undefined;
  optOut: SharedValue<number>;
  lastingOptOut: Mark;
  /** Starts to hear of the other tabs' changes. Call once. */
  followTabs(): void;
  /** Creates a reader of stored values. */
  reader<T>(parse: Parse<T>): Read<T>;
  /** Erases everything but the opt-out. */
  erase(): void;
}

/** Opens a tracker's own storage: two trackers on a page must not sign with each other's credentials. */
export const openStorage = (
  {
    trackingId,
    sessionCookie,
    sessionMaxAge,
  }: Pick<Settings, 'trackingId' | 'sessionCookie' | 'sessionMaxAge'>,
  { signal, isActivated, isActive }: Pick<PagePhase, 'signal' | 'isActivated' | 'isActive'>,
  warn: Warn,
): TrackerStorage => {
  const name = `${NAME}:${trackingId}`;
  const optOutName = `${NAME}-out:${trackingId}`;
  const reader = <T>(parse: Parse<T>) => createReader(parse, warn);
  const handoffs = openHandoffs(`${name}:left:`, isActivated, reader(parseHandoff));
  const listeners: StorageListener[] = [];
  const session = openSharedValue(`${name}:session`, listeners, reader(parseSession), isActivated);
  const sources = deferWrites(openSharedValue(`${name}:sources`, listeners, reader(parseSources)), isActive);
  const cookie = sessionCookie
    ? openCookie(
        sessionCookie === true ? DEFAULT_COOKIE : sessionCookie,
        Math.round(sessionMaxAge * DAY_SECONDS),
        isActivated,
        warn,
      )
    : undefined;
  return {
    database: openStore(name, isActivated, reader(parseRecord), warn),
    handoffs,
    session,
    sources,
    cookie,
    optOut: openSharedValue(optOutName, listeners, reader(parseMark)),
    lastingOptOut: openMark(optOutName),
    followTabs: () => followTabs(listeners, signal),
    reader,
    erase() {
      eraseStore(name);
      handoffs.wipe();
      session.remove();
      sources.remove();
      cookie?.remove();
    },
  };
};
