// @ts-check
import { randomUUID } from 'node:crypto';
import { formOf } from './claim.js';
import { createCognito, operationOf } from './cognito.js';
import { createFaults } from './faults.js';
import { AwsError, allowOrigin, allowPost, cut, readBody, send } from './http.js';
import { interactionsCsv, interactionsLeftOut } from './interactions.js';
import { createLedger, MAX_KEPT } from './ledger.js';
import { createPersonalize } from './personalize.js';

/**
 * @typedef {import('./http.js').IncomingMessage} IncomingMessage
 * @typedef {import('./http.js').ServerResponse} ServerResponse
 * @typedef {{ method: string, path: string, target: string | null, origin: string | null,
 *   form: 'header' | 'query' | 'unsigned' | null, contentType: string | null, eventCount: number,
 *   status: number, errorType: string | null, fault: import('./faults.js').Kind | null, requestId: string,
 *   receivedAt: number }} Received
 *   `status` is 0 until there is an answer; `fault`: the field of the fault that decided it
 * @typedef {{ request: IncomingMessage, response: ServerResponse, body: Buffer, received: Received }} Call
 * @typedef {{ contentType?: string, typeInBody?: boolean, formOf?: (request: IncomingMessage) => Received['form'],
 *   run: (call: Call) => Promise<unknown> }} Operation
 *   `run` resolves to the answer's body; `typeInBody`: an error's kind goes into the body, too
 */

/**
 * Simulates Cognito Identity and Personalize Events on one origin, as strict as AWS: it verifies signatures with AWS's
 * own signer, checks every limit of the service, and counts each event once.
 * @param {{ trackingIds?: string[], actionTrackingIds?: string[], identityPoolIds?: string[], region?: string,
 *   sessionSeconds?: number, now?: () => number, random?: () => number }} [options] `sessionSeconds`: the lifetime of
 *   guest credentials; `random` decides which share of requests a fault hits
 */
export const createLocalAws = ({
  trackingIds = ['demo-tracker'],
  actionTrackingIds = ['demo-action-tracker'],
  identityPoolIds = ['us-east-1:00000000-0000-4000-8000-000000000000'],
  region = 'us-east-1',
  sessionSeconds = 3600,
  now = Date.now,
  random = Math.random,
} = {}) => {
  let skewMs = 0;
  /** The service's clock, which `skew()` sets off from `now`. */
  const clock = () => now() + skewMs;
  const cognito = createCognito({ identityPoolIds, region, sessionSeconds, now: clock });
  const ledger = createLedger();
  const personalize = createPersonalize({
    trackingIds,
    actionTrackingIds,
    region,
    now: clock,
    find: cognito.find,
    ledger,
  });
  const faults = createFaults({ random });
  /** @type {Received[]} */
  const requests = [];

  /** @type {Operation} */
  const guestAccess = {
    contentType: 'application/x-amz-json-1.1',
    typeInBody: true,
    run: async ({ request, body }) => cognito.call(String(request.headers['x-amz-target']), body),
  };
  /** @param {Operation['run']} run @returns {Operation} */
  const signed = (run) => ({ contentType: 'application/json', formOf, run });
  /** @param {Operation['run']} run @returns {Operation} */
  const unsigned = (run) => ({ contentType: 'application/json', formOf: () => 'unsigned', run });
  const putEvents = signed(personalize.putEvents.signed);
  const putActionInteractions = signed(personalize.putActionInteractions.signed);
  const collectEvents = unsigned(personalize.putEvents.unsigned);
  const collectActionInteractions = unsigned(personalize.putActionInteractions.unsigned);
  /** @type {Operation} */
  const preflight = { run: async ({ request, response }) => allowPost(request, response) };
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
    if (method === 'POST' && path === '/action-interactions') return putActionInteractions;
    return unknown;
  };
  /** @param {Received} received */
  const routeCollect = ({ method, path }) => {
    if (method === 'POST' && path.endsWith('/events')) return collectEvents;
    if (method === 'POST' && path.endsWith('/action-interactions')) return collectActionInteractions;
    return unknown;
  };

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
      fault: null,
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
      response.setHeader('date', new Date(clock()).toUTCString());
      response.setHeader('x-amzn-RequestId', received.requestId);
      allowOrigin(request, response);
      const operation = received.method === 'OPTIONS' ? preflight : route(received);
      const { contentType, typeInBody, run } = operation;
      received.form = operation.formOf?.(request) ?? null;
      /** @type {import('./faults.js').Effect} */
      let effect = { kind: null };
      /** @type {import('./http.js').Answer} */
      let answer = { status: 200 };
      try {
        const body = await readBody(request);
        effect = faults.strike(received, body);
        received.fault = effect.kind;
        if (effect.error) throw effect.error;
        if (effect.lost !== 'request') answer.body = await run({ request, response, body, received });
      } catch (error) {
        const { status, kind, message } =
          error instanceof AwsError ? error : new AwsError(500, 'InternalFailure', String(error));
        answer = { status, kind, body: { ...(typeInBody && { __type: kind }), message } };
      }
      await effect.until;
      if (effect.lost) return cut(response);
      for (const [name, value] of Object.entries(effect.headers ?? {})) response.appendHeader(name, value);
      received.status = answer.status;
      received.errorType = answer.kind ?? null;
      send(response, answer, contentType);
    };

  /**
   * Sets the service's clock off by `ms`, as seen by a visitor whose clock is off by `-ms`. Credentials keep their
   * remaining lifetime.
   * @param {number} [ms] without it nothing changes
   * @returns {number} the current offset
   */
  const skew = (ms = skewMs) => {
    if (!Number.isFinite(ms)) throw new Error(`skew() takes milliseconds, not ${JSON.stringify(ms)}.`);
    if (ms !== skewMs) {
      cognito.postponeExpirations(ms - skewMs);
      skewMs = ms;
      faults.notify();
    }
    return skewMs;
  };

  return {
    /** Handles AWS's requests, for a server of node:http or node:https. */
    handler: createHandler(routeAws),
    /** Handles requests to a site's own endpoint, which accepts unsigned batches and checks them alike. */
    collectHandler: createHandler(routeCollect),
    accepted: ledger.accepted,
    requests,
    subscribe: ledger.subscribe,
    issueCredentials: cognito.issueCredentials,
    expireCredentials: cognito.expireCredentials,
    revokeCredentials: cognito.revokeCredentials,
    deleteIdentities: cognito.deleteIdentities,
    interactionsCsv: () => interactionsCsv(ledger.accepted),
    interactionsLeftOut: () => interactionsLeftOut(ledger.accepted),
    fail: faults.fail,
    faults: faults.faults,
    watchFaults: faults.watch,
    skew,
    /** Undoes all faults and the skew. */
    heal() {
      skew(0);
      faults.heal();
    },
    /** Clears events and requests; credentials and faults stay. */
    reset() {
      ledger.reset();
      requests.length = 0;
    },
  };
};
