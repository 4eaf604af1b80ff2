import { nanoid } from 'nanoid';
import { attribute, type Sources } from './attribution.js';
import type { Trigger } from './capture/attributes.js';
import { capturePage } from './capture/page.js';
import { createConsent } from './consent.js';
import type { InspectedParts, Inspection } from './debug.js';
import type { DispatchOptions } from './dispatch.js';
import {
  isAction,
  problemOf,
  problemOfUserId,
  type RecordedEvent,
  recordEvent,
  type TrackedAction,
  type TrackedEvent,
} from './event.js';
import { createClock } from './lib/clock.js';
import { createEmitter } from './lib/emitter.js';
import {
  isPrerendered,
  listen,
  onHidden,
  onLeave,
  onRestored,
  onVisible,
  type Stop,
  whenActivated,
  whenIdle,
} from './lib/lifecycle.js';
import { within } from './lib/limit.js';
import { eraseNotes, openNotes, openShared } from './lib/notes.js';
import { eraseStore, openStore } from './lib/store.js';
import { createLazyDispatch } from './load.js';
import { type Options, resolveOptions, type Settings } from './options.js';
import { createQueue, type Item } from './queue.js';
import { createSession, type Session } from './session.js';

/** What listeners get, by name. */
export interface TrackerEvents {
  /** An event has been recorded. */
  queued: RecordedEvent;
  /** The service has answered 200 to it. */
  delivered: RecordedEvent;
  /** It will never be delivered: refused by a limit at `track()`, or by the service. */
  rejected: {
    /** As it was handed in, where a limit refused it, else as it waited. */
    event: TrackedEvent | TrackedAction | RecordedEvent;
    /** For people: the field, limit and value, or what the service said. */
    reason: string;
  };
  /** Sending has stopped for this page view; what waits is kept for the next. */
  error: {
    /** For people: what stopped it and what to fix. */
    reason: string;
  };
}

/** Records events and delivers them. No method throws. */
export interface Tracker {
  /**
   * Records one event and returns its eventId at once; delivery happens later, in batches. An event past a
   * limit of the service is reported to `on('rejected')`, and nothing is returned.
   * @example personalize.track('purchase', 'movie-12', { eventValue: 9.99 })
   */
  track(
    eventType: string,
    itemId?: string,
    details?: Omit<TrackedEvent, 'eventType' | 'itemId'>,
  ): string | undefined;
  /**
   * The same with all fields in one object, under the service's own names.
   * @example personalize.track({ eventType: 'purchase', itemId: 'movie-12', eventValue: 9.99 })
   */
  track(event: TrackedEvent): string | undefined;
  /**
   * Records what was done about a recommended action, as `track()` does; needs the option `actionTrackingId`.
   * @example personalize.trackAction('Taken', 'join-film-club')
   */
  trackAction(
    eventType: TrackedAction['eventType'],
    actionId: string,
    details?: Omit<TrackedAction, 'eventType' | 'actionId'>,
  ): string | undefined;
  /**
   * Attaches the logged-in user (1–256 characters) to the running session, which joins what he did before to
   * him; another user than before gets a new session. Holds on later visits, until `reset()`.
   */
  identify(userId: string): void;
  /** Log-out: forgets the user and starts a new session. */
  reset(): void;
  /** The session's ID: what to pass as `userId` to GetRecommendations for an anonymous visitor. Undefined before `ready`. */
  readonly sessionId: string | undefined;
  /** Resolves with the session's ID once storage has answered. */
  readonly ready: Promise<string>;
  /** Sends all that waits; resolves when each of these events is delivered or rejected, or sending stops. */
  flush(): Promise<void>;
  /**
   * `true` lets everything go its way. `false` erases all that is stored on the device and forgets what waits; nothing more is
   * recorded here and in the site's other tabs until `consent(true)`, or the next page where the option `consent` is not set.
   */
  consent(isGranted: boolean): void;
  /**
   * The visitor's own choice: erases as `consent(false)` does, and leaves a mark on the device by which later visits are left
   * alone, too. `optOut(false)` removes it, which `consent(true)` does not.
   */
  optOut(isOut?: boolean): void;
  /** The tracker's state as plain data. Loads `personalize.debug.js`. */
  inspect(): Promise<Inspection>;
  /** Calls `listener` whenever it happens; returns the undo. */
  on<Name extends keyof TrackerEvents>(name: Name, listener: (detail: TrackerEvents[Name]) => void): Stop;
  /** Takes every listener and timer off. What waits is kept for the next visit; later calls do nothing. */
  stop(): void;
}

