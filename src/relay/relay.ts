import { toBatch, withUserId } from './batch.js';
import { readJson } from './body.js';
import { answerTo, summaryOf } from './failure.js';
import { operationOf } from './operation.js';
import { DEFAULT_CONCURRENCY, DEFAULT_MAX_WAITING, forwardOf, type RelayOptions } from './options.js';
import { allowPost, createOriginCheck } from './origin.js';
import { createTurns } from './turns.js';

/** Takes a request of the tracker's and resolves to the answer, in the service's own terms. Never rejects. */
export interface Relay {
  (request: Request): Promise<Response>;
  /** Answers 503 to batches from now on; resolves when those under way have been passed on, or have failed. */
  close(): Promise<void>;
}

const print = (error: unknown) => console.error(`personalize-beacon/relay: ${summaryOf(error)}`);

/**
 * Makes what takes the tracker's unsigned batches on a site's own origin and passes them on to Amazon Personalize. What
 * has been accepted is passed on even when its page is gone. Throws a TypeError on options that are wrong.
 * @example const relay = createRelay({ trackingId: '…', client: new PersonalizeEventsClient({ maxAttempts: 3 }) });
 */
export const createRelay = (options: RelayOptions): Relay => {
  const forward = forwardOf(options);
  const { trackingId, actionTrackingId, userId, onError = print } = options;
  const { origins = [], concurrency = DEFAULT_CONCURRENCY, maxWaiting = DEFAULT_MAX_WAITING } = options;
  const trackers = { events: trackingId, 'action-interactions': actionTrackingId };
  const origin = createOriginCheck(origins);
  const turns = createTurns(concurrency, maxWaiting);

  const answer = async (request: Request): Promise<Response> => {
    const operation = operationOf(request);
    origin.check(request);
    if (request.method === 'OPTIONS') return allowPost();
    const said = toBatch(operation, await readJson(request), trackers);
    const batch = userId ? withUserId(said, (await userId(request)) ?? undefined) : said;
    await turns.take(() => forward(batch));
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
  return Object.assign(relay, { close: turns.close });
};
