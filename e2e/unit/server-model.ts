// A model of one tracker on a server, the client and the service. Requests wait until the test answers them, in any order
// and in any way.
import type { ServerTracker, UndeliveredEvent, Visitor } from '../../src/server.js';
import { createServerTracker, type ServerTrackerOptions } from '../../src/server.js';
import { runWithTimers } from './fake-timers.js';

export interface ServerSettings
  extends Required<
    Pick<ServerTrackerOptions, 'flushSize' | 'flushInterval' | 'concurrency' | 'maxWaiting' | 'maxAge'>
  > {
  jitter: number;
  /** Whether the site's functions throw. */
  listenersThrow: boolean;
}

/** How the client answers a request. */
export type ClientFault =
  | 'none'
  /** The service gets the request, but the client does not get the answer. */
  | 'unanswered'
  | 'lost'
  | 'unavailable'
  | 'throttled'
  /** The role may not put events. */
  | 'denied'
  /** The error is no error. */
  | 'odd';

/** An event and all that the model knows of it. */
interface Fate {
  id: string;
  itemId: string;
  lane: string;
  isBad: boolean;
  trackedAt: number;
  /** The numbers of the requests in which the service has accepted it. */
  accepted: number[];
  /** Requests whose answer the tracker has not got, though the service had accepted them. */
  excuses: number;
  rejections: string[];
  /** The eventIds under which the service has got it. */
  ids: Set<string>;
}

interface SentRequest {
  lane: string;
  fates: Fate[];
  isAborted: boolean;
  resolve(): void;
  reject(error: unknown): void;
}

const TIMEOUT_MS = 25_000;
const CLOSE_TIMEOUT_MS = 5000;
const REPORT_TIMEOUT_MS = 3000;
const RETRY_AFTER_S = 20;
const SHORTEST_BACKOFF_MS = 500;

/** Once all is well, everything is delivered in this time: the longest interval, a timeout and a pause. */
const LONGEST_MS = 3_600_000 + TIMEOUT_MS + 11 * 60_000;
const STEP_MS = 10_000;

const VISITORS: Visitor[] = [
  { sessionId: 's1' },
  { sessionId: 's1', userId: 'u1' },
  { sessionId: 's2', userId: null },
  { sessionId: 's3', userId: 'u3' },
];

const sdkError = (status: number, name: string, headers = {}) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status }, $response: { headers } });

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