const NAME = 'personalize-beacon';
const DAY_MS = 86_400_000;
/** So long a page waits for the code that delivers before it goes on without. */
const LOAD_LIMIT_MS = 3000;
/** Events that wait for consent. */
const MAX_HELD = 1000;
/** As many of the last errors `inspect()` tells. */
const MAX_ERRORS = 10;

declare global {
  interface Navigator {
    /** https://w3c.github.io/gpc/ */
    readonly globalPrivacyControl?: boolean;
  }
}

/** Says of itself what it is. */
const isBot = () => navigator.webdriver || /bot|crawl|spider|headless/i.test(navigator.userAgent);

/** Tells the console, under the project's name. */
export const complain = (...what: string[]): void => console.error(`${NAME}: ${what.join('\n')}`);

/** What records events over one function. An item that is null or undefined is none. */
const trackBy = (
  record: (event: TrackedEvent | TrackedAction) => string | undefined,
  reject: (reason: string) => void,
): Pick<Tracker, 'track' | 'trackAction'> => {
  /** What the page hands over may throw as it is read. */
  const attempt = (read: () => TrackedEvent | TrackedAction) => {
    try {
      return record(read());
    } catch (error) {
      reject(`${error}`);
      return undefined;
    }
  };
  return {
    track: (first: string | TrackedEvent, itemId?: string | null, details?: object) =>
      attempt(() =>
        typeof first === 'object' && first
          ? { ...first }
          : ({ ...details, eventType: first, itemId: itemId ?? undefined } as TrackedEvent),
      ),
    trackAction: (eventType, actionId, details) =>
      attempt(() => ({ ...details, eventType, actionId: actionId ?? null })),
  };
};

/** Gets the code that tells of a tracker: no page needs it unless somebody looks. */
const inspect = (parts: InspectedParts): Promise<Inspection> =>
  import('./debug.js').then((it) => it.inspect(parts));

