// A model of several pages of one site, their shared storage, the network and the service. A page waits for tasks
// only, which the test runs in any order, fails in any way, or runs too late.
import type { CredentialsKeeper } from '../../src/browser/delivery/credentials.js';
import { createDelivery, type Delivery } from '../../src/browser/delivery/delivery.js';
import { createEventStore, type EventStore } from '../../src/browser/delivery/event-store.js';
import type { QueuedEvent, UnloadSnapshot } from '../../src/browser/delivery/queued-event.js';
import type { Entry, Store } from '../../src/browser/platform/indexed-db.js';
import { createPagePhase, type PagePhase } from '../../src/browser/platform/page-phase.js';
import { type Answer, NO_ANSWER } from '../../src/contract/answer.js';
import type { Operation } from '../../src/contract/event.js';
import { type BatchRequest, toRequest } from '../../src/contract/put-events-request.js';
import type { Signer } from '../../src/contract/sigv4.js';
import { memoryHandoffs, memoryStore } from './doubles.js';
import { runWithTimers } from './fake-timers.js';

export interface Settings {
  flushSize: number;
  flushIntervalMs: number;
  /** Whether requests are signed. */
  signed: boolean;
  /** Whether the browser has `fetchLater`. */
  hasFetchLater: boolean;
  /** Whether a request with keepalive outlives its page. */
  keepalive: boolean;
  jitter: number;
  /** Whether the page's listeners throw. */
  listenersThrow: boolean;
}

/** How a task goes wrong. A request can go wrong in each way; any other task just fails. */
export type Fault =
  | 'none'
  | 'lost'
  | 'unanswered'
  | 'unavailable'
  | 'throttled'
  | 'too large'
  /** Another server answers 200 in place of the service. */
  | 'foreign'
  /** A proxy answers 400, which blames no event. */
  | 'unblamed'
  /** The fields of the answer have wrong types. */
  | 'odd';

/** A page runs; or is frozen, with its memory kept; or is gone. */
type State = 'live' | 'frozen' | 'gone';

interface Page {
  name: string;
  state: State;
  isHidden: boolean;
  isUnloaded: boolean;
  /** The page has been frozen, or its storage has failed or hung: its knowledge may be outdated. */
  isSuspect: boolean;
  queue: EventStore;
  phase: PagePhase;
  delivery: Delivery;
  /** Calls made before storage answered, as in the tracker. */
  pendingCalls: (() => unknown)[] | undefined;
  ready: Promise<void>;
  stopped: boolean;
  /** The visitor has withdrawn consent and not given it again. */
  isWithdrawn: boolean;
  /** The page's listeners throw. */
  listenersThrow: boolean;
  /** The version of the database that the page knows. */
  epoch: number | undefined;
  onEmptied(): void;
  /** Halted operations: true for actions, false for events. */
  halted: Set<boolean>;
  /** The request whose answer the page read last. */
  answered: Request | undefined;
  key: number | undefined;
  /** Events sent as the page was hidden, when it cannot renew its lease first. */
  sentUnrenewed: Set<string>;
  /** Answers of the store, in the order of its transactions. */
  replies: (() => void)[];
  inFlight: Set<Request>;
  /** Batches that the browser sends if the page crashes. */
  scheduled: Map<Request, BatchRequest>;
  /** The page has put unstored events in a handoff on unload. */
  hasHandedOff: boolean;
  /** Calls of `flush()` that have not resolved. */
  flushing: number;
}

interface Request {
  page: Page;
  isOfActions: boolean;
  ids: string[];
  key: number | undefined;
  isAccepted: boolean;
  /** The page has read 200, and no other page could send the events until then. */
  isCertain: boolean;
  /** Before the answer the page was unloaded or frozen, or another page adopted an event. */
  isDoubtful: boolean;
}

interface Transaction {
  page: Page;
  /** The transaction needs its page: only the page can compute what to put. */
  isChange: boolean;
  commit(): void;
  /** Reports the outcome to the page. */
  reply(isCommitted: boolean): void;
  drop(): void;
}

interface Task {
  page: Page;
  needsPage: boolean;
  run(fault: Fault): void;
}

interface Timer {
  page: Page;
  at: number;
  run(): void;
}

