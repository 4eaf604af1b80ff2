// @ts-check
import { randomUUID } from 'node:crypto';
import { createCognito, operationOf } from './cognito.js';
import { AwsError, allowOrigin, answerPreflight, readBody, send } from './http.js';
import { interactionsCsv, interactionsLeftOut } from './interactions.js';
import { createLedger, MAX_KEPT } from './ledger.js';
import { createPersonalize } from './personalize.js';

/**
 * @typedef {import('./http.js').IncomingMessage} IncomingMessage
 * @typedef {import('./http.js').ServerResponse} ServerResponse
 * @typedef {{ method: string, path: string, target: string | null, origin: string | null,
 *   form: 'header' | 'query' | 'unsigned' | null, contentType: string | null, eventCount: number,
 *   status: number, errorType: string | null, requestId: string, receivedAt: number }} Received
 * @typedef {{ contentType: string, typeInBody?: boolean,
 *   run: (request: IncomingMessage, received: Received) => Promise<unknown> }} Operation
 *   `run` resolves to the answer's body; `typeInBody`: an error's kind goes into the body, too
 */

/**
 * Cognito Identity and Personalize Events on one origin, as strict as AWS: signatures recomputed by AWS's own
 * signer, every limit of the service, each event counted once.
 * @param {{ trackingIds?: string[], identityPoolIds?: string[], region?: string, sessionSeconds?: number,
 *   now?: () => number }} [options] `sessionSeconds` is the life of guest credentials
 */
export const createLocalAws = ({
  trackingIds = ['demo-tracker'],
  identityPoolIds = ['us-east-1:00000000-0000-4000-8000-000000000000'],
  region = 'us-east-1',
  sessionSeconds = 3600,
  now = Date.now,
} = {}) => {
  const cognito = createCognito({ identityPoolIds, region, sessionSeconds, now });
  const ledger = createLedger();
  const personalize = createPersonalize({ trackingIds, region, now, find: cognito.find, ledger });
  /** @type {Received[]} */
  const requests = [];

  /** @type {Operation} */
  const guestAccess = {
    contentType: 'application/x-amz-json-1.1',
    typeInBody: true,
    run: async (request) => cognito.call(String(request.headers['x-amz-target']), await readBody(request)),
  };
  /** @type {Operation} */
  const putEvents = { contentType: 'application/json', run: personalize.putEvents };
  /** @type {Operation} */
  const collect = { contentType: 'application/json', run: personalize.collect };
  /** @type {Operation} */
  const unknown = {
    contentType: 'application/json',
    run: async () => {
      throw new AwsError(404, 'UnknownOperationException', 'There is no such operation here.');
    },
  };

  /** @param {Received} received */
  const routeAws = ({ method, path, target }) => {
    if (method === 'POST' && path === '/' && target !== null) return guestAccess;
    if (method === 'POST' && path === '/events') return putEvents;
    return unknown;
  };
  /** @param {Received} received */
  const routeCollect = ({ method, path }) =>
    method === 'POST' && path.endsWith('/events') ? collect : unknown;

  /** @param {IncomingMessage} request */
  const record = (request) => {
    const { origin, 'content-type': contentType, 'x-amz-target': target } = request.headers;
    /** @type {Received} */
    const received = {
      method: request.method ?? '',
      path: (request.url ?? '').replace(/\?.*/, ''),
      target: typeof target === 'string' ? operationOf(target) : null,
      origin: origin ?? null,
      form: null,
      contentType: contentType ?? null,
      eventCount: 0,
      status: 0,
      errorType: null,
      requestId: randomUUID(),
      receivedAt: now(),
    };
    requests.push(received);
    if (requests.length > MAX_KEPT) requests.shift();
    return received;
  };

  /** @param {(received: Received) => Operation} route */
  const createHandler =
    (route) =>
    /**
     * @param {IncomingMessage} request
     * @param {ServerResponse} response
     */
    async (request, response) => {
      const received = record(request);
      response.setHeader('date', new Date(now()).toUTCString());
      response.setHeader('x-amzn-RequestId', received.requestId);
      allowOrigin(request, response);
      if (received.method === 'OPTIONS') {
        received.status = 200;
        answerPreflight(request, response);
        return;
      }
      const { contentType, typeInBody, run } = route(received);
      try {
        const body = await run(request, received);
        received.status = 200;
        send(response, { status: 200, body }, contentType);
      } catch (error) {
        const { status, kind, message } =
          error instanceof AwsError ? error : new AwsError(500, 'InternalFailure', String(error));
        received.status = status;
        received.errorType = kind;
        send(response, { status, kind, body: { ...(typeInBody && { __type: kind }), message } }, contentType);
      }
    };

  return {
    /** AWS: a listener for a server of node:http or node:https. */
    handler: createHandler(routeAws),
    /** Not AWS: a site's own endpoint, which takes unsigned batches and checks them alike. */
    collectHandler: createHandler(routeCollect),
    accepted: ledger.accepted,
    requests,
    subscribe: ledger.subscribe,
    issueCredentials: cognito.issueCredentials,
    revokeCredentials: cognito.revokeCredentials,
    deleteIdentities: cognito.deleteIdentities,
    interactionsCsv: () => interactionsCsv(ledger.accepted),
    interactionsLeftOut: () => interactionsLeftOut(ledger.accepted),
    /** Forgets events and requests; credentials stay good. */
    reset() {
      ledger.reset();
      requests.length = 0;
    },
  };
};
