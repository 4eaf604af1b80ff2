import { nanoid } from 'nanoid';
import type { Tracker, TrackerEvents } from './api.js';
import { attribute, type Sources } from './attribution.js';
import { capturePage } from './capture/page.js';
import { createConsent } from './consent.js';
import type { InspectedParts, Inspection } from './debug.js';
import type { DispatchOptions } from './dispatch.js';
import { problemOfUserId, type TrackedEvent } from './event.js';
import { createClock } from './lib/clock.js';
import { createEmitter } from './lib/emitter.js';
import {
  listen,
  onHidden,
  onLeave,
  onRestored,
  onVisible,
  whenActivated,
  whenIdle,
} from './lib/lifecycle.js';
import { within } from './lib/limit.js';
import { eraseNotes, openNotes, openShared } from './lib/notes.js';
import { eraseStore, openStore } from './lib/store.js';
import { createLazyDispatch } from './load.js';
import { type Options, resolveOptions, type Settings } from './options.js';
import { createQueue, type Item } from './queue.js';
import { callsOver, createRecorder } from './record.js';
import { createSession, type Session } from './session.js';

const NAME = 'personalize-beacon';
const DAY_MS = 86_400_000;
/** So long a page waits for the code that delivers before it goes on without. */
const LOAD_LIMIT_MS = 3000;
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

/** Gets the code that tells of a tracker: no page needs it unless somebody looks. */
const inspect = (parts: InspectedParts): Promise<Inspection> =>
  import('./debug.js').then((it) => it.inspect(parts));

const start = (settings: Settings, toSender: DispatchOptions['toSender']): Tracker => {
  const controller = new AbortController();
  const { signal } = controller;
  const { trackingId, debug } = settings;
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

  let open: () => void;
  const { refusal, decide, whenDecided, consent, optOut } = createConsent(
    !!settings.consent,
    settings.respectGpc && !!navigator.globalPrivacyControl,
    openShared(`${NAME}-out:${trackingId}`, signal),
    () => {
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
  const record = createRecorder({
    settings,
    refusal,
    whenDecided,
    clock,
    withSource: (event) => attribute(event, sources, (session.current() ?? sharedSession.get())?.sessionId),
    enqueue(item) {
      queue.add(item);
      // Early ones may go to another page before, with what this one left.
      whenLoaded(() => queue.has(item) && stamp(item));
    },
    tell,
    signal,
  });

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
    ...callsOver(record, (reason) => tell('rejected', { event: {} as TrackedEvent, reason })),
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
    ...callsOver(
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