/** An event and all that the model knows of it. */
interface Fate {
  id: string;
  isAction: boolean;
  /** The service refuses the event. */
  isBad: boolean;
  /** The session and user assigned to the event. */
  visitor: string;
  /** The event has been in the store. */
  isStored: boolean;
  /** The page that has the event until it is stored, or the name of a handoff. */
  holder: Page | string;
  /** The page crashed, or could put no handoff, before the event was stored: the loss is inevitable. */
  isExcused: boolean;
  requests: Request[];
  delivered: Page[];
  rejected: Page[];
  /** Times that the event stayed in the store although settled, or was in more than one place. */
  leftovers: number;
}

const STORE_LIMIT_MS = 3000;
const REQUEST_LIMIT_MS = 30_000;
/** The longest time after which a page that sends batches must have renewed its lease. */
const MAX_LEASE_AGE_MS = 25_000;

/** Once all is well a page delivers within this time: the longest backoff or a minute, and three for unconfirmed events. */
const LONGEST_MS = 6 * 60_000;
const STEP_MS = 10_000;

const DESTINATION = { trackingId: 't', actionTrackingId: 'a', endpointUrl: '' };

const VISITORS = [{ sessionId: 's1' }, { sessionId: 's1', userId: 'u1' }, { sessionId: 's2', userId: 'u2' }];

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