export const createServerWorld = ({ jitter, listenersThrow, ...options }: ServerSettings) => {
  const fates = new Map<string, Fate>();
  let requests: SentRequest[] = [];
  let timers: { at: number; run(): void }[] = [];
  const violations: string[] = [];
  const log: string[] = [];
  let elapsed = 0;
  let sent = 0;
  let doesThrow = false;
  /** The tracker has seen a failure, and no event settled since. */
  let isFailing = false;
  /** No request may begin before, unless the tracker closes. */
  let backoffUntil = 0;
  /** No request may begin before. */
  let retryAfter = 0;
  /** Calls of `flush()` that have not resolved, with the events that each waits for. */
  const flushing = new Set<Fate[]>();
  let closedAt: number | undefined;
  let isCloseResolved = false;
  Math.random = () => jitter;

  const write = (line: string) => log.push(`${elapsed} ${line}`);
  const violate = (line: string) => violations.push(`${elapsed} ${line}`);
  const check = (claim: boolean, line: string) => claim || violate(line);

  const onFailure = () => {
    isFailing = true;
    backoffUntil = elapsed + SHORTEST_BACKOFF_MS;
  };

  const act = async (run: () => void) => {
    runWithTimers(
      {
        now: () => elapsed,
        setTimeout(then, ms = 0) {
          const timer = { at: elapsed + ms, run: then };
          timers.push(timer);
          return {
            cancel() {
              timers = timers.filter((one) => one !== timer);
            },
          };
        },
      },
      run,
    );
    await nextTurn();
  };

  const isSettled = ({ accepted, excuses, rejections }: Fate) =>
    accepted.length > excuses || rejections.length > 0;
  const unsettled = () => [...fates.values()].filter((fate) => !isSettled(fate));

  const checkRequest = (request: SentRequest) => {
    const open = requests.filter(({ isAborted }) => !isAborted);
    check(open.length < options.concurrency, `${open.length + 1} requests at a time`);
    check(elapsed >= backoffUntil || closedAt !== undefined, 'a request during the backoff');
    check(!isFailing || !open.length, 'several requests after a failure');
    check(!open.some(({ lane }) => lane === request.lane), `two requests of ${request.lane} at a time`);
    check(
      request.fates.every(({ lane }) => lane === request.lane),
      'a request of several sessions',
    );
    check(request.fates.length <= 10, `a request of ${request.fates.length} events`);
    check(elapsed >= retryAfter, `a request before Retry-After, which ends at ${retryAfter}`);
    check(!request.fates.some(isSettled), 'a settled event is sent again');
    check(!isCloseResolved, 'a request after close()');
  };

  const client = {
    send({ input }: { input: Record<string, unknown> }, { abortSignal }: { abortSignal: AbortSignal }) {
      if (doesThrow) {
        onFailure();
        throw new Error('the client has crashed');
      }
      const list = (input.eventList ?? input.actionInteractions) as Record<string, string>[];
      const isOfActions = 'actionInteractions' in input;
      const lanes = list.map((event) => {
        const { sessionId, userId } = isOfActions ? event : (input as Record<string, string>);
        return [isOfActions, sessionId, userId].join();
      });
      return new Promise<void>((resolve, reject) => {
        const request: SentRequest = {
          lane: lanes[0],
          isAborted: false,
          fates: list.map((event) => {
            const fate = fates.get(event.itemId ?? event.actionId) as Fate;
            fate.ids.add(event.eventId);
            return fate;
          }),
          resolve,
          reject,
        };
        check(new Set(lanes).size === 1, `a request of ${new Set(lanes).size} sessions`);
        checkRequest(request);
        abortSignal.addEventListener('abort', () => {
          request.isAborted = true;
          onFailure();
        });
        requests.push(request);
        write(`sends ${request.fates.map(({ itemId }) => itemId)}`);
      });
    },
  };

  const accept = (request: SentRequest, isExcused: boolean) => {
    sent++;
    for (const fate of request.fates) {
      fate.accepted.push(sent);
      if (isExcused) fate.excuses++;
    }
  };

  const answerRequest = (request: SentRequest, fault: ClientFault) => {
    requests = requests.filter((one) => one !== request);
    const isRefused = request.fates.some(({ isBad }) => isBad);
    write(`answers ${request.fates.map(({ itemId }) => itemId)}: ${fault}${isRefused ? ', refused' : ''}`);
    const fail = (error: unknown) => {
      if (!request.isAborted) onFailure();
      request.reject(error);
    };
    if (fault === 'lost') return fail(new Error('ECONNRESET'));
    if (fault === 'odd') return fail(null);
    if (fault === 'unavailable') return fail(sdkError(503, 'ServiceUnavailable'));
    if (fault === 'denied') return fail(sdkError(403, 'AccessDeniedException'));
    if (fault === 'throttled') {
      if (!request.isAborted) retryAfter = elapsed + RETRY_AFTER_S * 1000;
      return fail(sdkError(429, 'ThrottlingException', { 'retry-after': `${RETRY_AFTER_S}` }));
    }
    if (!request.isAborted && (!isRefused || request.fates.length === 1)) isFailing = false;
    if (isRefused) return request.reject(sdkError(400, 'InvalidInputException'));
    accept(request, fault === 'unanswered' || request.isAborted);
    if (fault === 'unanswered') return fail(new Error('ETIMEDOUT'));
    return request.resolve();
  };

  const onRejected = ({ visitor, event }: UndeliveredEvent, reason: string) => {
    const itemId = 'actionId' in event ? event.actionId : event.itemId;
    const fate = fates.get(itemId as string);
    write(`rejects ${itemId}: ${reason}`);
    if (fate) {
      fate.rejections.push(reason);
      check(!fate.id || event.eventId === fate.id, `${itemId} is rejected as ${event.eventId}`);
      check(!!visitor.sessionId, `${itemId} is rejected without a session`);
      const age = elapsed - fate.trackedAt;
      check(!/maxAge/.test(reason) || age >= options.maxAge, reason);
    }
    if (listenersThrow) throw new Error('a bug of the site');
  };

  let tracker: ServerTracker;
  runWithTimers({ now: () => elapsed, setTimeout: () => violate('a timer at creation') }, () => {
    tracker = createServerTracker({
      ...options,
      trackingId: 't',
      actionTrackingId: 'a',
      timeout: TIMEOUT_MS,
      closeTimeout: CLOSE_TIMEOUT_MS,
      client: client as unknown as ServerTrackerOptions['client'],
      onRejected,
      onError() {
        if (listenersThrow) throw new Error('a bug of the site');
      },
    });
  });

  let recorded = 0;
  const trackOne = (who: number, isAction: boolean, isBad: boolean) => {
    const itemId = `${isBad ? 'bad' : 'item'}-${recorded++}`;
    const visitor = VISITORS[who % VISITORS.length];
    const waiting = unsettled().length;
    const fate: Fate = {
      ...{
        itemId,
        isBad,
        id: '',
        trackedAt: elapsed,
        accepted: [],
        excuses: 0,
        rejections: [],
        ids: new Set(),
      },
      lane: [isAction, visitor.sessionId, visitor.userId ?? undefined].join(),
    };
    // Known before: a request may begin at once.
    fates.set(itemId, fate);
    const eventId = recorded % 2 ? `own-${itemId}` : undefined;
    fate.id = eventId ?? '';
    const id = isAction
      ? tracker.trackAction(visitor, 'Taken', itemId, { eventId })
      : tracker.track(visitor, 'click', itemId, { eventId });
    if (!id) {
      check(fate.rejections.length === 1, `${itemId} is refused without a report`);
      fates.delete(itemId);
      const isExpected = closedAt !== undefined || waiting >= options.maxWaiting;
      return check(isExpected, `${itemId} is refused, with ${waiting} waiting`);
    }
    fate.id = id;
    check(closedAt === undefined, `${itemId} is accepted after close()`);
    return check(waiting < options.maxWaiting, `${itemId} is accepted, with ${waiting} waiting`);
  };

  const advanceTo = async (until: number) => {
    for (;;) {
      const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      timers = timers.filter((one) => one !== next);
      elapsed = Math.max(elapsed, next.at);
      await act(next.run);
    }
    elapsed = until;
  };

  const world = {
    fates,
    log,
    violations,
    track: (who: number, count: number, isAction: boolean, isBad: boolean) =>
      act(() => {
        for (let i = 0; i < count; i++) trackOne(who, isAction, isBad && !isAction && i === 0);
      }),
    answer: (which: number, fault: ClientFault) =>
      act(() => {
        const request = requests[which % requests.length];
        if (request) answerRequest(request, fault);
      }),
    advance: (ms: number) => advanceTo(elapsed + ms),
    flush: () =>
      act(() => {
        const waiting = unsettled();
        flushing.add(waiting);
        tracker.flush().then(() => {
          flushing.delete(waiting);
          const open = waiting.filter((fate) => !isSettled(fate));
          check(!open.length, `flush() resolves before ${open.map(({ itemId }) => itemId)}`);
        });
      }),
    crash: (does: boolean) =>
      act(() => {
        doesThrow = does;
      }),
    close: () =>
      act(() => {
        closedAt ??= elapsed;
        tracker.close().then(() => {
          isCloseResolved = true;
          const open = unsettled();
          check(!open.length, `close() resolves before ${open.map(({ itemId }) => itemId)}`);
        });
      }),
    /** Lets all go well until everything is settled. */
    async recover() {
      doesThrow = false;
      for (const end = elapsed + LONGEST_MS; elapsed < end && unsettled().length; ) {
        while (requests.length) await world.answer(0, 'none');
        await advanceTo(elapsed + STEP_MS);
      }
      check(!unsettled().length, `${unsettled().map(({ itemId }) => itemId)} still wait`);
      check(!flushing.size, 'flush() has not resolved');
    },
    /** Closes, while the requests in flight are never answered. */
    async end() {
      await world.close();
      await advanceTo((closedAt as number) + CLOSE_TIMEOUT_MS + REPORT_TIMEOUT_MS);
      check(isCloseResolved, 'close() has not resolved');
      check(!unsettled().length, `${unsettled().map(({ itemId }) => itemId)} are lost`);
      check(!flushing.size, 'flush() has not resolved');
    },
  };
  return world;
};
