/** The part of Lambda's context that is read. */
export interface InvocationContext {
  /** Returns the milliseconds until Lambda ends the function. */
  getRemainingTimeInMillis(): number;
}

/** No request begins later than this before Lambda ends the function: a request that is cut off is sent again. */
const LAST_REQUEST_MS = 2000;

/** Nothing is awaited later than this before Lambda ends the function: the answer has to be out by then. */
const ANSWER_MS = 500;

/** Shares of the time of a function that is too short for the limits above: most of it is left for sending. */
const LAST_REQUEST_SHARE = 1 / 3;
const ANSWER_SHARE = 1 / 6;

/** The longest delay of a timer. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The time of one invocation: requests stop first, waiting stops after that. Without a context it has no end. */
export interface Invocation {
  /** Aborted when no request may begin any more. */
  stopping: AbortSignal;
  /** Aborted when nothing may be awaited any more. */
  over: AbortSignal;
  /** Lets no further request begin. */
  stop(): void;
  /** Returns whether a request may begin. */
  mayBegin(): boolean;
  /** Clears the timers. */
  end(): void;
}

/** Starts the timers of an invocation. */
export const startInvocation = (context: InvocationContext | undefined): Invocation => {
  const totalMs = context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY;
  const lastRequestMs = Math.min(LAST_REQUEST_MS, totalMs * LAST_REQUEST_SHARE);
  const answerMs = Math.min(ANSWER_MS, totalMs * ANSWER_SHARE);
  const stopping = new AbortController();
  const over = new AbortController();
  const stop = () => stopping.abort();
  const runBeforeEnd = (remainingMs: number, run: () => void) =>
    setTimeout(run, Math.min(Math.max(totalMs - remainingMs, 0), MAX_TIMER_MS));
  const timers = context
    ? [
        runBeforeEnd(lastRequestMs, stop),
        runBeforeEnd(answerMs, () => over.abort(new Error("the function's time is up"))),
      ]
    : [];
  return {
    stopping: stopping.signal,
    over: over.signal,
    stop,
    mayBegin() {
      if (context && context.getRemainingTimeInMillis() < lastRequestMs) stop();
      return !stopping.signal.aborted;
    },
    end: () => timers.forEach(clearTimeout),
  };
};
