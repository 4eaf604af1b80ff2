// @ts-check
import { parse } from './http.js';
import { checkPutActionInteractions, checkPutEvents } from './limits.js';
import { verify } from './signature.js';

/**
 * @typedef {import('./index.js').Call} Call
 * @typedef {import('./ledger.js').Sent} Sent
 */

/**
 * Simulates Personalize Events.
 * @param {{ trackingIds: string[], actionTrackingIds: string[], region: string, now: () => number,
 *   find: (accessKeyId: string) => import('./cognito.js').IssuedCredentials | undefined,
 *   ledger: ReturnType<typeof import('./ledger.js').createLedger> }} options
 */
export const createPersonalize = ({ trackingIds, actionTrackingIds, region, now, find, ledger }) => {
  /** @param {any} input @returns {Sent[]} */
  const readEvents = (input) => {
    checkPutEvents(input, trackingIds);
    const { trackingId, sessionId, userId, eventList } = input;
    return eventList.map((/** @type {Sent['event']} */ event) => ({ trackingId, sessionId, userId, event }));
  };

  /** Reads interactions, each of which has its own session and user. @param {any} input @returns {Sent[]} */
  const readActions = (input) => {
    checkPutActionInteractions(input, actionTrackingIds);
    const { trackingId, actionInteractions } = input;
    return actionInteractions.map((/** @type {any} */ { sessionId, userId, ...event }) => ({
      trackingId,
      sessionId,
      userId,
      event,
    }));
  };

  /** @param {(input: any) => Sent[]} read */
  const operation = (read) => {
    /** @param {Call} call @param {'header' | 'query' | 'unsigned'} form */
    const accept = ({ body, received }, form) => {
      const sent = read(parse(body));
      received.eventCount = sent.length;
      const { contentType, receivedAt, requestId } = received;
      for (const one of sent) ledger.add(one, { form, contentType, receivedAt, requestId });
    };
    return {
      /** @param {Call} call */
      async signed(call) {
        const { request, body } = call;
        accept(call, await verify({ request, body, region, now: now(), find }));
      },
      /** Handles a request to a site's own endpoint. @param {Call} call */
      async unsigned(call) {
        accept(call, 'unsigned');
      },
    };
  };

  return { putEvents: operation(readEvents), putActionInteractions: operation(readActions) };
};
