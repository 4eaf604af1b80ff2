import type { Operation } from '../contract/event.js';
import { createBackpressure } from './backpressure.js';
import { rejectOnAbort, withTimeout } from './deadline.js';
import { summarizeError, toErrorResponse } from './error-response.js';
import { withEventIds } from './event-id.js';
import { operationOf } from './operation.js';
import { allowPost, createOriginCheck } from './origin.js';
import { announcedBytes, readJson } from './read-body.js';
import { type RelayOptions, resolveRelayOptions } from './relay-options.js';
import { toBatch, withUserId } from './validate-batch.js';

/** Handles a request of the tracker's and resolves to the answer, in the service's own terms. Never rejects. */
export interface Relay {
  (request: Request): Promise<Response>;
  /** Answers 503 to new batches; resolves when those in flight have been forwarded or have failed: within 25 s. */
  close(): Promise<void>;
}

const printError = (error: unknown) => console.error(`personalize-beacon/relay: ${summarizeError(error)}`);

/**
 * Returns a handler that accepts the tracker's unsigned batches on a site's own origin and forwards them to Amazon
 * Personalize. An accepted batch is forwarded even when its page is gone. Throws a TypeError on wrong options.
 * @example const relay = createRelay({ trackingId: '…', client: new PersonalizeEventsClient({ maxAttempts: 3 }) });
 */
export const createRelay = (options: RelayOptions): Relay => {
  const {
    trackingId,
    actionTrackingId,
    userId,
    onError = printError,
    ...settings
  } = resolveRelayOptions(options);
  const { forward, maxBodyBytes, timeout } = settings;
  const trackers = { events: trackingId, 'action-interactions': actionTrackingId };
  const origin = createOriginCheck(settings.origins);
  const backpressure = createBackpressure(settings.concurrency, settings.maxWaiting);

  /** Reads a request's batch and forwards it. */
  const relayBatch = async (operation: Operation, request: Request, signal: AbortSignal) => {
    const received = withEventIds(
      toBatch(operation, await readJson(request, maxBodyBytes, signal), trackers),
    );
    const batch = userId
      ? withUserId(received, (await rejectOnAbort(signal, 'userId()', () => userId(request))) ?? undefined)
      : received;
    const forwardBatch = () => rejectOnAbort(signal, 'forward()', () => forward(batch, signal));
    await rejectOnAbort(signal, 'forward()', () => backpressure.runInTurn(signal, forwardBatch));
  };

  const answer = async (request: Request): Promise<Response> => {
    const operation = operationOf(request);
    origin.check(request);
    if (request.method === 'OPTIONS') return allowPost();
    await backpressure.admit(announcedBytes(request, maxBodyBytes), () =>
      withTimeout(timeout, (signal) => relayBatch(operation, request, signal)),
    );
    return new Response();
  };

  /** Calls the listener. Its failure, a rejected promise's too, fails neither the request nor the process. */
  const reportError = (error: unknown) => {
    const notify = async () => onError(error);
    notify().catch(printError);
  };

  const relay = async (request: Request): Promise<Response> => {
    const response = await answer(request).catch((thrown: unknown) => {
      if (thrown instanceof Response) return thrown;
      reportError(thrown);
      return toErrorResponse(thrown);
    });
    for (const [name, value] of Object.entries(origin.headersFor(request))) response.headers.set(name, value);
    return response;
  };
  return Object.assign(relay, { close: backpressure.close });
};