const start = (settings: Settings, toSender: DispatchOptions['toSender']): Tracker => {
  const controller = new AbortController();
  const { signal } = controller;
  const { trackingId, actionTrackingId, debug } = settings;
  const emitter = createEmitter<TrackerEvents>();
  const clock = createClock();
  // Two trackers on a page must not sign with each other's credentials: all is kept by what is configured.
  const name = `${NAME}:${trackingId}`;
  const isOpen = () => refusal() === '';
  const store = openStore(name, isOpen);
  // A file of its own: visitors never need it.
  const printing = debug ? import('./debug.js').then((it) => it.createPrinter(), console.error) : undefined;
  const errors: { at: number; reason: string }[] = [];
  const tell = <Kind extends keyof TrackerEvents>(kind: Kind, detail: TrackerEvents[Kind]) => {
    printing?.then((print) => print?.(kind, detail));
    if ('reason' in detail) {
      errors.unshift({ at: Date.now(), reason: detail.reason });
      errors.splice(MAX_ERRORS);
    }
    emitter.emit(kind, detail);
  };
  const reject = ({ event }: Item, reason: string) => tell('rejected', { event, reason });

  /** What waits for consent, or for somebody to see the page. */
  let held: (() => void)[] = [];
  const whenDecided = (run: () => void) => (refusal() === undefined ? held.push(run) : run());
  let open: () => void;
  const { refusal, decide, consent, optOut } = createConsent(
    !!settings.consent,
    settings.respectGpc && !!navigator.globalPrivacyControl,
    openShared(`${NAME}-out:${trackingId}`, signal),
    () => {
      const waiting = held;
      held = [];
      if (isOpen()) {
        delivery.comeBack();
        open();
      } else {
        forget();
        delivery.stop();
        early = [];
        eraseStore(name);
        eraseNotes(`${name}:`);
      }
      for (const run of waiting) run();
    },
  );

  const queue = createQueue(store, openNotes(`${name}:left:`, isOpen), nanoid(), reject);
  const sharedSession = openShared<Session>(`${name}:session`, signal, isOpen);
  const session = createSession(store, sharedSession, nanoid, settings.sessionMaxAge * DAY_MS);

  const delivery = createLazyDispatch(
    {
      settings,
      queue,
      clock,
      store,
      isOpen,
      toSender,
      onDelivered: ({ event }) => tell('delivered', event),
      onRejected: reject,
      onHalt(reason) {
        complain(`sending stopped: ${reason}`);
        tell('error', { reason });
      },
    },
    () => {
      // It has come late.
      if (!early) takeUp();
    },
  );

  /** Gone for good or into the back/forward cache: for a moment its code may still run. */
  let away = false;
  /** What was called before storage answered, in order. */
  let early: (() => unknown)[] | undefined = [];
  const whenLoaded = (run: () => unknown) => void (early ? early.push(run) : run());

  const stamp = (item: Item) => {
    const running = session.current();
    if (!running) return;
    item.sessionId = running.sessionId;
    item.userId = running.userId;
    queue.add(item);
    delivery.loaded?.queued();
  };

  const sources = openShared<Sources>(`${name}:sources`, signal);
  const withSource = (event: RecordedEvent) =>
    attribute(event, sources, (session.current() ?? sharedSession.get())?.sessionId);

  const record = (input: TrackedEvent | TrackedAction, trigger?: Trigger): string | undefined => {
    if (signal.aborted) return undefined;
    const problem =
      (isAction(input) && !actionTrackingId ? 'actionTrackingId is missing' : problemOf(input)) ||
      refusal() ||
      (held.length < MAX_HELD ? '' : `over ${MAX_HELD} events wait for consent`);
    if (problem) {
      tell('rejected', { event: input, reason: problem });
      return undefined;
    }
    const isUnseen = isPrerendered();
    const recorded = recordEvent(input, Date.now(), nanoid);
    whenDecided(() => {
      const reason = refusal();
      if (reason) return tell('rejected', { event: recorded, reason });
      const recordedAt = Date.now();
      // On a prerendered page it happens when, and if, somebody sees it.
      if (isUnseen && !input.sentAt) recorded.sentAt = recordedAt / 1000;
      const hasSource = settings.attribution && !isAction(input) && trigger !== 'impression';
      const event = hasSource ? withSource(recorded) : recorded;
      const item: Item = {
        event,
        recordedAt,
        size: JSON.stringify(event).length,
        offset: clock.known(),
      };
      queue.add(item);
      // Early ones may go to another page before, with what this one left.
      whenLoaded(() => queue.has(item) && stamp(item));
      tell('queued', event);
    });
    return recorded.eventId;
  };

  const forget = () => {
    queue.remove(queue.items());
    session.forget();
    delivery.loaded?.credentials?.forget();
  };

  /** Takes up what other pages have said and left: at the start, and whenever visitor or network comes back. */
  const takeUp = async () => {
    if (signal.aborted || away || !isOpen()) return;
    const prepared = delivery
      .load()
      .then(() => delivery.loaded?.credentials?.load())
      .catch(console.error);
    await Promise.all([session.load(), within(LOAD_LIMIT_MS, prepared).catch(() => {}), queue.recover()]);
    if (!isOpen()) return forget();
    if (signal.aborted) return;
    const calls = early ?? [];
    early = undefined;
    for (const run of calls) run();
    for (const item of queue.items()) if (!item.sessionId) stamp(item);
    delivery.loaded?.resume();
  };

  const tracker: Tracker = {
    ...trackBy(
      (event) => record(event),
      (reason) => tell('rejected', { event: {} as TrackedEvent, reason }),
    ),
    identify(userId) {
      const problem = problemOfUserId(userId);
      if (problem) complain(problem);
      else whenLoaded(() => session.identify(userId));
    },
    reset: () => whenLoaded(session.reset),
    get sessionId() {
      return session.current()?.sessionId;
    },
    ready: new Promise<void>((resolve) => {
      open = () => resolve(takeUp());
    }).then(() => session.current()?.sessionId as string),
    flush: async () => {
      if (refusal()) return;
      await tracker.ready.then(delivery.load);
      await delivery.loaded?.flush();
    },
    consent,
    optOut,
    inspect: () =>
      inspect({
        settings,
        session: session.current(),
        items: queue.items(),
        expiration: delivery.loaded?.credentials?.expiration(),
        offset: clock.offset,
        errors,
      }),
    on: emitter.on,
    stop() {
      if (signal.aborted) return;
      controller.abort();
      delivery.stop();
    },
  };
  if (settings.userId) tracker.identify(settings.userId);

  const takeUpAgain = () => tracker.ready.then(takeUp);
  onLeave(() => {
    away = true;
    delivery.leave();
  }, signal);
  onHidden(() => delivery.loaded?.hide(), signal);
  onRestored(() => {
    away = false;
    delivery.comeBack();
    takeUpAgain();
  }, signal);
  onVisible(takeUpAgain, signal);
  listen(window, 'online', takeUpAgain, signal);
  capturePage(settings, record, signal);
  whenActivated(decide);
  whenIdle(() => tracker.ready.then(() => delivery.loaded?.prepare()));
  return tracker;
};

