import { nanoid } from 'nanoid';
import { createClock } from '../contract/clock.js';
import { problemOfUserId, type TrackedEvent } from '../contract/event.js';
import { type Options, resolveOptions, type Settings } from '../contract/options.js';
import type { Tracker, TrackerEvents } from './api.js';
import { attribute } from './attribution.js';
import type { TakeClick } from './capture/click.js';
import { capturePage } from './capture/page.js';
import { createConsent } from './consent.js';
import type { InspectedParts, Inspection, Print } from './debug.js';
import { createEventStore, type QueuedEvent } from './delivery/event-store.js';
import { createPipeline, type PipelineOptions } from './delivery/pipeline.js';
import { copy } from './platform/copy.js';
import { openMark } from './platform/database-mark.js';
import { createEmitter } from './platform/emitter.js';
import { eraseStore, openStore } from './platform/indexed-db.js';
import {
  listen,
  onHidden,
  onPageHide,
  onPageRestored,
  onVisible,
  whenActivated,
  whenIdle,
} from './platform/lifecycle.js';
import { loadChunk } from './platform/load-chunk.js';
import { openHandoffs, openSharedValue } from './platform/local-storage.js';
import { isolate, logError, logThrown } from './platform/log-error.js';
import { findRunning, probeListeners, register } from './platform/running-trackers.js';
import { createReader, type Parse, type Warn } from './platform/stored-format.js';
import { withTimeout } from './platform/timeout.js';
import { callsOver, createRecorder } from './recorder.js';
import { createSession } from './session.js';
import { parseHandoff, parseMark, parseRecord, parseSession, parseSources } from './stored-values.js';

const NAME = 'personalize-beacon';
const DAY_MS = 86_400_000;
/** Timeout of `inspect()` for its chunk. */
const LOAD_LIMIT_MS = 3000;
/** Timeout of the start for credentials: an AWS SDK's client may have to look up its region first. */
const START_LIMIT_MS = 3000;
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

/** Loads the code that prints, and tells of a tracker: no page needs it unless somebody looks. */
const loadDebug = (chunkUrl?: string) => loadChunk('debug', () => import('./debug.js'), chunkUrl);

const inspect = (parts: InspectedParts): Promise<Inspection> =>
  withTimeout(LOAD_LIMIT_MS, loadDebug(parts.settings.chunkUrl)).then((it) => it.inspect(parts));

