/** Closes after a failed attempt for the time of the backoff, and opens again by itself. */
export interface RetryGate {
  /** Sets what runs when the gate opens: sending waiting events. */
  onOpen(run: () => void): void;
  isClosed(): boolean;
  /** Returns whether so many attempts got no response that retries are slowed down. */
  isSlow(): boolean;
  /** Returns whether the last attempt got no response: the network, or something in it, may block requests. */
  isUnanswered(): boolean;
  /** Returns the number of failed attempts in a row. */
  failures(): number;
  /** Closes for a delay. If several parallel requests fail when the page is hidden, they count as one failure. */
  close(delayMs: number, answer: { status: number; retryAfterMs: number }): void;
  /** Opens at once, unless the server has sent a `Retry-After`. */
  tryNow(): void;
  /** Resets the count of failures: an event has been settled. */
  reset(): void;
  /** Stops the timer: the page is no longer active. */
  pause(): void;
  /** Restarts the timer for the remaining time. */
  resume(): void;
}

/** After this many attempts in a row without a response something seems to block them: retries are slowed down. */
const MAX_UNANSWERED = 5;

const SLOW_RETRY_MS = 60_000;

/**
 * @param isVisible returns whether the page is visible: a hidden page stops slow retries until it records another event
 */
export const createRetryGate = (isVisible: () => boolean, now = Date.now): RetryGate => {
  let onOpen = () => {};
  let failures = 0;
  let unanswered = 0;
  /** Undefined while it is open. `opensAt` is a time of the visitor's clock: no timer runs in a frozen page. */
  let closed: { forMs: number; opensAt: number; isRetryAfter: boolean } | undefined;
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
        isRetryAfter: !!closed?.isRetryAfter || retryAfterMs > 0,
      };
      openIn(forMs);
    },
    tryNow() {
      if (!closed?.isRetryAfter || now() >= closed.opensAt) open();
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
