// Several pages of one site, their shared storage, the network and the service, each of which moves only when told
// to: whatever a page waits for is a task, and tasks run in any order, go wrong in any way, or come too late.
import { AsyncLocalStorage } from 'node:async_hooks';
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

export interface Settings {
  flushSize: number;
  flushIntervalMs: number;
  /** Whether requests are signed. */
  signed: boolean;
  /** Whether the browser has `fetchLater`. */
  armable: boolean;
  /** Whether a request with keepalive outlives its page. */
  keepalive: boolean;
  jitter: number;
  /** Whether the page's listeners throw. */
  unruly: boolean;
}

/** What may come of a task: of a request all of it, of anything else that it fails. */
export type Fault =
  | 'none'
  | 'lost'
  | 'unanswered'
  | 'unavailable'
  | 'throttled'
  | 'too large'
  /** Somebody else answers 200 in the service's place. */
  | 'foreign'
  /** A proxy's 400, which blames nobody. */
  | 'unblamed'
  /** Nothing in it is of the type that it should be. */
  | 'odd';

/** A page runs, or its memory is kept but nothing runs, or it is gone. */
type State = 'live' | 'frozen' | 'gone';

interface Page {
  name: string;
  state: State;
  isHidden: boolean;
  hasLeft: boolean;
  /** It has been frozen, or its storage has failed or hung: what it knows may be old. */
  isSuspect: boolean;
  queue: EventStore;
  phase: PagePhase;
  delivery: Delivery;
  /** What was called before storage answered, as in the tracker. */
  pendingCalls: (() => unknown)[] | undefined;
  ready: Promise<void>;
  stopped: boolean;
  /** Consent has been withdrawn, and not given again. */
  isWithdrawn: boolean;
  /** Its listeners throw. */
  isUnruly: boolean;
  /** Of the database as it knows it. */
  epoch: number | undefined;
  onEmptied(): void;
  /** Operations it no longer asks for: the actions' (true), the events'. */
  halted: Set<boolean>;
  /** The one whose answer it has read last. */
  answered: Request | undefined;
  key: number | undefined;
  /** What it sent as it was hidden, when nothing can be asked first. */
  unasked: Set<string>;
  /** Answers of the store, in the order of its transactions. */
  replies: (() => void)[];
  inFlight: Set<Request>;
  /** What the browser is to send should the page crash. */
  scheduled: Map<Request, BatchRequest>;
  /** What was not stored has been written down as it left. */
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
  /** Its page has read 200, and had it all to itself until then. */
  isCertain: boolean;
  /** Its page had left or was frozen, or another had taken an event over, before the answer. */
  isDoubtful: boolean;
}

