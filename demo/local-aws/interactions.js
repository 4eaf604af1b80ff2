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

/**
 * What was accepted, as an Interactions dataset. Anonymous events belong to whoever logged in during their
 * session; those whose session nobody logged in to, and those without an item, are never trained on and stay out.
 * @param {import('./ledger.js').Accepted[]} accepted
 */
export const interactionsCsv = (accepted) => {
  const counted = accepted.filter((record) => record.counted);
  /** @type {Map<string, string>} */
  const users = new Map();
  for (const { sessionId, userId } of counted) if (userId) users.set(sessionId, userId);

  const leftOut = { anonymous: 0, withoutItem: 0 };
  /** @type {(string | number)[][]} */
  const rows = [];
  for (const { sessionId, userId, event } of counted) {
    const user = userId ?? users.get(sessionId);
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
  return { csv: stringify([COLUMNS, ...rows]), leftOut };
};
