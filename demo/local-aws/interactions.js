// @ts-check
import { stringify } from 'csv-stringify/sync';

const COLUMNS = [
  'USER_ID',
  'ITEM_ID',
  'TIMESTAMP',
  'EVENT_TYPE',
  'EVENT_VALUE',
  'IMPRESSION',
  'RECOMMENDATION_ID',
];

/** @param {import('./ledger.js').Accepted} record */
const sessionOf = ({ trackingId, sessionId }) => JSON.stringify([trackingId, sessionId]);

/**
 * Returns the rows of an Interactions dataset for the accepted events. Anonymous events belong to the user who logged in
 * during their session. Events without an item, or of sessions without a login, are never trained on and left out.
 * Interactions with actions belong in another dataset.
 * @param {import('./ledger.js').Accepted[]} accepted
 */
const interactionsOf = (accepted) => {
  const counted = accepted.filter(({ counted, event }) => counted && event.actionId === undefined);
  /** @type {Map<string, string>} */
  const users = new Map();
  for (const record of counted) if (record.userId) users.set(sessionOf(record), record.userId);

  const leftOut = { anonymous: 0, withoutItem: 0 };
  /** @type {(string | number)[][]} */
  const rows = [];
  for (const record of counted) {
    const { event } = record;
    const user = record.userId ?? users.get(sessionOf(record));
    if (!event.itemId) leftOut.withoutItem++;
    else if (!user) leftOut.anonymous++;
    else {
      rows.push([
        user,
        event.itemId,
        Math.floor(event.sentAt),
        event.eventType,
        event.eventValue ?? '',
        event.impression?.join('|') ?? '',
        event.recommendationId ?? '',
      ]);
    }
  }
  return { rows, leftOut };
};

/** @param {import('./ledger.js').Accepted[]} accepted */
export const interactionsCsv = (accepted) => stringify([COLUMNS, ...interactionsOf(accepted).rows]);

/**
 * Returns how many of the counted events the CSV leaves out, by reason.
 * @param {import('./ledger.js').Accepted[]} accepted
 */
export const interactionsLeftOut = (accepted) => interactionsOf(accepted).leftOut;
