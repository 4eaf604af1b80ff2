import { stringify } from 'csv-stringify/sync';
import { toColumn } from '../server/column-names.js';
import type { InteractionsSchema } from '../server/interactions-schema.js';
import type { ReceivedEvent } from './received.js';

/** A row of an Interactions dataset, by column. */
export type InteractionsRow = Record<string, string | number | boolean | null>;

/** The reason why an event is no row of an Interactions dataset. */
type LeftOut = 'action' | 'duplicate' | 'rejected' | 'ignored' | 'withoutItem' | 'anonymous';

/** An event's row, or why it has none. */
export type InteractionsEntry = { row: InteractionsRow } | { leftOut: LeftOut };

/** Columns that a CSV has without a schema, in this order; a column for each property follows. */
const COLUMNS = [
  'USER_ID',
  'ITEM_ID',
  'TIMESTAMP',
  'EVENT_TYPE',
  'EVENT_VALUE',
  'IMPRESSION',
  'RECOMMENDATION_ID',
];

const sessionKey = ({ trackingId, sessionId }: ReceivedEvent) => JSON.stringify([trackingId, sessionId]);

const readProperties = (text: string | undefined): InteractionsRow =>
  text === undefined ? {} : (JSON.parse(text) as InteractionsRow);

const toRow = ({ event }: ReceivedEvent, userId: string, schema?: InteractionsSchema): InteractionsRow => {
  const row: InteractionsRow = {
    USER_ID: userId,
    ITEM_ID: event.itemId ?? null,
    TIMESTAMP: Math.floor(event.sentAt),
    EVENT_TYPE: event.eventType,
    EVENT_VALUE: event.eventValue ?? null,
    IMPRESSION: event.impression?.join('|') ?? null,
    RECOMMENDATION_ID: event.recommendationId ?? null,
  };
  const source = event.metricAttribution?.eventAttributionSource;
  if (source !== undefined) row.EVENT_ATTRIBUTION_SOURCE = source;
  for (const [name, value] of Object.entries(readProperties(event.properties))) row[toColumn(name)] = value;
  if (!schema) return row;
  return Object.fromEntries([...schema.keys()].map((column) => [column, row[column] ?? null]));
};

/**
 * Returns a function that finds the row of an event among `events`. Anonymous events belong to the user who logged in
 * during their session. Events without an item, or of sessions without a login, are never trained on and have no row.
 * Interactions with actions belong in another dataset.
 */
export const createInteractionsTable = (events: readonly ReceivedEvent[], schema?: InteractionsSchema) => {
  const users = new Map<string, string>();
  for (const event of events) {
    if (event.status === 'accepted' && event.userId) users.set(sessionKey(event), event.userId);
  }
  return (event: ReceivedEvent): InteractionsEntry => {
    if (event.status !== 'accepted') return { leftOut: event.status };
    if (event.event.actionId !== undefined) return { leftOut: 'action' };
    if (!event.event.itemId) return { leftOut: 'withoutItem' };
    const userId = event.userId ?? users.get(sessionKey(event));
    return userId === undefined ? { leftOut: 'anonymous' } : { row: toRow(event, userId, schema) };
  };
};

/** Returns the CSV of an Interactions dataset: the schema's columns, or the usual ones and the properties'. */
export const toInteractionsCsv = (events: readonly ReceivedEvent[], schema?: InteractionsSchema): string => {
  const entryOf = createInteractionsTable(events, schema);
  const rows = events.map(entryOf).flatMap((entry) => ('row' in entry ? [entry.row] : []));
  const columns = schema ? [...schema.keys()] : [...new Set([...COLUMNS, ...rows.flatMap(Object.keys)])];
  return stringify(rows, { header: true, columns, cast: { boolean: String } });
};

/** Returns how many of the accepted events the CSV leaves out, by reason. */
export const countLeftOut = (
  events: readonly ReceivedEvent[],
): Record<'anonymous' | 'withoutItem', number> => {
  const entryOf = createInteractionsTable(events);
  const counts = { anonymous: 0, withoutItem: 0 };
  for (const event of events) {
    const entry = entryOf(event);
    if ('leftOut' in entry && entry.leftOut in counts) counts[entry.leftOut as keyof typeof counts]++;
  }
  return counts;
};