const start = (settings: Settings, toSender: PipelineOptions['toSender']): Tracker => {
  const controller = new AbortController();
  const { signal } = controller;
  const { trackingId, debug } = settings;
  const isListening = probeListeners(signal);
  const emitter = createEmitter<TrackerEvents>();
  const clock = createClock(() => performance.now());
  // Two trackers on a page must not sign with each other's credentials: all is kept by what is configured.
  const name = `${NAME}:${trackingId}`;
  const isOpen = () => refusal() === '';
  // A file of its own: visitors never need it.
  const printing = debug ? loadDebug(settings.chunkUrl).then((it) => it.createPrinter()) : undefined;
  const print: Print = (kind, detail, input) => {
    const told = printing && copy(detail);
    printing?.then((print) => print(kind, told as object, input));
  };
  const warn: Warn = (kind, reason) => print(kind, { reason });
  const reader = <T>(parse: Parse<T>) => createReader(parse, warn);
  const store = openStore(name, isOpen, reader(parseRecord), warn);
  const errors: { at: number; reason: string }[] = [];
  const tell = <Kind extends keyof TrackerEvents>(
    kind: Kind,
    detail: TrackerEvents[Kind],
    input?: object,
  ) => {
    print(kind, detail, input);
    if ('reason' in detail) {
      errors.unshift({ at: Date.now(), reason: detail.reason });
      errors.splice(MAX_ERRORS);
    }
    emitter.emit(kind, detail);
  };
  const reject = ({ event }: QueuedEvent, reason: string) => tell('rejected', { event, reason });

  const outName = `${NAME}-out:${trackingId}`;
  let open: () => void;
  const { refusal, decide, whenDecided, consent, optOut } = createConsent(
    !!settings.consent,
    settings.respectGpc && !!navigator.globalPrivacyControl,
    openSharedValue(outName, signal, reader(parseMark)),
    openMark(outName),
    () => !!sharedSession.get(),
    () => {
      if (isOpen()) {
        delivery.comeBack();
        open();
      } else {
        forget();
        delivery.stop();
        early = [];
        eraseStore(name);
        notes.wipe();
        sharedSession.remove();
        sources.remove();
      }
    },
  );

  const notes = openHandoffs(`${name}:left:`, isOpen, reader(parseHandoff));
  const queue = createEventStore(store, notes, nanoid(), reject);
  const sharedSession = openSharedValue(`${name}:session`, signal, reader(parseSession), isOpen);
  const session = createSession(
    store,
    sharedSession,
    nanoid,
    settings.sessionMaxAge * DAY_MS,
    Date.now,
    clock.known,
  );
  clock.onOffset = session.correct;

  const delivery = createPipeline({
    settings,
    queue,
    clock,
    store,
    isOpen,
    reader,
    toSender,
    onDelivered: ({ event }) => tell('delivered', event),
    onRejected: reject,
    onHalt(reason) {
      logError(`sending stopped: ${reason}`);
      tell('error', { reason });
    },
    onTrouble(reason) {
      logError(reason);
      tell('error', { reason });
    },
  });

  /** Gone for good or into the back/forward cache: for a moment its code may still run. */
  let away = false;
  /** What was called before storage answered, in order. */
  let early: (() => unknown)[] | undefined = [];
  const whenLoaded = (run: () => unknown) => void (early ? early.push(run) : run());
  /** Runs after the events that were recorded before: they may still wait to know whether they may be. */
  const inTurn = (run: () => unknown) => {
    const turn = () => whenLoaded(run);
    if (whenDecided(turn)) turn();
  };

  const stamp = (item: QueuedEvent) => {
    const running = session.current();
    if (!running) return;
    item.sessionId = running.sessionId;
    item.userId = running.userId;
    queue.add(item);
    delivery.queued();
  };

  const sources = openSharedValue(`${name}:sources`, signal, reader(parseSources));
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
    isListening,
  });

  const forget = () => {
    queue.remove(queue.items());
    session.forget();
    delivery.credentials?.forget();
  };

  /** Takes up what other pages have said and left: at the start, and whenever visitor or network comes back. */
  const takeUp = async () => {
    if (signal.aborted || away || !isOpen()) return;
    const credentials = Promise.resolve(delivery.credentials?.load()).catch(logThrown);
    await Promise.all([
      session.load(),
      withTimeout(START_LIMIT_MS, credentials).catch(() => {}),
      queue.adoptAbandoned(),
    ]);
    if (!isOpen()) return forget();
    if (signal.aborted) return;
    const calls = early ?? [];
    early = undefined;
    for (const run of calls) isolate(run);
    for (const item of queue.items()) if (!item.sessionId) stamp(item);
    delivery.resume();
  };

  /** After the last grant of consent. */
  let takenUp: Promise<void>;
  const ready = new Promise<void>((resolve) => {
    open = () => {
      takenUp = takeUp();
      resolve(takenUp);
    };
  }).then(() => session.current()?.sessionId as string);

  const missed = printing && ((path: EventTarget[], type: string) => print('missed', { reason: type }, path));

  const identify = (userId: string) => {
    const problem = problemOfUserId(userId);
    if (problem) logError(problem);
    else inTurn(() => session.identify(userId.trim()));
  };
  if (settings.userId) identify(settings.userId);
  const capture = capturePage(settings, record, signal, missed);

  // Page code may put its own functions in place of these: nothing here reads them.
  const tracker: Tracker = {
    ...callsOver(record, (reason) => tell('rejected', { event: {} as TrackedEvent, reason })),
    identify,
    reset: () => inTurn(session.reset),
    get sessionId() {
      return session.current()?.sessionId;
    },
    ready,
    flush: async () => {
      if (refusal()) return;
      await ready;
      await takenUp;
      await delivery.flush();
    },
    consent,
    optOut,
    inspect: () =>
      inspect({
        settings,
        session: session.current(),
        items: queue.items(),
        expiration: delivery.credentials?.expiration(),
        offset: clock.offset,
        errors,
      }),
    on: emitter.on,
    stop() {
      if (signal.aborted) return;
      capture.finish();
      controller.abort();
      delivery.stop();
    },
  };

  const takeUpAgain = () => {
    // Nobody has told a page in the back/forward cache of a mark.
    decide();
    ready.then(takeUp);
  };
  onPageHide(() => {
    away = true;
    delivery.leave();
  }, signal);
  onHidden(delivery.hide, signal);
  onPageRestored(() => {
    away = false;
    delivery.comeBack();
    takeUpAgain();
  }, signal);
  onVisible(takeUpAgain, signal);
  listen(window, 'online', takeUpAgain, signal);
  clickTakers ??= new WeakMap();
  clickTakers.set(tracker, capture.takeClick);
  whenActivated(decide);
  whenIdle(() => ready.then(delivery.prepare));
  register({ trackingId, tracker, isListening });
  return tracker;
};

/** For trackers that this script started. None on a server, where importing does nothing. */
let clickTakers: WeakMap<Tracker, TakeClick> | undefined;

/** Records a click that was made before the tracker started, if it is one of this script. */
export const takeClick = (tracker: Tracker, ...click: Parameters<TakeClick>): void =>
  clickTakers?.get(tracker)?.(...click);

/** Stands in where the options do not suffice: the page goes on, and each event's loss is reported. */
const inert = (options: Partial<Options>, reason: string): Tracker => {
  const { on, emit } = createEmitter<TrackerEvents>();
  const nothing = async () => {};
  const errors = [{ at: Date.now(), reason }];
  const settings = copy(options);
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
        settings,
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
  toSender?: PipelineOptions['toSender'],
  way?: Pick<Settings, 'region' | 'endpointUrl'>,
): Tracker => {
  try {
    const { settings, problems } = resolveOptions(options ?? {}, document.baseURI);
    if (problems.length) logError(...problems);
    if (!settings) return inert(options, problems.join('; '));
    const running = findRunning(({ trackingId }) => trackingId === settings.trackingId);
    if (running) return running.tracker as Tracker;
    return settings.ignoreBots && isBot()
      ? inert(options, 'ignoreBots')
      : start({ ...settings, ...way }, toSender);
  } catch (error) {
    // What the page hands over may throw as it is read.
    logError(`${error}`);
    return inert({}, `${error}`);
  }
};

/**
 * Starts a tracker, or returns the one that runs for this `trackingId` already. Wrong options make one console message that
 * names each; where the tracker cannot run without them, the page goes on and `on('rejected')` hears of every event.
 * @example const personalize = init({ trackingId: '…', identityPoolId: 'us-east-1:…' });
 */
export const init = (options: Options): Tracker => begin(options);
