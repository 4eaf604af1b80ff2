import { onPageHide, whenIdle } from './lifecycle.js';
import { isolate } from './log-error.js';

/** Work that pauses at each `yield`. It should do so after less than a millisecond. */
export type Work = Generator<void, void>;

/** Long work in short slices, so that no task of the page waits for it. */
export interface IdleSlices {
  /** Starts work, after earlier work. Runs all of it now if that takes less than 5 ms, and the rest in idle time. */
  run(work: Work): void;
  /** Runs all waiting work now. */
  finish(): void;
}

/** The length of a slice, in milliseconds. A frame has 16, and most of them are the page's. */
const SLICE_MS = 5;

/** A page that is never idle gets a slice after this time. */
const IDLE_TIMEOUT_MS = 100;

export const createIdleSlices = (signal: AbortSignal): IdleSlices => {
  const queue: Work[] = [];
  let isRunning = false;
  let isScheduled = false;

  const isWaiting = () => queue.length > 0 && !signal.aborted;
  /** Runs the oldest work until its next pause. */
  const step = () => {
    let isDone: boolean | undefined = true;
    isolate(() => {
      isDone = queue[0]?.next().done;
    });
    if (isDone) queue.shift();
  };
  const runFor = (ms: number) => {
    // Work may add more work.
    if (isRunning || !isWaiting()) return;
    isRunning = true;
    const end = performance.now() + ms;
    do step();
    while (isWaiting() && performance.now() < end);
    isRunning = false;
    if (isWaiting() && !isScheduled) {
      isScheduled = true;
      whenIdle(onIdle, IDLE_TIMEOUT_MS);
    }
  };
  const onIdle = () => {
    isScheduled = false;
    runFor(SLICE_MS);
  };
  const finish = () => runFor(Number.POSITIVE_INFINITY);
  onPageHide(finish, signal);

  return {
    finish,
    run(work) {
      queue.push(work);
      if (queue.length === 1) runFor(SLICE_MS);
    },
  };
};
