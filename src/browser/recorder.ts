import { nanoid } from 'nanoid';
import type { Clock } from '../contract/clock.js';
import {
  isAction,
  problemOf,
  type RecordedEvent,
  recordEvent,
  type TrackedAction,
  type TrackedEvent,
} from '../contract/event.js';
import type { Settings } from '../contract/resolve-options.js';
import { toTrackedAction, toTrackedEvent } from '../contract/track-arguments.js';
import type { Tracker, TrackerEvents } from './api.js';
import type { Trigger } from './capture/attributes.js';
import type { Consent } from './consent.js';
import type { QueuedEvent } from './delivery/queued-event.js';
import { isPrerendered } from './platform/lifecycle.js';

/** Records an event, unless it is invalid or refused, and returns its eventId. */
export type Recorder = (input: TrackedEvent | TrackedAction, trigger?: Trigger) => string | undefined;

export interface RecorderOptions extends Pick<Consent, 'refusal' | 'whenDecided'> {
  settings: Pick<Settings, 'actionTrackingId' | 'attribution'>;
  clock: Pick<Clock, 'known'>;
  /** Adds an item's source to an event that names none. */
  addSource(event: RecordedEvent): RecordedEvent;
  enqueue(event: QueuedEvent): void;
  /**
   * Reports to listeners and, with the option `debug`, to the console.
   * @param input the input that the event was made of
   */
  report<Name extends keyof TrackerEvents>(name: Name, detail: TrackerEvents[Name], input?: object): void;
  /**
   * Once it is aborted, nothing is recorded. Listeners may still call: some browsers cannot remove them by a signal.
   */
  signal: AbortSignal;
  /** Returns false in a document that has been rewritten: its markup belongs to another tracker. */
  isListening(): boolean;
}

export const createRecorder =
  ({
    settings,
    refusal,
    whenDecided,
    clock,
    addSource,
    enqueue,
    report,
    signal,
    isListening,
  }: RecorderOptions): Recorder =>
  (input, trigger) => {
    if (signal.aborted || (trigger && !isListening())) return undefined;
    const rejectInput = (reason: string) => report('rejected', { event: input, reason });
    const problem =
      (isAction(input) && !settings.actionTrackingId ? 'actionTrackingId is missing' : problemOf(input)) ||
      refusal();
    if (problem) return void rejectInput(problem);
    const wasPrerendered = isPrerendered();
    const recorded = recordEvent(input, Date.now(), nanoid);
    const rejectRecorded = (reason: string) => report('rejected', { event: recorded, reason });
    const accept = () => {
      const recordedAt = Date.now();
      // An event of a prerendered page happens when the page is first seen.
      if (wasPrerendered && !input.sentAt) recorded.sentAt = recordedAt / 1000;
      const hasSource = settings.attribution && !isAction(input) && trigger !== 'impression';
      const event = hasSource ? addSource(recorded) : recorded;
      enqueue({ event, recordedAt, size: JSON.stringify(event).length, offset: clock.known() });
      report('queued', event, input);
    };
    const excess = whenDecided(() => {
      const reason = refusal();
      if (reason) return rejectRecorded(reason);
      try {
        accept();
      } catch (error) {
        rejectRecorded(`${error}`);
      }
    });
    if (excess) return void rejectInput(excess);
    return recorded.eventId;
  };

/** Creates the methods that record by a recorder. */
export const createTrackMethods = (
  record: Recorder,
  reject: (reason: string) => void,
): Pick<Tracker, 'track' | 'trackAction'> => {
  /** Reports what is thrown while the page's object is read. */
  const recordSafely = (read: () => TrackedEvent | TrackedAction) => {
    try {
      return record(read());
    } catch (error) {
      reject(`${error}`);
      return undefined;
    }
  };
  return {
    track: (first: string | TrackedEvent, itemId?: string | null, details?: object) =>
      recordSafely(() => toTrackedEvent(first, itemId, details)),
    trackAction: (...given) => recordSafely(() => toTrackedAction(...given)),
  };
};
