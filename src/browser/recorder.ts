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
import type { Settings } from '../contract/options.js';
import type { Tracker, TrackerEvents } from './api.js';
import type { Trigger } from './capture/attributes.js';
import type { Consent } from './consent.js';
import type { QueuedEvent } from './delivery/queued-event.js';
import { copy } from './platform/copy.js';
import { isPrerendered } from './platform/lifecycle.js';

/** Makes an event of what has happened, unless it must not, or is past a limit, and returns its eventId. */
export type Recorder = (input: TrackedEvent | TrackedAction, trigger?: Trigger) => string | undefined;

export interface RecorderOptions extends Pick<Consent, 'refusal' | 'whenDecided'> {
  settings: Pick<Settings, 'actionTrackingId' | 'attribution'>;
  clock: Pick<Clock, 'known'>;
  /** Gives an event what it does not say of where the visitor has come to its item from. */
  withSource(event: RecordedEvent): RecordedEvent;
  enqueue(item: QueuedEvent): void;
  /** @param input what the event was made of */
  tell<Name extends keyof TrackerEvents>(name: Name, detail: TrackerEvents[Name], input?: object): void;
  /** Once it is aborted nothing is recorded, by listeners either, which stay where a browser knows no signals. */
  signal: AbortSignal;
  /** False in a document that has been written anew, whose markup is another tracker's. */
  isListening(): boolean;
}

export const createRecorder =
  ({
    settings,
    refusal,
    whenDecided,
    clock,
    withSource,
    enqueue,
    tell,
    signal,
    isListening,
  }: RecorderOptions): Recorder =>
  (input, trigger) => {
    if (signal.aborted || (trigger && !isListening())) return undefined;
    const refuse = (reason: string) => tell('rejected', { event: input, reason });
    const problem =
      (isAction(input) && !settings.actionTrackingId ? 'actionTrackingId is missing' : problemOf(input)) ||
      refusal();
    if (problem) return void refuse(problem);
    const isUnseen = isPrerendered();
    const recorded = recordEvent(input, Date.now(), nanoid);
    const refuseRecorded = (reason: string) => tell('rejected', { event: recorded, reason });
    const accept = () => {
      const recordedAt = Date.now();
      // On a prerendered page it happens when, and if, somebody sees it.
      if (isUnseen && !input.sentAt) recorded.sentAt = recordedAt / 1000;
      const hasSource = settings.attribution && !isAction(input) && trigger !== 'impression';
      const event = hasSource ? withSource(recorded) : recorded;
      enqueue({ event, recordedAt, size: JSON.stringify(event).length, offset: clock.known() });
      tell('queued', event, input);
    };
    const excess = whenDecided(() => {
      const reason = refusal();
      if (reason) return refuseRecorded(reason);
      try {
        accept();
      } catch (error) {
        refuseRecorded(`${error}`);
      }
    });
    if (excess) return void refuse(excess);
    return recorded.eventId;
  };

/** The calls that record, over a recorder. An item that is null or undefined is none. */
export const callsOver = (
  record: Recorder,
  reject: (reason: string) => void,
): Pick<Tracker, 'track' | 'trackAction'> => {
  /** What the page hands over may throw as it is read. */
  const attempt = (read: () => TrackedEvent | TrackedAction) => {
    try {
      // Read once: what was checked is what is recorded.
      return record(copy(read()));
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
