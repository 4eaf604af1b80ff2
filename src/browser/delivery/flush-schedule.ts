import { onceInNextTask, onceInThisTask } from '../platform/lifecycle.js';
import type { QueuedEvent } from './queued-event.js';

/** Decides when new events are flushed: at once, when a batch is full, or after the interval. */
export interface FlushSchedule {
  /**
   * Counts new events, and flushes them if that is due.
   * @param newEvents number of events that wait for a flush now; default: one more than before
   */
  onEnqueued(newEvents?: number): void;
  /** Flushes events; does nothing while the page is not active. */
  flush(events: QueuedEvent[]): void;
  /** Resets the count of new events: all of them are in flight. */
  clear(): void;
  /** Starts an idle period: a restored page is a new page view. */
  restart(): void;
  stop(): void;
}

export interface FlushScheduleOptions {
  /** Number of new events that causes a flush. */
  flushSize: number;
  flushIntervalMs: number;
  /** Returns the new events. */
  fresh(): QueuedEvent[];
  /** Returns whether sending costs so little that it need not wait for the end of the visitor's action. */
  isCheap(): boolean;
  isActive(): boolean;
  send(events: QueuedEvent[]): void;
}

/** After an idle period this many flushes are immediate; later events wait for the interval. */
const IMMEDIATE_FLUSHES = 2;

export const createFlushSchedule = (options: FlushScheduleOptions): FlushSchedule => {
  const { flushSize, flushIntervalMs, fresh, isCheap, isActive, send } = options;
  /** Counted, because scanning the queue for each event would be quadratic. */
  let newEvents = 0;
  let flushesSinceIdle = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const onInterval = () => {
    const events = fresh();
    if (events.length) flush(events);
    else flushesSinceIdle = 0;
  };

  const flush = (events: QueuedEvent[]) => {
    newEvents = 0;
    if (!isActive()) return;
    if (events.length) {
      flushesSinceIdle++;
      clearTimeout(timer);
      timer = setTimeout(onInterval, flushIntervalMs);
    }
    send(events);
  };

  const flushFresh = () => flush(fresh());
  const flushInThisTask = onceInThisTask(flushFresh);
  const flushInNextTask = onceInNextTask(flushFresh);

  return {
    onEnqueued(count = newEvents + 1) {
      newEvents = count;
      const isImmediate = flushesSinceIdle < IMMEDIATE_FLUSHES;
      // A process that dies right after the visitor's action has sent its event.
      if (isImmediate && isCheap()) flushInThisTask();
      else if (isImmediate || newEvents >= flushSize) flushInNextTask();
    },
    flush,
    clear() {
      newEvents = 0;
    },
    restart() {
      flushesSinceIdle = 0;
    },
    stop: () => clearTimeout(timer),
  };
};
