// @ts-check
import { formOf } from './claim.js';
import { parse, readBody } from './http.js';
import { checkPutEvents } from './limits.js';
import { verify } from './signature.js';

/**
 * @typedef {import('./http.js').IncomingMessage} IncomingMessage
 * @typedef {import('./index.js').Received} Received
 */

/**
 * Personalize Events.
 * @param {{ trackingIds: string[], region: string, now: () => number,
 *   find: (accessKeyId: string) => import('./cognito.js').IssuedCredentials | undefined,
 *   ledger: ReturnType<typeof import('./ledger.js').createLedger> }} options
 */
export const createPersonalize = ({ trackingIds, region, now, find, ledger }) => {
  /**
   * @param {Buffer} body
   * @param {Received} received
   * @param {'header' | 'query' | 'unsigned'} form
   */
  const accept = (body, received, form) => {
    const batch = parse(body);
    checkPutEvents(batch, trackingIds);
    received.eventCount = batch.eventList.length;
    const { contentType, receivedAt, requestId } = received;
    ledger.add(batch, { form, contentType, receivedAt, requestId });
  };

  return {
    /**
     * @param {IncomingMessage} request
     * @param {Received} received
     */
    async putEvents(request, received) {
      received.form = formOf(request);
      const body = await readBody(request);
      accept(body, received, await verify({ request, body, region, now: now(), find }));
    },
    /**
     * What a site's own endpoint takes: the same, unsigned.
     * @param {IncomingMessage} request
     * @param {Received} received
     */
    async collect(request, received) {
      received.form = 'unsigned';
      accept(await readBody(request), received, 'unsigned');
    },
  };
};
