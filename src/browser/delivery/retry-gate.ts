/** Closes after a failed attempt, and opens again by itself: whatever waits behind it is never left there. */
export interface RetryGate {
  isClosed(): boolean;
  /** Whether the last attempts got no answer at all, so many of them that they go on at the slow pace. */
  isSlow(): boolean;
  /** Whether the last attempt got no answer at all: somebody, or the network, may be in its way. */
  isUnanswered(): boolean;
  /** Failed attempts in a row. */
  failures(): number;
  /** Closes for so many milliseconds. Of several failures at a time, a tab switch's, the first counts. */
  close(inMs: number, answer: { status: number; retryAfterMs: number }): void;
  /** Opens at once, unless the server has said when. */
  tryNow(): void;
  /** Counts from nothing again: something has been settled. */
  reset(): void;
  /** Stops the timer, with the page. */
  pause(): void;
  /** Starts it again, for what is left of the time. */
  resume(): void;
}

/** After so many attempts in a row without any answer something blocks them: they go on at the slow pace. */
const MAX_UNANSWERED = 5;

const SLOW_RETRY_MS = 60_000;

/**
 * @param onOpen sends what waits
 * @param isVisible at the slow pace nothing is sent for a page that nobody looks at, until something is recorded on it
 */
export const createRetryGate = (onOpen: () => void, isVisible: () => boolean, now = Date.now): RetryGate => {
  let failures = 0;
  let unanswered = 0;
  /** How long it is closed for; undefined while it is open. */
  let closedForMs: number | undefined;
  /** When it opens, by the visitor's clock: no timer runs in a frozen page. */
  let opensAt = 0;
  let isServersWish = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isSlow = () => closedForMs !== undefined && unanswered >= MAX_UNANSWERED;

  const open = () => {
    clearTimeout(timer);
    closedForMs = undefined;
    onOpen();
  };

  const onTime = () => {
    if (!isSlow() || isVisible()) open();
    else closedForMs = undefined;
  };

  const openIn = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(onTime, ms);
  };

  const tryNow = () => {
    if (closedForMs === undefined || !isServersWish || now() >= opensAt) open();
  };

  return {
    isClosed: () => closedForMs !== undefined,
    isSlow,
    isUnanswered: () => unanswered > 0,
    failures: () => failures,
    close(inMs, { status, retryAfterMs }) {
      if (closedForMs === undefined) {
        failures++;
        isServersWish = false;
        unanswered = status ? 0 : unanswered + 1;
      }
      closedForMs = inMs;
      if (isSlow()) closedForMs = Math.max(inMs, SLOW_RETRY_MS);
      opensAt = now() + closedForMs;
      isServersWish ||= retryAfterMs > 0;
      openIn(closedForMs);
    },
    tryNow,
    reset() {
      failures = unanswered = 0;
    },
    pause: () => clearTimeout(timer),
    resume() {
      // The clock may have been set either way.
      if (closedForMs !== undefined) openIn(Math.min(closedForMs, Math.max(0, opensAt - now())));
    },
  };
};
