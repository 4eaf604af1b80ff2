/** Closes after a failed attempt, for the backoff, and opens again by itself. */
export interface RetryGate {
  /** Sets what runs when the gate opens: it sends what waits. */
  onOpen(run: () => void): void;
  isClosed(): boolean;
  /** Whether so many attempts got no answer that the next ones follow at the slow pace. */
  isSlow(): boolean;
  /** Whether the last attempt got no answer: the network, or something in it, may be in its way. */
  isUnanswered(): boolean;
  /** Failed attempts in a row. */
  failures(): number;
  /** Closes for a delay. Of several failures at a time, when the page is hidden, the first counts. */
  close(delayMs: number, answer: { status: number; retryAfterMs: number }): void;
  /** Opens at once, unless the server has sent a `Retry-After`. */
  tryNow(): void;
  /** Counts failures from zero: an event has been settled. */
  reset(): void;
  /** Stops the timer: the page is no longer active. */
  pause(): void;
  /** Starts the timer again, for the remaining time. */
  resume(): void;
}

/** Attempts in a row without any answer, after which something seems to block them: they go on at the slow pace. */
const MAX_UNANSWERED = 5;

const SLOW_RETRY_MS = 60_000;

/** @param isVisible at the slow pace a hidden page sends nothing until it records another event */
export const createRetryGate = (isVisible: () => boolean, now = Date.now): RetryGate => {
  let onOpen = () => {};
  let failures = 0;
  let unanswered = 0;
  /** Undefined while it is open. `opensAt` is by the visitor's clock: no timer runs in a frozen page. */
  let closed: { forMs: number; opensAt: number; isServersWish: boolean } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isSlow = () => !!closed && unanswered >= MAX_UNANSWERED;

  const open = () => {
    clearTimeout(timer);
    closed = undefined;
    onOpen();
  };

  const onTime = () => {
    if (!isSlow() || isVisible()) open();
    else closed = undefined;
  };

  const openIn = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(onTime, ms);
  };

  return {
    onOpen(run) {
      onOpen = run;
    },
    isClosed: () => !!closed,
    isSlow,
    isUnanswered: () => unanswered > 0,
    failures: () => failures,
    close(delayMs, { status, retryAfterMs }) {
      if (!closed) {
        failures++;
        unanswered = status ? 0 : unanswered + 1;
      }
      const forMs = unanswered >= MAX_UNANSWERED ? Math.max(delayMs, SLOW_RETRY_MS) : delayMs;
      closed = {
        forMs,
        opensAt: now() + forMs,
        isServersWish: !!closed?.isServersWish || retryAfterMs > 0,
      };
      openIn(forMs);
    },
    tryNow() {
      if (!closed?.isServersWish || now() >= closed.opensAt) open();
    },
    reset() {
      failures = unanswered = 0;
    },
    pause: () => clearTimeout(timer),
    resume() {
      // The clock may have been set in either direction.
      if (closed) openIn(Math.min(closed.forMs, Math.max(0, closed.opensAt - now())));
    },
  };
};
