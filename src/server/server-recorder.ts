import {
  ID,
  isAction,
  problemOf,
  type RecordedEvent,
  recordEvent,
  type TrackedAction,
  type TrackedEvent,
} from '../contract/event.js';
import { toTrackedAction, toTrackedEvent } from '../contract/track-arguments.js';
import { firstProblem, isLeftover, tidy } from '../contract/validate.js';
import type { RejectionReports } from './rejection-reports.js';
import type { ServerTracker, UndeliveredEvent, Visitor } from './server-tracker-api.js';
import type { ServerTrackerSettings } from './server-tracker-options.js';
import type { WaitingEvent } from './session-queues.js';

/** Returns what is wrong with a visitor, if anything. */
const problemOfVisitor = (visitor: object): string | undefined =>
  firstProblem(visitor, { sessionId: ID, userId: ID }, ['sessionId']) ??
  Object.entries(visitor)
    .filter(([, id]) => isLeftover(id))
    .map(([name, id]) => `${name} must be an ID; got "${id}", which stands for a missing value`)[0];

const readVisitor = (visitor: Visitor) => {
  const { sessionId, userId } = Object(visitor) as Visitor;
  return { sessionId: tidy(sessionId) as string, userId: tidy(userId) ?? undefined };
};

/** Returns a recorded event with its visitor, in the form that `track()` takes. */
export const toUndelivered = ({ sessionId, userId, event }: WaitingEvent): UndeliveredEvent => {
  const { properties, ...fields }: RecordedEvent = event;
  return {
    visitor: { sessionId, userId },
    event: { ...fields, ...(properties && { properties: JSON.parse(properties) }) } as
      | TrackedEvent
      | TrackedAction,
  };
};

export interface ServerRecorderOptions {
  settings: Pick<ServerTrackerSettings, 'actionTrackingId' | 'maxWaiting'>;
  reports: Pick<RejectionReports, 'report'>;
  isClosed(): boolean;
  /** Returns the number of events that wait. */
  waiting(): number;
  enqueue(event: WaitingEvent): void;
}

/** Creates the methods that record events. */
export const createServerRecorder = ({
  settings: { actionTrackingId, maxWaiting },
  reports: { report },
  isClosed,
  waiting,
  enqueue,
}: ServerRecorderOptions): Pick<ServerTracker, 'track' | 'trackAction'> => {
  const problemOfState = () => {
    if (isClosed()) return 'the tracker is closed';
    return waiting() >= maxWaiting
      ? `maxWaiting is ${maxWaiting} events, which wait already; track it again later`
      : undefined;
  };

  /** Reports what is thrown while the caller's objects are read. */
  const record = (visitor: Visitor, read: () => TrackedEvent | TrackedAction) => {
    let event = {} as TrackedEvent | TrackedAction;
    try {
      const ids = readVisitor(visitor);
      event = read();
      const problem =
        problemOfState() ??
        problemOfVisitor(ids) ??
        (isAction(event) && !actionTrackingId ? 'actionTrackingId is missing' : problemOf(event));
      if (!problem) {
        const recorded = recordEvent(event, Date.now(), () => crypto.randomUUID());
        enqueue({ ...ids, event: recorded, recordedAt: performance.now() });
        return recorded.eventId;
      }
      report({ visitor, event }, problem);
    } catch (error) {
      report({ visitor, event }, `${error}`);
    }
    return undefined;
  };

  return {
    track: (
      visitor: Visitor,
      first: string | TrackedEvent | TrackedAction,
      ...[itemId, details]: unknown[]
    ) =>
      record(visitor, () =>
        toTrackedEvent(first as TrackedEvent, itemId as string | undefined, details as object | undefined),
      ),
    trackAction: (visitor, ...given) => record(visitor, () => toTrackedAction(...given)),
  };
};
