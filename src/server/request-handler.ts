import type { Operation } from '../contract/event.js';
import { createBackpressure } from './backpressure.js';
import { untilAborted, withTimeLimit } from './deadline.js';
import { withEventIds } from './event-id.js';
import { answerTo, summaryOf } from './failure.js';
import { operationOf } from './operation.js';
import { allowPost, createOriginCheck } from './origin.js';
import { announcedBytes, readJson } from './read-body.js';
import { type RelayOptions, resolveOptions } from './relay-options.js';
import { toBatch, withUserId } from './validate-batch.js';

/** Takes a request of the tracker's and resolves to the answer, in the service's own terms. Never rejects. */
export interface Relay {
  (request: Request): Promise<Response>;
  /** Answers 503 to batches from now on; resolves when those under way have been passed on, or have failed: in 25 s. */
  close(): Promise<void>;
}

const print = (error: unknown) => console.error(`personalize-beacon/relay: ${summaryOf(error)}`);

/**
 * Makes what takes the tracker's unsigned batches on a site's own origin and passes them on to Amazon Personalize. What
 * has been accepted is passed on even when its page is gone. Throws a TypeError on options that are wrong.
 * @example const relay = createRelay({ trackingId: '…', client: new PersonalizeEventsClient({ maxAttempts: 3 }) });
 */
export const createRelay = (options: RelayOptions): Relay => {
  const { trackingId, actionTrackingId, userId, onError = print, ...settings } = resolveOptions(options);
  const { forward, maxBodyBytes, timeout } = settings;
  const trackers = { events: trackingId, 'action-interactions': actionTrackingId };
  const origin = createOriginCheck(settings.origins);
  const room = createBackpressure(settings.concurrency, settings.maxWaiting);

  /** Takes a request's batch, and passes it on. */
  const relayBatch = async (operation: Operation, request: Request, signal: AbortSignal) => {
    const taken = withEventIds(toBatch(operation, await readJson(request, maxBodyBytes, signal), trackers));
    const batch = userId
      ? withUserId(taken, (await untilAborted(signal, 'userId()', () => userId(request))) ?? undefined)
      : taken;
    const pass = () => untilAborted(signal, 'forward()', () => forward(batch, signal));
    await untilAborted(signal, 'forward()', () => room.takeTurn(signal, pass));
  };

  const answer = async (request: Request): Promise<Response> => {
    const operation = operationOf(request);
    origin.check(request);
    if (request.method === 'OPTIONS') return allowPost();
    await room.enter(announcedBytes(request, maxBodyBytes), () =>
      withTimeLimit(timeout, (signal) => relayBatch(operation, request, signal)),
    );
    return new Response();
  };

  /** Whoever listens can neither fail a request nor, with a promise, the process. */
  const tell = async (error: unknown) => onError(error);

  const relay = async (request: Request): Promise<Response> => {
    const response = await answer(request).catch((thrown: unknown) => {
      if (thrown instanceof Response) return thrown;
      tell(thrown).catch(print);
      return answerTo(thrown);
    });
    for (const [name, value] of Object.entries(origin.headersFor(request))) response.headers.set(name, value);
    return response;
  };
  return Object.assign(relay, { close: room.close });
};
