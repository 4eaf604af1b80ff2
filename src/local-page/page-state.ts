import type { ApiDescription, FaultState, StreamSnapshot, StreamUpdate } from '../local/api-messages.js';
import type { ReceivedEvent, ReceivedRequest } from '../local/received.js';
import type { Route } from './page-route.js';
import type { EventWithEntry } from './session-steps.js';

/** Rows that are rendered at first, and added by "Show 200 more". */
export const ROWS_PER_STEP = 200;

/** Something from the API: empty while it loads. */
export interface Loaded<Value> {
  value?: Value;
  /** The reason why there is no value. */
  error?: string;
}

/** All that the page shows. Arrays are replaced, never changed. */
export interface PageState extends FaultState {
  connection: 'connecting' | 'live' | 'lost';
  /** Oldest first; as many as the server keeps. */
  events: readonly ReceivedEvent[];
  requests: readonly ReceivedRequest[];
  /** Older events and requests that the server no longer has. */
  dropped: { events: number; requests: number };
  /** Number of events, and of requests, that the server keeps. */
  maxEvents: number;
  description: ApiDescription | null;
  route: Route;
  /** Whether an opened event covers the page. */
  isNarrow: boolean;
  /** Maximal number of rendered rows. */
  shownRows: number;
  /** Number of the event whose row the Tab key reaches. */
  currentRow: number | undefined;
  opened: Loaded<EventWithEntry>;
  /** The events of the session that is shown. */
  session: Loaded<EventWithEntry[]>;
  isConfirmingClear: boolean;
  /** Result of the last action: a copy or a failure. */
  notice: string;
}

/** Limit until the server has told its own. */
const DEFAULT_MAX_EVENTS = 10_000;

export const createState = (route: Route): PageState => ({
  connection: 'connecting',
  events: [],
  requests: [],
  dropped: { events: 0, requests: 0 },
  maxEvents: DEFAULT_MAX_EVENTS,
  faults: [],
  clockSkewMs: 0,
  description: null,
  route,
  isNarrow: false,
  shownRows: ROWS_PER_STEP,
  currentRow: undefined,
  opened: {},
  session: {},
  isConfirmingClear: false,
  notice: '',
});

/** Adds requests, in the order of their arrival. One that was unanswered in the snapshot comes again with its answer. */
const mergeRequests = (
  known: readonly ReceivedRequest[],
  added: readonly ReceivedRequest[],
): ReceivedRequest[] => {
  const numbers = new Set(added.map(({ number }) => number));
  return [...known.filter(({ number }) => !numbers.has(number)), ...added].sort(
    (a, b) => a.number - b.number,
  );
};

/** Returns the change by a snapshot, which replaces everything. */
export const applySnapshot = (snapshot: StreamSnapshot): Partial<PageState> => ({
  ...snapshot,
  connection: 'live',
});

/** Returns the change by an update. The arrays stay bounded as the server's are. */
export const applyUpdate = (
  { events, requests, maxEvents }: PageState,
  update: StreamUpdate,
): Partial<PageState> => ({
  events: update.events.length ? [...events, ...update.events].slice(-maxEvents) : events,
  requests: update.requests.length ? mergeRequests(requests, update.requests).slice(-maxEvents) : requests,
  dropped: update.dropped,
});