interface Transaction {
  page: Page;
  /** What it does needs its page: nobody else can say what to put. */
  isChange: boolean;
  commit(): void;
  /** Its page hears of it. */
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

/** An event and all that is known of it. */
interface Fate {
  id: string;
  isAction: boolean;
  /** The service refuses it. */
  isBad: boolean;
  /** The session and the user it was given. */
  visitor: string;
  /** Has been in the store. */
  isStored: boolean;
  /** Where it is until it is stored: a page, or the note of one. */
  holder: Page | string;
  /** Its page crashed, or could keep no note as it left, before it was stored: nobody could have saved it. */
  isExcused: boolean;
  requests: Request[];
  delivered: Page[];
  rejected: Page[];
  /** Times its record stayed in the store though it was settled, or was in more than one place. */
  leftovers: number;
}

const STORE_LIMIT_MS = 3000;
const REQUEST_LIMIT_MS = 30_000;
/** How old at most a page's knowledge is of what it owns, when it sends by the loop. */
const HELD_MS = 25_000;

/** A page delivers within this long once all is well: the longest backoff or a minute, and three for what is unconfirmed. */
const LONGEST_MS = 6 * 60_000;
const PACE_MS = 10_000;

const DESTINATION = { trackingId: 't', actionTrackingId: 'a', endpointUrl: '' };

const VISITORS = [{ sessionId: 's1' }, { sessionId: 's1', userId: 'u1' }, { sessionId: 's2', userId: 'u2' }];

/** The page whose code runs. Its timers are its own: they stop with it. */
const acting = new AsyncLocalStorage<{ setTimeout(run: () => void, ms: number): unknown }>();

/** Gives pages their own timers, and backoff one jitter; whoever else asks gets the real ones. */
export const fakeTimers = () => {
  const { setTimeout, clearTimeout } = globalThis;
  const { random } = Math;
  Object.assign(globalThis, {
    setTimeout: (run: () => void, ...rest: [number]) =>
      (acting.getStore()?.setTimeout ?? setTimeout)(run, ...rest),
    clearTimeout(timer?: { cancel?(): void } & NodeJS.Timeout) {
      if (timer?.cancel) timer.cancel();
      else clearTimeout(timer);
    },
  });
  return () => {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    Math.random = random;
  };
};

const aTurn = () => new Promise((resolve) => setImmediate(resolve));

export const createWorld = (settings: Settings) => {
  const records = new Map<string, unknown>();
  /** Operations of which the service has accepted something on this device. */
  const accepted = new Set<Operation>();
  /** The database is another one whenever somebody has deleted or emptied it. */
  let epoch = 0;
  const notes = new Map<string, string>();
  const pages: Page[] = [];
  const fates = new Map<string, Fate>();
  /** Of all pages: IndexedDB runs those that write one after the other, in the order in which they were made. */
  const transactions: Transaction[] = [];
  let tasks: Task[] = [];
  let timers: Timer[] = [];
  /** When a page took an event over from another that was not known to be gone: `page id`. */
  const takenAt = new Map<string, number>();
  const violations: string[] = [];
  const story: string[] = [];
  /** Of the machine. */
  let elapsed = 0;
  /** Of the visitor, who may set it. */
  let clock = Date.UTC(2026, 0, 1);
  let isClockSet = false;
  let visitor = 0;
  let validKey = 1;
  /** Operations that the role may not ask for: the actions' (true), the events'. */
  let denied: boolean[] = [];
  let areHandoffsFull = false;
  let beaconEvents = Number.POSITIVE_INFINITY;
  Math.random = () => settings.jitter;

  const tell = (what: string) => story.push(`${elapsed} ${what}`);
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

  /** Runs code of the page, and all that follows from it at once. */
  const within = async (page: Page, run: () => void) => {
    if (page.state === 'live') acting.run({ setTimeout: (then, ms) => setTimer(page, then, ms) }, run);
    await aTurn();
  };

  const committed = memoryStore(records);

  const storeOf = (page: () => Page): Store => {
    const begin = <T>(
      what: string,
      ids: string[],
      isChange: boolean,
      run: () => Promise<T>,
      seen: () => void,
    ) =>
      new Promise<T | undefined>((resolve) => {
        const asker = page();
        if (asker.isWithdrawn) return resolve(undefined);
        let outcome: Promise<T> | undefined;
        let isLate = false;
        /** The store has it, and its page does not know that. */
        const unknown = () => {
          if (what === 'put') for (const id of ids) fateOf(id).leftovers++;
        };
        const limit = setTimer(
          asker,
          () => {
            tell(`${asker.name}: ${what} ${ids} has timed out`);
            asker.isSuspect = isLate = true;
            if (outcome) unknown();
            resolve(undefined);
          },
          STORE_LIMIT_MS,
        );
        transactions.push({
          page: asker,
          isChange,
          commit() {
            outcome = run();
            seen();
            if (isLate) unknown();
            tell(`${asker.name}: ${what} ${ids} is committed`);
          },
          reply(isCommitted) {
            asker.replies.push(() => {
              limit.cancel();
              resolve(isCommitted ? outcome : undefined);
            });
          },
          drop() {
            tell(`${asker.name}: ${what} ${ids} is lost`);
            asker.isSuspect = true;
            if (what === 'remove') for (const id of ids) fateOf(id).leftovers++;
          },
        });
      });
    return {
      get: <T>(prefix: string) =>
        begin(
          'get',
          [prefix],
          true,
          () => committed.get<T>(prefix),
          () => {},
        ),
      update<T>(prefix: string, change: (old: Entry<T>[]) => Entry<T>[]) {
        let before: [string, string | undefined][] = [];
        return begin(
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
            for (const [id, owner] of before) if (ownerOf(id) !== owner) adopted(id, owner, page());
          },
        );
      },
      put(entries) {
        const copies = structuredClone(entries);
        const ids = entries.map(([key]) => idOf(key));
        return begin(
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
        return begin(
          'remove',
          keys.map(idOf),
          false,
          () => committed.remove(keys),
          () => {},
        );
      },
    };
  };

  const adopted = (id: string, from: string | undefined, by: Page) => {
    tell(`${by.name} takes ${id} over from ${from}`);
    // By a clock that has been set a record may pass for abandoned that its page has noted as well.
    if (isClockSet) fateOf(id).leftovers++;
    const loser = pages.find(({ name }) => name === from);
    if (!loser || loser === by) return;
    takenAt.set(`${loser.name} ${id}`, elapsed);
    takenAt.delete(`${by.name} ${id}`);
    for (const request of loser.inFlight) {
      if (!request.ids.includes(id)) continue;
      request.isDoubtful = true;
      if (isLive(loser) && !loser.hasLeft && !loser.isSuspect && !isClockSet && !loser.unasked.has(id)) {
        violations.push(`${by.name} takes ${id}, which ${from} is sending`);
      }
    }
  };

  const handoffsOf = (page: () => Page) => {
    const kept = memoryHandoffs<UnloadSnapshot>(notes);
    const spilled = (key: string) => {
      const note = kept.all().find(([name]) => name === key)?.[1];
      return (note?.items ?? []).map(({ event }) => fateOf(event.eventId));
    };
    return {
      ...kept,
      put(key: string, note: UnloadSnapshot) {
        if (areHandoffsFull || page().isWithdrawn || !kept.put(key, note)) return false;
        tell(`${key} leaves ${JSON.stringify(spilled(key).map(({ id }) => id))} in its snapshot`);
        for (const fate of spilled(key)) fate.holder = key;
        return true;
      },
      take(key: string) {
        const items = spilled(key);
        const note = kept.take(key);
        if (note) {
          tell(`${page().name} takes the snapshot of ${key}`);
          for (const fate of items) {
            fate.holder = page();
            const owner = ownerOf(fate.id);
            const isElsewhere = owner
              ? ![key, page().name].includes(owner)
              : takenAt.has(`${key} ${fate.id}`);
            // Written after all, and so taken by one from the store and by another from the note.
            if (isElsewhere) fate.leftovers++;
          }
        }
        return note;
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

  /** In either operation's form; only actions have the visitor each. */
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

  /** What the browser sends whatever becomes of the page; nobody reads the answer. */
  const sendBlindly = (request: Request, batch: BatchRequest) => {
    for (const id of request.ids) fateOf(id).requests.push(request);
    tasks.push({
      page: request.page,
      needsPage: false,
      run(fault) {
        const { status } = fault === 'lost' ? NO_ANSWER : serve(request, batch, fault);
        tell(`${request.page.name}: unread request ${request.ids} is answered ${status}`);
      },
    });
  };

  const transportOf = (page: () => Page) => ({
    post(batch: BatchRequest, signer: Signer | undefined, keepalive: boolean) {
      const asker = page();
      const request = requestOf(asker, batch, signer);
      tell(`${asker.name} posts ${request.ids}`);
      for (const id of request.ids) {
        fateOf(id).requests.push(request);
        for (const other of asker.inFlight) {
          if (other.ids.includes(id) && !other.isDoubtful)
            violations.push(`${asker.name} posts ${id} twice at a time`);
        }
        if (asker.hasLeft || asker.stopped) violations.push(`${asker.name} posts ${id}, which it has let go`);
        const takenFor = elapsed - (takenAt.get(`${asker.name} ${id}`) ?? Number.NaN);
        const { owner = asker.name, ownedSince = clock } = recordOf(id) ?? {};
        const isExcused = asker.isSuspect || asker.unasked.has(id) || isClockSet;
        // It may be taken over before the answer.
        const isLate = clock - ownedSince > HELD_MS;
        if (owner !== asker.name || !Number.isNaN(takenFor) || isLate) request.isDoubtful = true;
        if (isLate && !isExcused) violations.push(`${asker.name} sends ${id} without having asked for it`);
        if (takenFor > HELD_MS && !isExcused) {
          violations.push(`${asker.name} sends ${id}, which was taken over ${takenFor} ms ago`);
        }
      }
      asker.inFlight.add(request);
      const answer = new Promise<Answer>((resolve) => {
        const answered = (answer: Answer) => {
          limit.cancel();
          if (!asker.inFlight.delete(request)) return;
          tell(`${asker.name} reads ${answer.status} for ${request.ids}`);
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
            tell(`${asker.name}: ${request.ids} served ${served.status} (${fault})`);
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
      tell(`${page().name} beacons ${request.ids}`);
      sendBlindly(request, batch);
      return true;
    },
    sendLater(batch: BatchRequest, signer: Signer | undefined) {
      if (!settings.armable) return undefined;
      const { scheduled: armed } = page();
      const request = requestOf(page(), batch, signer);
      armed.set(request, batch);
      return () => void armed.delete(request);
    },
  });

  const credentialsOf = (page: () => Page): Pick<CredentialsKeeper, 'current' | 'get'> => {
    const current = () => {
      const { key } = page();
      return key === undefined ? undefined : { presign: () => `${key}`, signHeaders: () => ({}) };
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
      get: async (anew) => (anew ? undefined : current()) ?? ask(),
    };
  };

  /** The tracker's part: see src/browser/tracker.ts. */
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
    tell(`${page.name} records ${id}${isAction ? ' of an action' : ''}${isBad ? ', a bad one' : ''}`);
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

  /** Its memory is gone, and what was only there. */
  const end = (page: Page) => {
    page.state = 'gone';
    for (const fate of fates.values()) {
      if (fate.holder === page && !fate.isStored && !page.hasHandedOff) fate.isExcused = true;
    }
    for (const [request, batch] of page.scheduled) sendBlindly(request, batch);
  };

  const replies = (): ((fault: Fault) => Promise<void>)[] => [
    ...(transactions.length ? [commit] : []),
    ...pages
      .filter(({ state, replies }) => state === 'live' && replies.length)
      .map((page) => () => within(page, page.replies.shift() as () => void)),
  ];

  const available = () => [
    ...replies(),
    ...tasks
      .filter(({ page, needsPage }) => !needsPage || page.state === 'live')
      .map((task) => async (fault: Fault) => {
        tasks = tasks.filter((one) => one !== task);
        task.run(fault);
        await aTurn();
      }),
  ];

  const commit = async (fault: Fault) => {
    const transaction = transactions.shift() as Transaction;
    const { page, isChange } = transaction;
    // A frozen page that keeps others from the store is evicted.
    if (isChange && page.state === 'frozen') end(page);
    const isCommitted = fault === 'none' && !(isChange && page.state === 'gone');
    if (isCommitted) transaction.commit();
    else transaction.drop();
    transaction.reply(isCommitted);
    await aTurn();
  };

  /** One of the pages in that state, if there is any. */
  const pick = (which: number, fits: (page: Page) => boolean) => {
    const all = pages.filter(fits);
    return all[which % all.length];
  };
  const isLive = ({ state, stopped }: Page) => state === 'live' && !stopped;

  const on = (fits: (page: Page) => boolean, run: (page: Page) => unknown) => async (which: number) => {
    const page = pick(which, fits);
    if (page) await within(page, () => run(page));
  };

  const flush = (page: Page) => {
    page.flushing++;
    page.ready.then(page.delivery.flush).then(() => page.flushing--);
  };

  /** What another operation was refused for is no matter to this one. */
  const goOn = async (page: Page) => {
    await within(page, () => flush(page));
    await world.calm();
    // A bad one alone is kept until anything is accepted.
    const left = page.queue
      .events()
      .filter(({ event }) => !page.halted.has(!!event.actionId) && !fateOf(event.eventId).isBad);
    if (left.length || page.flushing) {
      violations.push(`${page.name} keeps ${left.map(({ event }) => event.eventId)}, which is not refused`);
    }
  };

  const grant = (page: Page) =>
    within(page, () => {
      tell(`${page.name} has consent again`);
      page.isWithdrawn = false;
      page.phase.activate();
      page.delivery.onActive();
      syncAgain(page);
    });

  const show = (page: Page) =>
    within(page, () => {
      tell(`${page.name} is shown`);
      page.isHidden = false;
      if (!page.isWithdrawn) syncAgain(page);
    });

  const comeBack = async (page: Page) => {
    page.state = 'live';
    page.hasLeft = page.hasHandedOff = page.isHidden = false;
    await within(page, () => {
      page.phase.restore();
      if (page.phase.isActive()) page.delivery.onActive();
      syncAgain(page);
    });
  };

  const leave = async (page: Page, then: State, late: number) => {
    tell(`${page.name} leaves`);
    await within(page, () => {
      for (const request of page.inFlight) request.isDoubtful = true;
      page.phase.unload();
      page.delivery.flushOnUnload();
      page.hasLeft = true;
      page.hasHandedOff = !areHandoffsFull;
      // The page's own listeners may come after the tracker's.
      for (let i = 0; i < late; i++) record(page, false, i === 1);
      page.delivery.flushOnHidden();
    });
    if (then === 'gone') end(page);
    else page.state = then;
    page.isSuspect = true;
  };

  const world = {
    records,
    notes,
    pages,
    fates,
    violations,
    story,
    async open() {
      const page = {
        name: `page ${pages.length + 1}`,
        state: 'live',
        pendingCalls: [],
        key: undefined,
      } as unknown as Page;
      tell(`${page.name} opens`);
      const self = () => page;
      const report = (kind: 'delivered' | 'rejected') => (item: QueuedEvent, reason?: string) => {
        tell(`${page.name} reports ${item.event.eventId} ${kind} ${reason ?? ''}`);
        fateOf(item.event.eventId)[kind].push(page);
        if (page.isUnruly) throw new Error('a listener of the page throws');
      };
      Object.assign(page, {
        isHidden: false,
        hasLeft: false,
        isSuspect: false,
        stopped: false,
        isWithdrawn: false,
        isUnruly: settings.unruly,
        epoch: undefined,
        halted: new Set(),
        answered: undefined,
        unasked: new Set(),
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
      await within(page, () => {
        page.ready = syncFromStorage(page);
      });
      return page;
    },
    /** Every so many of them is an action's. */
    add: (which: number, count: number, isBad: boolean, actionEvery: number) =>
      on(isLive, (page) => {
        for (let i = 1; i <= count; i++) record(page, isBad && i === (count >> 1) + 1, i % actionEvery === 0);
      })(which),
    /** Lets one thing happen that a page or a request waits for. */
    async step(which: number, fault: Fault) {
      const all = available();
      await all[which % all.length]?.(fault);
    },
    /** Lets all of it happen, as it should. */
    async calm() {
      for (let next = available(); next.length; next = available()) await next[0]?.('none');
    },
    /** Time passes, in which the store answers at once or not at all. */
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
        await within(page, run);
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
        tell(`${page.name} is hidden`);
        page.isHidden = true;
        page.unasked = new Set(page.queue.events().map(({ event }) => event.eventId));
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
      tell(`${page.name} is frozen`);
      page.state = 'frozen';
      for (const request of page.inFlight) request.isDoubtful = true;
      page.isSuspect = true;
    },
    async leave(which: number, isCached: boolean, room: number, late: number) {
      const page = pick(which, isLive);
      beaconEvents = room;
      if (page) await leave(page, isCached ? 'frozen' : 'gone', late);
    },
    async comeBack(which: number) {
      const page = pick(which, ({ state }) => state === 'frozen');
      if (!page) return;
      tell(`${page.name} comes back`);
      await comeBack(page);
    },
    /** Of a page that is frozen this is an eviction. */
    async crash(which: number) {
      const page = pick(which, ({ state }) => state !== 'gone');
      if (!page) return;
      tell(`${page.name} crashes`);
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
    /** On one page, and so in all tabs of the site: see src/browser/consent.ts and `deactivate` in src/browser/activation.ts. */
    async withdraw() {
      tell('consent is withdrawn');
      for (const page of pages) {
        if (page.state === 'frozen') end(page);
        if (!isLive(page) || page.isWithdrawn) continue;
        page.isWithdrawn = true;
        await within(page, () => {
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
      notes.clear();
      epoch++;
    },
    async grant(which: number) {
      const page = pick(which, (one) => isLive(one) && one.isWithdrawn);
      if (page) await grant(page);
    },
    /** Another script of the site's deletes the database or empties it; of the first the browser tells open pages. */
    async emptyStore(isTold: boolean) {
      tell('the database is emptied');
      for (const fate of fates.values()) {
        if (!fate.isStored) continue;
        const holder = pages.find(
          (page) => isLive(page) && page.queue.events().some(({ event }) => event.eventId === fate.id),
        );
        // A page that has not noticed may be left before it does.
        fate.isExcused ||= !holder || !isTold;
        fate.holder = holder ?? fate.holder;
        fate.leftovers++;
        fate.isStored = false;
      }
      records.clear();
      epoch++;
      if (isTold) for (const page of pages.filter(isLive)) await within(page, () => page.onEmptied());
    },
    /** Credentials that were given out are no longer good. */
    async revoke() {
      validKey++;
    },
    async deny(operations: boolean[]) {
      denied = operations;
    },
    async fillNotes(isSo: boolean) {
      areHandoffsFull = isSo;
    },
    async identify(which: number) {
      visitor = which;
    },
    /** Everything works again, and somebody looks at each page for as long as anything may take: no other page comes. */
    async recover() {
      denied = [];
      areHandoffsFull = false;
      tell('all is well again, and every page is looked at');
      for (const page of pages.filter(({ state }) => state !== 'gone')) {
        if (page.state === 'frozen') await comeBack(page);
        if (!isLive(page)) continue;
        if (page.isWithdrawn) await grant(page);
        if (page.isHidden) await show(page);
        await within(page, () => record(page, false, false));
      }
      await world.calm();
      const until = elapsed + settings.flushIntervalMs + LONGEST_MS;
      while (elapsed < until) {
        await world.advance(Math.min(PACE_MS, until - elapsed), true);
        await world.calm();
      }
      return pages.filter(isLive).map((page) => ({
        page,
        left: page.queue
          .events()
          .map(({ event }) => event)
          .filter(({ eventId, actionId }) => !fateOf(eventId).isBad && !page.halted.has(!!actionId)),
      }));
    },
    /** Everything works again; pages stay, leave or crash; a minute later the visitor opens one more, which sends. */
    async finish(ends: ('stay' | 'leave' | 'crash')[]) {
      denied = [];
      areHandoffsFull = false;
      beaconEvents = Number.POSITIVE_INFINITY;
      tell('all is well again');
      await world.calm();
      for (const page of pages) if (isLive(page) && page.isWithdrawn) await grant(page);
      await world.calm();
      const staying: Page[] = [];
      for (const [i, page] of pages.entries()) {
        const how = ends[i % ends.length];
        if (page.state === 'gone') continue;
        if (how === 'crash') end(page);
        else {
          if (page.state === 'frozen') await comeBack(page);
          await world.calm();
          if (page.stopped) end(page);
          else if (how === 'stay' && !page.halted.size) staying.push(page);
          else {
            if (how === 'stay') await goOn(page);
            await leave(page, 'gone', 0);
          }
        }
      }
      await world.calm();
      await world.advance(61_000, true);
      // However it was set, every page's time is over.
      if (isClockSet) clock += 12 * 3_600_000;
      await world.calm();
      for (const page of [...staying, await world.open()]) {
        await world.calm();
        // Whatever was refused before is known to be bad once anything is accepted.
        await within(page, () => {
          for (const isAction of [false, true]) record(page, false, isAction);
        });
        await within(page, () => flush(page));
        await world.calm();
        staying.push(page);
      }
      return new Set(staying);
    },
  };
  return world;
};
