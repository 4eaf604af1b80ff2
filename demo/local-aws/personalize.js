// @ts-check
import { parse } from './http.js';
import { checkPutEvents } from './limits.js';
import { verify } from './signature.js';

/**
 * @typedef {import('./index.js').Call} Call
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
    /** @param {Call} call */
    async putEvents({ request, body, received }) {
      accept(body, received, await verify({ request, body, region, now: now(), find }));
    },
    /** What a site's own endpoint takes: the same, unsigned. @param {Call} call */
    async collect({ body, received }) {
      accept(body, received, 'unsigned');
    },
  };
};