export const createWorld = (settings: Settings) => {
  const records = new Map<string, unknown>();
  /** Operations of which the service has accepted a request on this device. */
  const accepted = new Set<Operation>();
  /** The version of the database: it changes whenever the database is deleted or emptied. */
  let epoch = 0;
  const handoffs = new Map<string, string>();
  const pages: Page[] = [];
  const fates = new Map<string, Fate>();
  /** Transactions of all pages. IndexedDB runs writing ones in the order in which they were created. */
  const transactions: Transaction[] = [];
  let tasks: Task[] = [];
  let timers: Timer[] = [];
  /** When a page adopted an event from another that was not known to be gone, by `page id`. */
  const adoptedAt = new Map<string, number>();
  const violations: string[] = [];
  const log: string[] = [];
  /** Monotonic time. */
  let elapsed = 0;
  /** The visitor's clock, which can be set. */
  let clock = Date.UTC(2026, 0, 1);
  let isClockSet = false;
  let visitor = 0;
  let validKey = 1;
  /** Operations that the role does not allow: true for actions, false for events. */
  let denied: boolean[] = [];
  let areHandoffsFull = false;
  let beaconEvents = Number.POSITIVE_INFINITY;
  Math.random = () => settings.jitter;

  const write = (what: string) => log.push(`${elapsed} ${what}`);
  const fateOf = (id: string) => fates.get(id) as Fate;
  const idOf = (key: string) => key.slice('event:'.length);
  const recordOf = (id: string) =>
    records.get(`event:${id}`) as { owner: string; ownedSince: number } | undefined;
  const ownerOf = (id: string) => recordOf(id)?.owner;

  const setTimer = (page: Page, run: () => void, ms = 0) => {
    const timer = { page, at: elapsed + ms, run };
    timers.push(timer);
    return {
      cancel() {
        timers = timers.filter((one) => one !== timer);
      },
    };
  };

  /** Runs code of the page, and everything that follows in the same turn. */
  const runOn = async (page: Page, run: () => void) => {
    if (page.state === 'live') runWithTimers({ setTimeout: (then, ms) => setTimer(page, then, ms) }, run);
    await nextTurn();
  };

  const committed = memoryStore(records);

  const storeOf = (page: () => Page): Store => {
    const enqueue = <T>(
      what: string,
      ids: string[],
      isChange: boolean,
      run: () => Promise<T>,
      onCommitted: () => void,
    ) =>
      new Promise<T | undefined>((resolve) => {
        const asker = page();
        if (asker.isWithdrawn) return resolve(undefined);
        let outcome: Promise<T> | undefined;
        let isLate = false;
        /** Counts events that are stored without their page's knowledge. */
        const countUnknown = () => {
          if (what === 'put') for (const id of ids) fateOf(id).leftovers++;
        };
        const limit = setTimer(
          asker,
          () => {
            write(`${asker.name}: ${what} ${ids} has timed out`);
            asker.isSuspect = isLate = true;
            if (outcome) countUnknown();
            resolve(undefined);
          },
          STORE_LIMIT_MS,
        );
        transactions.push({
          page: asker,
          isChange,
          commit() {
            outcome = run();
            onCommitted();
            if (isLate) countUnknown();
            write(`${asker.name}: ${what} ${ids} is committed`);
          },
          reply(isCommitted) {
            asker.replies.push(() => {
              limit.cancel();
              resolve(isCommitted ? outcome : undefined);
            });
          },
          drop() {
            write(`${asker.name}: ${what} ${ids} is lost`);
            asker.isSuspect = true;
            if (what === 'remove') for (const id of ids) fateOf(id).leftovers++;
          },
        });
      });
    return {
      get: <T>(prefix: string) =>
        enqueue(
          'get',
          [prefix],
          true,
          () => committed.get<T>(prefix),
          () => {},
        ),
      update<T>(prefix: string, change: (old: Entry<T>[]) => Entry<T>[]) {
        let before: [string, string | undefined][] = [];
        return enqueue(
          'change',
          [prefix],
          true,
          () => {
            const { epoch: known } = page();
            page().epoch = epoch;
            if (known !== undefined && known !== epoch) page().onEmptied();
            before = [...fates.keys()].map((id) => [id, ownerOf(id)]);
            return committed.update(prefix, change);
          },
          () => {
            for (const [id, owner] of before) if (ownerOf(id) !== owner) onAdopted(id, owner, page());
          },
        );
      },
      put(entries) {
        const copies = structuredClone(entries);
        const ids = entries.map(([key]) => idOf(key));
        return enqueue(
          'put',
          ids,
          false,
          () => committed.put(copies),
          () => {
            for (const id of ids) fateOf(id).isStored = true;
          },
        );
      },
      onEmptied(run) {
        page().onEmptied = run;
      },
      remove(keys) {
        return enqueue(
          'remove',
          keys.map(idOf),
          false,
          () => committed.remove(keys),
          () => {},
        );
      },
    };
  };

  const onAdopted = (id: string, from: string | undefined, by: Page) => {
    write(`${by.name} adopts ${id} from ${from}`);
    // After a change of the clock an event may count as abandoned although it is in its page's handoff as well.
    if (isClockSet) fateOf(id).leftovers++;
    const previousOwner = pages.find(({ name }) => name === from);
    if (!previousOwner || previousOwner === by) return;
    adoptedAt.set(`${previousOwner.name} ${id}`, elapsed);
    adoptedAt.delete(`${by.name} ${id}`);
    for (const request of previousOwner.inFlight) {
      if (!request.ids.includes(id)) continue;
      request.isDoubtful = true;
      if (
        isLive(previousOwner) &&
        !previousOwner.isUnloaded &&
        !previousOwner.isSuspect &&
        !isClockSet &&
        !previousOwner.sentUnrenewed.has(id)
      ) {
        violations.push(`${by.name} adopts ${id}, which ${from} is sending`);
      }
    }
  };

  const handoffsOf = (page: () => Page) => {
    const kept = memoryHandoffs<UnloadSnapshot>(handoffs);
    const unstoredIn = (key: string) => {
      const handoff = kept.all().find(([name]) => name === key)?.[1];
      return (handoff?.items ?? []).map(({ event }) => fateOf(event.eventId));
    };
    return {
      ...kept,
      put(key: string, handoff: UnloadSnapshot) {
        if (areHandoffsFull || page().isWithdrawn || !kept.put(key, handoff)) return false;
        write(`${key} puts ${JSON.stringify(unstoredIn(key).map(({ id }) => id))} in its handoff`);
        for (const fate of unstoredIn(key)) fate.holder = key;
        return true;
      },
      take(key: string) {
        const items = unstoredIn(key);
        const handoff = kept.take(key);
        if (handoff) {
          write(`${page().name} takes the handoff of ${key}`);
          for (const fate of items) {
            fate.holder = page();
            const owner = ownerOf(fate.id);
            const isElsewhere = owner
              ? ![key, page().name].includes(owner)
              : adoptedAt.has(`${key} ${fate.id}`);
            // The page did write it, so one page adopts it from the store and another from the handoff.
            if (isElsewhere) fate.leftovers++;
          }
        }
        return handoff;
      },
    };
  };

  const serve = (request: Request, batch: BatchRequest, fault: Fault): Answer => {
    const refusal = (status: number, kind: string) => ({ ...NO_ANSWER, status, kind });
    if (fault === 'unavailable') return refusal(503, '');
    if (fault === 'foreign') return { ...refusal(200, ''), foreign: 'a web page' };
    if (fault === 'unblamed') return refusal(400, '');
    if (fault === 'odd') return { ...refusal(503, ''), body: { message: { toString: 1 } } };
    if (fault === 'throttled') return { ...refusal(429, 'ThrottlingException'), retryAfterMs: 7000 };
    if (fault === 'too large' && request.ids.length > 1) return refusal(413, '');
    if (denied.includes(request.isOfActions)) return refusal(403, 'AccessDeniedException');
    if (settings.signed && request.key !== validKey) return refusal(403, 'ExpiredTokenException');
    const bad = request.ids.find((id) => fateOf(id).isBad);
    if (bad) return { ...refusal(400, 'InvalidInputException'), body: { message: `event ${bad}` } };
    for (const { eventId: id, sessionId, userId } of eventsIn(batch)) {
      if (fateOf(id).visitor !== `${sessionId} ${userId}`)
        violations.push(`${id} came as ${sessionId} ${userId}`);
      if (fateOf(id).isAction !== request.isOfActions) violations.push(`${id} came to ${batch.url}`);
    }
    request.isAccepted = true;
    return refusal(200, '');
  };

  /** Returns the events of a request to either operation. Each action names its visitor, events do so together. */
  const eventsIn = ({ body }: BatchRequest): { eventId: string; sessionId: string; userId?: string }[] => {
    const { eventList, actionInteractions, sessionId, userId } = JSON.parse(body);
    return actionInteractions ?? eventList.map((event: object) => ({ ...event, sessionId, userId }));
  };

  const requestOf = (page: Page, batch: BatchRequest, signer: Signer | undefined): Request => {
    const ids = eventsIn(batch).map(({ eventId }) => eventId);
    if (ids.length > 10) violations.push(`${ids.length} events in one request`);
    return {
      page,
      isOfActions: batch.url === '/action-interactions',
      ids,
      key: signer && Number(signer.presign(batch)),
      isAccepted: false,
      isCertain: false,
      isDoubtful: false,
    };
  };

  /** Sends a request that does not depend on its page; its answer is not read. */
  const sendUnread = (request: Request, batch: BatchRequest) => {
    for (const id of request.ids) fateOf(id).requests.push(request);
    tasks.push({
      page: request.page,
      needsPage: false,
      run(fault) {
        const { status } = fault === 'lost' ? NO_ANSWER : serve(request, batch, fault);
        write(`${request.page.name}: unread request ${request.ids} is answered ${status}`);
      },
    });
  };

  const transportOf = (page: () => Page) => ({
    post(batch: BatchRequest, signer: Signer | undefined, keepalive: boolean) {
      const asker = page();
      const request = requestOf(asker, batch, signer);
      write(`${asker.name} posts ${request.ids}`);
      for (const id of request.ids) {
        fateOf(id).requests.push(request);
        for (const other of asker.inFlight) {
          if (other.ids.includes(id) && !other.isDoubtful)
            violations.push(`${asker.name} posts ${id} twice at a time`);
        }
        if (asker.isUnloaded || asker.stopped)
          violations.push(`${asker.name} posts ${id}, which it has released`);
        const adoptedForMs = elapsed - (adoptedAt.get(`${asker.name} ${id}`) ?? Number.NaN);
        const { owner = asker.name, ownedSince = clock } = recordOf(id) ?? {};
        const isExcused = asker.isSuspect || asker.sentUnrenewed.has(id) || isClockSet;
        // Another page may adopt the event before the answer.
        const isLate = clock - ownedSince > MAX_LEASE_AGE_MS;
        if (owner !== asker.name || !Number.isNaN(adoptedForMs) || isLate) request.isDoubtful = true;
        if (isLate && !isExcused) violations.push(`${asker.name} sends ${id} without renewing its lease`);
        if (adoptedForMs > MAX_LEASE_AGE_MS && !isExcused) {
          violations.push(`${asker.name} sends ${id}, which was adopted ${adoptedForMs} ms ago`);
        }
      }
      asker.inFlight.add(request);
      const answer = new Promise<Answer>((resolve) => {
        const answered = (answer: Answer) => {
          limit.cancel();
          if (!asker.inFlight.delete(request)) return;
          write(`${asker.name} reads ${answer.status} for ${request.ids}`);
          request.isCertain = answer.status === 200 && !answer.foreign;
          asker.answered = request;
          resolve(answer);
        };
        const limit = setTimer(asker, () => answered(NO_ANSWER), REQUEST_LIMIT_MS);
        tasks.push({
          page: asker,
          needsPage: false,
          run(fault) {
            const served = fault === 'lost' ? NO_ANSWER : serve(request, batch, fault);
            write(`${asker.name}: ${request.ids} served ${served.status} (${fault})`);
            const read = fault === 'unanswered' ? NO_ANSWER : served;
            tasks.push({ page: asker, needsPage: true, run: () => answered(read) });
          },
        });
      });
      return { survivesPage: keepalive && settings.keepalive, answer };
    },
    beacon(batch: BatchRequest, signer: Signer | undefined) {
      if (eventsIn(batch).length > beaconEvents) return false;
      const request = requestOf(page(), batch, signer);
      write(`${page().name} beacons ${request.ids}`);
      sendUnread(request, batch);
      return true;
    },
    sendLater(batch: BatchRequest, signer: Signer | undefined) {
      if (!settings.hasFetchLater) return undefined;
      const { scheduled } = page();
      const request = requestOf(page(), batch, signer);
      scheduled.set(request, batch);
      return () => void scheduled.delete(request);
    },
  });

  const credentialsOf = (page: () => Page): Pick<CredentialsKeeper, 'current' | 'get' | 'isWarm'> => {
    const current = () => {
      const { key } = page();
      return key === undefined
        ? undefined
        : { deriveKey() {}, presign: () => `${key}`, signHeaders: () => ({}) };
    };
    const ask = () =>
      new Promise<Signer>((resolve, reject) => {
        const asker = page();
        tasks.push({
          page: asker,
          needsPage: true,
          run(fault) {
            if (fault === 'none') asker.key = validKey;
            const answer = fault === 'throttled' && {
              ...NO_ANSWER,
              status: 400,
              kind: 'TooManyRequestsException',
            };
            if (fault === 'none') resolve(current() as Signer);
            else reject(Object.assign(new Error(fault), answer && { answer }));
          },
        });
      });
    return {
      current,
      isWarm: () => !!current(),
      get: async (renew) => (renew ? undefined : current()) ?? ask(),
    };
  };

  /** Does the tracker's part: see src/browser/tracker.ts. */
  const syncFromStorage = async (page: Page) => {
    if (page.stopped || page.isWithdrawn) return;
    const session = storeOf(() => page).update('session', () => []);
    await Promise.all([session, page.queue.adoptAbandoned()]);
    if (page.isWithdrawn) return page.queue.remove(page.queue.events());
    if (page.stopped) return;
    const calls = page.pendingCalls ?? [];
    page.pendingCalls = undefined;
    for (const run of calls) run();
    for (const item of page.queue.events()) if (!item.sessionId) assignSession(page, item);
    page.delivery.resume();
  };

  const assignSession = (page: Page, item: QueuedEvent) => {
    Object.assign(item, { userId: undefined }, VISITORS[visitor]);
    fateOf(item.event.eventId).visitor = `${item.sessionId} ${item.userId}`;
    page.queue.add(item);
    page.delivery.onEnqueued();
  };

  const syncAgain = (page: Page) => {
    page.ready.then(() => syncFromStorage(page));
  };

  const record = (page: Page, isBad: boolean, isAction: boolean) => {
    if (page.stopped || page.isWithdrawn) return;
    const id = `${fates.size + 1}`;
    write(`${page.name} records ${id}${isAction ? ' of an action' : ''}${isBad ? ', a bad one' : ''}`);
    fates.set(id, {
      id,
      isAction,
      isBad,
      visitor: '',
      isStored: false,
      holder: page,
      isExcused: false,
      requests: [],
      delivered: [],
      rejected: [],
      leftovers: 0,
    });
    const item: QueuedEvent = {
      event: { eventType: 'click', eventId: id, sentAt: clock / 1000, ...(isAction && { actionId: 'a' }) },
      recordedAt: clock,
      size: 50,
    };
    if (page.pendingCalls) {
      page.queue.add(item);
      page.pendingCalls.push(() => page.queue.has(item) && assignSession(page, item));
    } else assignSession(page, item);
  };

  /** Ends a page: its memory is lost, with the events that only it held. */
  const end = (page: Page) => {
    page.state = 'gone';
    for (const fate of fates.values()) {
      if (fate.holder === page && !fate.isStored && !page.hasHandedOff) fate.isExcused = true;
    }
    for (const [request, batch] of page.scheduled) sendUnread(request, batch);
  };

  const replies = (): ((fault: Fault) => Promise<void>)[] => [
    ...(transactions.length ? [commit] : []),
    ...pages
      .filter(({ state, replies }) => state === 'live' && replies.length)
      .map((page) => () => runOn(page, page.replies.shift() as () => void)),
  ];

  const available = () => [
    ...replies(),
    ...tasks
      .filter(({ page, needsPage }) => !needsPage || page.state === 'live')
      .map((task) => async (fault: Fault) => {
        tasks = tasks.filter((one) => one !== task);
        task.run(fault);
        await nextTurn();
      }),
  ];

  const commit = async (fault: Fault) => {
    const transaction = transactions.shift() as Transaction;
    const { page, isChange } = transaction;
    // A frozen page that blocks the store for others is evicted.
    if (isChange && page.state === 'frozen') end(page);
    const isCommitted = fault === 'none' && !(isChange && page.state === 'gone');
    if (isCommitted) transaction.commit();
    else transaction.drop();
    transaction.reply(isCommitted);
    await nextTurn();
  };

  /** Returns one of the pages in a state, if there is any. */
  const pick = (which: number, fits: (page: Page) => boolean) => {
    const all = pages.filter(fits);
    return all[which % all.length];
  };
  const isLive = ({ state, stopped }: Page) => state === 'live' && !stopped;

  const on = (fits: (page: Page) => boolean, run: (page: Page) => unknown) => async (which: number) => {
    const page = pick(which, fits);
    if (page) await runOn(page, () => run(page));
  };

  const flush = (page: Page) => {
    page.flushing++;
    page.ready.then(page.delivery.flush).then(() => page.flushing--);
  };

  /** Flushes a page one of whose operations is halted: the other operation must still be delivered. */
  const flushUnhalted = async (page: Page) => {
    await runOn(page, () => flush(page));
    await world.calm();
    // A single bad event is kept until anything is accepted.
    const waiting = page.queue
      .events()
      .filter(({ event }) => !page.halted.has(!!event.actionId) && !fateOf(event.eventId).isBad);
    if (waiting.length || page.flushing) {
      violations.push(
        `${page.name} keeps ${waiting.map(({ event }) => event.eventId)}, which is not refused`,
      );
    }
  };

  const grant = (page: Page) =>
    runOn(page, () => {
      write(`${page.name} has consent again`);
      page.isWithdrawn = false;
      page.phase.activate();
      page.delivery.onActive();
      syncAgain(page);
    });

  const show = (page: Page) =>
    runOn(page, () => {
      write(`${page.name} is shown`);
      page.isHidden = false;
      if (!page.isWithdrawn) syncAgain(page);
    });

  const restore = async (page: Page) => {
    page.state = 'live';
    page.isUnloaded = page.hasHandedOff = page.isHidden = false;
    await runOn(page, () => {
      page.phase.restore();
      if (page.phase.isActive()) page.delivery.onActive();
      syncAgain(page);
    });
  };

  const unload = async (page: Page, then: State, lateEvents: number) => {
    write(`${page.name} is unloaded`);
    await runOn(page, () => {
      for (const request of page.inFlight) request.isDoubtful = true;
      page.phase.unload();
      page.delivery.flushOnUnload();
      page.isUnloaded = true;
      page.hasHandedOff = !areHandoffsFull;
      // The page's own listeners may run after the tracker's.
      for (let i = 0; i < lateEvents; i++) record(page, false, i === 1);
      page.delivery.flushOnHidden();
    });
    if (then === 'gone') end(page);
    else page.state = then;
    page.isSuspect = true;
  };

  const world = {
    records,
    handoffs,
    pages,
    fates,
    violations,
    log,
    async open() {
      const page = {
        name: `page ${pages.length + 1}`,
        state: 'live',
        pendingCalls: [],
        key: undefined,
      } as unknown as Page;
      write(`${page.name} opens`);
      const self = () => page;
      const report = (kind: 'delivered' | 'rejected') => (item: QueuedEvent, reason?: string) => {
        write(`${page.name} reports ${item.event.eventId} ${kind} ${reason ?? ''}`);
        fateOf(item.event.eventId)[kind].push(page);
        if (page.listenersThrow) throw new Error('a listener of the page throws');
      };
      Object.assign(page, {
        isHidden: false,
        isUnloaded: false,
        isSuspect: false,
        stopped: false,
        isWithdrawn: false,
        listenersThrow: settings.listenersThrow,
        epoch: undefined,
        halted: new Set(),
        answered: undefined,
        sentUnrenewed: new Set(),
        replies: [],
        inFlight: new Set(),
        scheduled: new Map(),
        hasHandedOff: false,
        flushing: 0,
      });
      pages.push(page);
      page.queue = createEventStore(
        storeOf(self),
        handoffsOf(self),
        page.name,
        report('rejected'),
        () => clock,
      );
      page.phase = createPagePhase();
      page.phase.activate();
      page.delivery = createDelivery({
        store: page.queue,
        phase: page.phase,
        transport: transportOf(self),
        credentials: settings.signed ? credentialsOf(self) : undefined,
        toRequest: (batch) => toRequest(DESTINATION, batch, 0),
        acceptance: {
          wasAccepted: async (operation) => accepted.has(operation),
          onAccepted: (operation) => accepted.add(operation),
        },
        isVisible: () => !page.isHidden,
        now: () => clock,
        flushSize: settings.flushSize,
        flushIntervalMs: settings.flushIntervalMs,
        onDelivered: report('delivered'),
        onRejected: report('rejected'),
        onHalt() {
          if (page.answered) page.halted.add(page.answered.isOfActions);
        },
        onTrouble() {},
      });
      await runOn(page, () => {
        page.ready = syncFromStorage(page);
      });
      return page;
    },
    /** Records events; every `actionEvery`th is an action. */
    add: (which: number, count: number, isBad: boolean, actionEvery: number) =>
      on(isLive, (page) => {
        for (let i = 1; i <= count; i++) record(page, isBad && i === (count >> 1) + 1, i % actionEvery === 0);
      })(which),
    /** Runs one of the tasks that a page or a request waits for. */
    async step(which: number, fault: Fault) {
      const all = available();
      await all[which % all.length]?.(fault);
    },
    /** Runs all tasks without a fault. */
    async calm() {
      for (let next = available(); next.length; next = available()) await next[0]?.('none');
    },
    /** Lets time pass, in which the store answers at once or not at all. */
    async advance(ms: number, isStorePrompt: boolean) {
      const until = elapsed + ms;
      const store = async () => {
        if (isStorePrompt) for (let next = replies(); next.length; next = replies()) await next[0]?.('none');
      };
      await store();
      const due = () =>
        timers.filter(({ page, at }) => page.state === 'live' && at <= until).sort((a, b) => a.at - b.at)[0];
      for (let timer = due(); timer; timer = due()) {
        const { page, at, run } = timer;
        timers = timers.filter((one) => one !== timer);
        clock += Math.max(0, at - elapsed);
        elapsed = Math.max(elapsed, at);
        await runOn(page, run);
        await store();
      }
      clock += until - elapsed;
      elapsed = until;
    },
    async setClock(ms: number) {
      clock += ms;
      isClockSet = true;
    },
    hide: on(
      (page) => page.state === 'live' && !page.isHidden,
      (page) => {
        write(`${page.name} is hidden`);
        page.isHidden = true;
        page.sentUnrenewed = new Set(page.queue.events().map(({ event }) => event.eventId));
        if (!page.stopped) page.delivery.flushOnHidden();
      },
    ),
    async show(which: number) {
      const page = pick(which, (one) => isLive(one) && one.isHidden);
      if (page) await show(page);
    },
    async freeze(which: number) {
      const page = pick(which, (one) => isLive(one) && one.isHidden);
      if (!page) return;
      write(`${page.name} is frozen`);
      page.state = 'frozen';
      for (const request of page.inFlight) request.isDoubtful = true;
      page.isSuspect = true;
    },
    async unload(which: number, isCached: boolean, room: number, lateEvents: number) {
      const page = pick(which, isLive);
      beaconEvents = room;
      if (page) await unload(page, isCached ? 'frozen' : 'gone', lateEvents);
    },
    async restore(which: number) {
      const page = pick(which, ({ state }) => state === 'frozen');
      if (!page) return;
      write(`${page.name} is restored`);
      await restore(page);
    },
    /** Crashes a page; a frozen one is evicted. */
    async crash(which: number) {
      const page = pick(which, ({ state }) => state !== 'gone');
      if (!page) return;
      write(`${page.name} crashes`);
      end(page);
    },
    online: on((page) => isLive(page) && !page.isWithdrawn, syncAgain),
    flush: on((page) => isLive(page) && !page.isWithdrawn, flush),
    stop: on(isLive, (page) => {
      page.stopped = true;
      for (const request of page.inFlight) request.isDoubtful = true;
      page.phase.stop();
      page.delivery.onInactive();
      page.hasHandedOff = !areHandoffsFull;
    }),
    /** Withdraws consent in all tabs of the site: see src/browser/consent.ts and `deactivate` in src/browser/activation.ts. */
    async withdraw() {
      write('consent is withdrawn');
      for (const page of pages) {
        if (page.state === 'frozen') end(page);
        if (!isLive(page) || page.isWithdrawn) continue;
        page.isWithdrawn = true;
        await runOn(page, () => {
          for (const request of page.inFlight) request.isDoubtful = true;
          page.phase.deactivate();
          page.queue.remove(page.queue.events());
          page.delivery.onInactive();
          page.pendingCalls = page.pendingCalls && [];
        });
      }
      for (const transaction of transactions.splice(0)) transaction.reply(false);
      for (const fate of fates.values()) {
        fate.isExcused = true;
        fate.leftovers++;
      }
      records.clear();
      handoffs.clear();
      epoch++;
    },
    async grant(which: number) {
      const page = pick(which, (one) => isLive(one) && one.isWithdrawn);
      if (page) await grant(page);
    },
    /** Deletes or empties the database, as another script of the site may. The browser reports a deletion to open pages. */
    async emptyStore(isReported: boolean) {
      write('the database is emptied');
      for (const fate of fates.values()) {
        if (!fate.isStored) continue;
        const holder = pages.find(
          (page) => isLive(page) && page.queue.events().some(({ event }) => event.eventId === fate.id),
        );
        // A page that has not noticed may be unloaded before it does.
        fate.isExcused ||= !holder || !isReported;
        fate.holder = holder ?? fate.holder;
        fate.leftovers++;
        fate.isStored = false;
      }
      records.clear();
      epoch++;
      if (isReported) for (const page of pages.filter(isLive)) await runOn(page, () => page.onEmptied());
    },
    /** Invalidates the credentials given out so far. */
    async revoke() {
      validKey++;
    },
    async deny(operations: boolean[]) {
      denied = operations;
    },
    async fillHandoffs(isFull: boolean) {
      areHandoffsFull = isFull;
    },
    async identify(which: number) {
      visitor = which;
    },
    /** Lets everything work again and keeps each page visible for as long as anything may take. No page opens. */
    async recover() {
      denied = [];
      areHandoffsFull = false;
      write('all is well again, and every page is visible');
      for (const page of pages.filter(({ state }) => state !== 'gone')) {
        if (page.state === 'frozen') await restore(page);
        if (!isLive(page)) continue;
        if (page.isWithdrawn) await grant(page);
        if (page.isHidden) await show(page);
        await runOn(page, () => record(page, false, false));
      }
      await world.calm();
      const until = elapsed + settings.flushIntervalMs + LONGEST_MS;
      while (elapsed < until) {
        await world.advance(Math.min(STEP_MS, until - elapsed), true);
        await world.calm();
      }
      return pages.filter(isLive).map((page) => ({
        page,
        waiting: page.queue
          .events()
          .map(({ event }) => event)
          .filter(({ eventId, actionId }) => !fateOf(eventId).isBad && !page.halted.has(!!actionId)),
      }));
    },
    /** Lets everything work again. Pages stay, unload or crash; a minute later one more page opens and sends. */
    async finish(ends: ('stay' | 'unload' | 'crash')[]) {
      denied = [];
      areHandoffsFull = false;
      beaconEvents = Number.POSITIVE_INFINITY;
      write('all is well again');
      await world.calm();
      for (const page of pages) if (isLive(page) && page.isWithdrawn) await grant(page);
      await world.calm();
      const staying: Page[] = [];
      for (const [i, page] of pages.entries()) {
        const how = ends[i % ends.length];
        if (page.state === 'gone') continue;
        if (how === 'crash') end(page);
        else {
          if (page.state === 'frozen') await restore(page);
          await world.calm();
          if (page.stopped) end(page);
          else if (how === 'stay' && !page.halted.size) staying.push(page);
          else {
            if (how === 'stay') await flushUnhalted(page);
            await unload(page, 'gone', 0);
          }
        }
      }
      await world.calm();
      await world.advance(61_000, true);
      // However the clock was set, every page's lease has expired.
      if (isClockSet) clock += 12 * 3_600_000;
      await world.calm();
      for (const page of [...staying, await world.open()]) {
        await world.calm();
        // Events refused before are known to be bad once anything is accepted.
        await runOn(page, () => {
          for (const isAction of [false, true]) record(page, false, isAction);
        });
        await runOn(page, () => flush(page));
        await world.calm();
        staying.push(page);
      }
      return new Set(staying);
    },
  };
  return world;
};
