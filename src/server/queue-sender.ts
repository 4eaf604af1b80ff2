import { splitBatch } from '../contract/batch.js';
import { toBody } from '../contract/put-events-request.js';
import { classifyResponse, delayFor } from '../contract/retry-policy.js';
import { rejectOnAbort, withTimeout } from './deadline.js';
import { toPersonalize } from './forward.js';
import { createRetryPause } from './retry-pause.js';
import { toAnswer } from './sdk-error.js';
import type { ServerTrackerSettings } from './server-tracker-options.js';
import type { SessionQueues, WaitingEvent } from './session-queues.js';

/** Takes due batches from the queues, sends them, and applies the outcome. */
export interface QueueSender {
  /** Sends due batches, up to `concurrency` at a time. */
  run(): void;
  /** Ends a backoff before its time, though not a `Retry-After`. */
  endPauseEarly(): void;
  /** Aborts the requests in flight, sends nothing more, and rejects all events. */
  stop(reason: string): void;
}

export interface QueueSenderOptions {
  queues: SessionQueues;
  settings: ServerTrackerSettings;
  onRejected(event: WaitingEvent, reason: string): void;
  /** Called with the error that begins a pause. */
  onError(error: unknown): void;
}

export const createQueueSender = ({
  queues,
  settings,
  onRejected,
  onError,
}: QueueSenderOptions): QueueSender => {
  const { timeout, concurrency, maxAge } = settings;
  const forward = toPersonalize(settings.client);
  const requests = new Set<AbortController>();
  let stopReason: string | undefined;
  let inFlight = 0;

  const rejectWaiting = (reason: string, isMatch: (event: WaitingEvent) => boolean = () => true) => {
    for (const event of queues.remove(isMatch)) onRejected(event, reason);
  };

  const pause = createRetryPause(() => {
    const oldest = performance.now() - maxAge;
    rejectWaiting(`not delivered within the maxAge of ${maxAge} ms`, ({ recordedAt }) => recordedAt < oldest);
    run();
  });

  /** Sends one request. Resolves to the error that it failed with. */
  const post = async (batch: WaitingEvent[]): Promise<{ error: unknown } | undefined> => {
    const controller = new AbortController();
    requests.add(controller);
    try {
      await withTimeout(
        timeout,
        (signal) => rejectOnAbort(signal, 'client.send()', () => forward(toBody(settings, batch, 0), signal)),
        controller,
      );
      return undefined;
    } catch (error) {
      return { error };
    } finally {
      requests.delete(controller);
    }
  };

  const settle = (batch: WaitingEvent[]): WaitingEvent[] => {
    pause.reset();
    queues.settle(batch);
    return [];
  };

  const retryLater = (error: unknown, delayMs: number, isRetryAfter: boolean) => {
    if (!pause.isActive()) onError(error);
    pause.begin(delayMs, isRetryAfter);
  };

  /** Applies the error of a batch. Resolves to the events that must be sent again. */
  const applyError = async (batch: WaitingEvent[], error: unknown): Promise<WaitingEvent[]> => {
    const answer = toAnswer(error);
    const failures = pause.failures();
    const outcome = classifyResponse(answer, {
      ...{ size: batch.length, failures, jitter: Math.random },
      // The client renews its credentials by itself.
      ...{ isReauthenticated: true, isBatchAnswer: true },
    });
    if (outcome.type === 'split') {
      const [first = [], second = []] = splitBatch(batch);
      const left = await send(first);
      return left.length ? [...left, ...second] : send(second);
    }
    if (outcome.type === 'reject') {
      onRejected(batch[0] as WaitingEvent, outcome.reason);
      return settle(batch);
    }
    // A page stops at an error of the configuration. A server retries until the configuration is fixed.
    const delayMs = outcome.type === 'retry' ? outcome.delayMs : delayFor(0, failures, Math.random());
    retryLater(error, delayMs, answer.retryAfterMs > 0);
    return batch;
  };

  /** Sends a batch, and its halves if it is refused. Resolves to the events that must be sent again. */
  const send = async (batch: WaitingEvent[]): Promise<WaitingEvent[]> => {
    if (stopReason || pause.isActive()) return batch;
    const failed = await post(batch);
    if (failed) return stopReason ? batch : applyError(batch, failed.error);
    return settle(batch);
  };

  const sendToEnd = async (batch: WaitingEvent[]) => {
    inFlight++;
    const left = await send(batch);
    inFlight--;
    queues.end(batch, left);
    if (stopReason) rejectWaiting(stopReason);
    else run();
  };

  const run = () => {
    // After a failure one request tries whether the service is back.
    while (!pause.isActive() && inFlight < (pause.failures() ? 1 : concurrency)) {
      const batch = queues.takeBatch();
      if (!batch.length) return;
      sendToEnd(batch);
    }
  };

  return {
    run,
    endPauseEarly: pause.endEarly,
    stop(reason) {
      stopReason = reason;
      for (const controller of requests) controller.abort(new Error(reason));
      rejectWaiting(reason);
    },
  };
};