/** Stands in where the options do not suffice: the page goes on, and each event's loss is reported. */
const inert = (options: Partial<Options>, reason: string): Tracker => {
  const { on, emit } = createEmitter<TrackerEvents>();
  const nothing = async () => {};
  const errors = [{ at: Date.now(), reason }];
  return {
    ...trackBy(
      (event) => void emit('rejected', { event, reason }),
      (why) => emit('rejected', { event: {} as TrackedEvent, reason: why }),
    ),
    identify: nothing,
    reset: nothing,
    sessionId: undefined,
    ready: new Promise(nothing),
    flush: nothing,
    consent: nothing,
    optOut: nothing,
    inspect: () =>
      inspect({
        settings: options,
        session: undefined,
        items: [],
        expiration: undefined,
        offset: 0,
        errors,
      }),
    on,
    stop: nothing,
  };
};

/**
 * Starts a tracker.
 * @param way what another way to the service knows better than the options
 */
export const begin = (
  options: Options,
  toSender?: DispatchOptions['toSender'],
  way?: Pick<Settings, 'region' | 'endpointUrl'>,
): Tracker => {
  try {
    const { settings, problems } = resolveOptions(options ?? {});
    if (problems.length) complain(...problems);
    if (!settings) return inert(options, problems.join('; '));
    return settings.ignoreBots && isBot()
      ? inert(options, 'ignoreBots')
      : start({ ...settings, ...way }, toSender);
  } catch (error) {
    // What the page hands over may throw as it is read.
    complain(`${error}`);
    return inert({}, `${error}`);
  }
};

/**
 * Starts a tracker. Wrong options make one console message that names each; where the tracker cannot run
 * without them, the page goes on and `on('rejected')` hears of every event.
 * @example const personalize = init({ trackingId: '…', identityPoolId: 'us-east-1:…' });
 */
export const init = (options: Options): Tracker => begin(options);
