/** As much of Lambda's context as is looked at. */
export interface InvocationContext {
  /** Milliseconds until Lambda ends the function. */
  getRemainingTimeInMillis(): number;
}

/** No request begins later than this before Lambda ends the function: one that is cut off is sent again. */
const LAST_REQUEST_MS = 2000;

/** Nothing is waited for later than this before Lambda ends the function: the answer has to be out by then. */
const ANSWER_MS = 500;

/** A function that has less time than these are made for keeps its larger part to send in. */
const LAST_REQUEST_SHARE = 1 / 3;
const ANSWER_SHARE = 1 / 6;

/** The longest that a timer takes. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The time of one invocation: first nothing new begins, then nothing is waited for. Without a context it has no end. */
export interface Invocation {
  /** Aborted when nothing new may begin. */
  stopping: AbortSignal;
  /** Aborted when nothing may be waited for. */
  over: AbortSignal;
  /** Lets nothing new begin. */
  stop(): void;
  /** Whether a request may begin. */
  mayBegin(): boolean;
  end(): void;
}

export const startInvocation = (context: InvocationContext | undefined): Invocation => {
  const totalMs = context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY;
  const lastRequestMs = Math.min(LAST_REQUEST_MS, totalMs * LAST_REQUEST_SHARE);
  const answerMs = Math.min(ANSWER_MS, totalMs * ANSWER_SHARE);
  const stopping = new AbortController();
  const over = new AbortController();
  const stop = () => stopping.abort();
  const at = (reserveMs: number, run: () => void) =>
    setTimeout(run, Math.min(Math.max(totalMs - reserveMs, 0), MAX_TIMER_MS));
  const timers = context
    ? [at(lastRequestMs, stop), at(answerMs, () => over.abort(new Error("the function's time is up")))]
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
