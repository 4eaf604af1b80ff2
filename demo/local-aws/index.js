// @ts-check
import { randomUUID } from 'node:crypto';
import { createCognito } from './cognito.js';
import { AwsError, allowOrigin, answerPreflight, readBody, send } from './http.js';
import { interactionsCsv } from './interactions.js';
import { createLedger } from './ledger.js';
import { checkPutEvents } from './limits.js';
import { verify } from './signature.js';

/**
 * @typedef {import('./http.js').IncomingMessage} IncomingMessage
 * @typedef {import('./http.js').ServerResponse} ServerResponse
 * @typedef {{ method: string, path: string, target: string | null, origin: string | null,
 *   form: 'header' | 'query' | 'unsigned' | null, contentType: string | null, eventCount: number,
 *   status: number, errorType: string | null, requestId: string, receivedAt: number }} Received
 */

/** A demo left running for days must not fill the memory. */
const MAX_KEPT = 100_000;

const JSON_1_0 = 'application/json';
const JSON_1_1 = 'application/x-amz-json-1.1';
const COGNITO = 'AWSCognitoIdentityService.';

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
  /** @type {Received[]} */
  const requests = [];

  /**
   * @param {IncomingMessage} request
   * @param {Received} received
   * @param {boolean} isSigned
   */
  const putEvents = async (request, received, isSigned) => {
    const body = await readBody(request);
    received.form = isSigned
      ? await verify({ request, body, region, now: now(), find: cognito.find })
      : 'unsigned';
    let batch;
    try {
      batch = JSON.parse(body);
    } catch {
      throw new AwsError(400, 'SerializationException', 'The body is not JSON.');
    }
    checkPutEvents(batch, trackingIds);
    received.eventCount = batch.eventList.length;
    const { form, receivedAt, requestId } = received;
    ledger.add(batch, { form, receivedAt, requestId });
  };

  /** @param {boolean} isAws whether to sign in and be Cognito, too; else a site's own endpoint */
  const createHandler = (isAws) => {
    /**
     * @param {IncomingMessage} request
     * @param {ServerResponse} response
     */
    return async (request, response) => {
      const target = request.headers['x-amz-target'];
      /** @type {Received} */
      const received = {
        method: request.method ?? '',
        path: (request.url ?? '').replace(/\?.*/, ''),
        target: typeof target === 'string' ? target.replace(COGNITO, '') : null,
        origin: request.headers.origin ?? null,
        form: null,
        contentType: request.headers['content-type'] ?? null,
        eventCount: 0,
        status: 0,
        errorType: null,
        requestId: randomUUID(),
        receivedAt: now(),
      };
      requests.push(received);
      if (requests.length > MAX_KEPT) requests.shift();
      response.setHeader('date', new Date(now()).toUTCString());
      response.setHeader('x-amzn-RequestId', received.requestId);
      allowOrigin(request, response);
      const isCognito = isAws && received.path === '/' && received.target !== null;
      try {
        if (received.method === 'OPTIONS') {
          received.status = 200;
          answerPreflight(request, response);
        } else if (received.method === 'POST' && isCognito) {
          const body = cognito.call(received.target ?? '', await readBody(request));
          received.status = 200;
          send(response, { status: 200, body }, JSON_1_1);
        } else if (
          received.method === 'POST' &&
          (isAws ? received.path === '/events' : /\/events$/.test(received.path))
        ) {
          await putEvents(request, received, isAws);
          received.status = 200;
          send(response, { status: 200 }, JSON_1_0);
        } else {
          throw new AwsError(404, 'UnknownOperationException', 'There is no such operation here.');
        }
      } catch (error) {
        const { status, kind, message } =
          error instanceof AwsError ? error : new AwsError(500, 'InternalFailure', String(error));
        received.status = status;
        received.errorType = kind;
        const body = isCognito ? { __type: kind, message } : { message };
        send(response, { status, kind, body }, isCognito ? JSON_1_1 : JSON_1_0);
      }
    };
  };

  return {
    /** AWS: a listener for a server of node:http or node:https. */
    handler: createHandler(true),
    /** Not AWS: a site's own endpoint, which takes unsigned batches and checks them alike. */
    collectHandler: createHandler(false),
    accepted: ledger.accepted,
    requests,
    subscribe: ledger.subscribe,
    issueCredentials: cognito.issueCredentials,
    revokeCredentials: cognito.revokeCredentials,
    deleteIdentities: cognito.deleteIdentities,
    interactionsCsv: () => interactionsCsv(ledger.accepted),
    /** Forgets events and requests; credentials stay good. */
    reset() {
      ledger.reset();
      requests.length = 0;
    },
  };
};
