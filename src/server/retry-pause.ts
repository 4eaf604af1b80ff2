import { startUnrefTimer } from './unref-timer.js';

/** Pauses all sending after a failed request: the service is the same for every session. */
export interface RetryPause {
  /** Returns whether nothing may be sent now. */
  isActive(): boolean;
  /** Returns the number of pauses since an event was last settled. */
  failures(): number;
  /** Begins a pause, or extends it. Requests that fail during a pause count as one failure. */
  begin(delayMs: number, isRetryAfter: boolean): void;
  /** Ends the pause, unless the service has asked for it by `Retry-After`. */
  endEarly(): void;
  /** Resets the count of failures: an event has been settled. */
  reset(): void;
}

/** @param onEnd runs when a pause ends */
export const createRetryPause = (onEnd: () => void): RetryPause => {
  let pause: { endsAt: number; isRetryAfter: boolean } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const end = () => {
    clearTimeout(timer);
    pause = undefined;
    onEnd();
  };

  return {
    isActive: () => !!pause,
    failures: () => failures,
    begin(delayMs, isRetryAfter) {
      if (!pause || !failures) failures++;
      const now = performance.now();
      const endsAt = Math.max(pause?.endsAt ?? 0, now + delayMs);
      pause = { endsAt, isRetryAfter: isRetryAfter || !!pause?.isRetryAfter };
      clearTimeout(timer);
      timer = startUnrefTimer(end, endsAt - now);
    },
    endEarly() {
      if (pause && !pause.isRetryAfter) end();
    },
    reset() {
      failures = 0;
    },
  };
};
