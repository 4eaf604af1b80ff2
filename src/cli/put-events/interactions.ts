import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream';
import { type Info, parse } from 'csv-parse';
import type { PutEventsBody, WireEvent } from '../../contract/put-events-request.js';
import { numberOrText } from '../../contract/validate.js';
import { problemOfRequest } from '../../contract/validate-request.js';
import { excerpt } from '../printable.js';
import type { Source } from './source.js';
import { WrongInput } from './wrong-input.js';

/** A line of a CSV. */
export interface Row {
  /** From 1, the header apart. */
  number: number;
  /** The line of the file on which it ends, from 1. */
  line: number;
  /** Bytes of the file up to its end. */
  bytes: number;
  cells: string[];
}

/** A row as it is sent. */
export interface Interaction {
  row: Row;
  userId: string;
  sessionId: string;
  event: WireEvent;
}

/** Longest row in characters: far more than an event may have. A quote that is never closed is found by it. */
const MAX_ROW_CHARACTERS = 256 * 1024;

/** Columns of an Interactions dataset, and what the service has of its own, that have a field in PutEvents. */
const FIELDS = [
  'USER_ID',
  'ITEM_ID',
  'TIMESTAMP',
  'EVENT_TYPE',
  'EVENT_VALUE',
  'RECOMMENDATION_ID',
  'IMPRESSION',
  'EVENT_ATTRIBUTION_SOURCE',
  'SESSION_ID',
  'EVENT_ID',
] as const;
const REQUIRED = ['USER_ID', 'ITEM_ID', 'TIMESTAMP'] as const;

/** Columns of a file of rejected rows that are no part of an event. */
export const REJECTED_COLUMNS = ['REJECTED_LINE', 'REJECTED_REASON'];

/** Cells without the white space around them, in quotes too. */
const toCells = (record: string[]) => record.map((cell) => cell.trim());

/** Yields all rows, the header first as number 0; held in memory one by one. Rejects where it is no CSV any more. */
export async function* readRows({ name, read }: Pick<Source, 'name' | 'read'>): AsyncGenerator<Row> {
  let number = 0;
  /** The parser counts a CR LF in quotes as two lines. */
  let surplusLines = 0;
  const parser = parse({
    bom: true,
    info: true,
    trim: true,
    // Without it the end of the first line would be the only one.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_CHARACTERS,
  });
  // The parser, which is read, passes errors on.
  pipeline(read(), parser, () => {});
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      surplusLines += record.join('').split('\r\n').length - 1;
      yield {
        number: number++,
        line: info.lines - surplusLines,
        bytes: info.bytes,
        cells: toCells(record),
      };
    }
  } catch (error) {
    if (error instanceof WrongInput) throw error;
    throw new WrongInput(`${name} cannot be read on: ${excerpt((error as Error).message)}`);
  }
}

/** `NUMBER_OF_RATINGS` → `numberOfRatings`, as the service reads it back; what is in camelCase already stays. */
export const toProperty = (column: string): string =>
  /^[a-z]+[A-Z]/.test(column)
    ? column
    : column.toLowerCase().replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Finds the columns; refuses a header that no event can be made of. */
const locate = (header: string[], hasEventType: boolean) => {
  const names = header.map((name) => name.toUpperCase());
  const missing = REQUIRED.filter((name) => !names.includes(name));
  if (missing.length) {
    throw new WrongInput(
      `the first line must name the columns; there is no ${missing.join(', ')} in "${excerpt(header.join(','))}"`,
    );
  }
  if (!hasEventType && !names.includes('EVENT_TYPE')) {
    throw new WrongInput('there is no EVENT_TYPE, which the service requires. Write --event-type click');
  }
  const isOther = (i: number) => ![...FIELDS, ...REJECTED_COLUMNS].includes(names[i] as string);
  const targets = header.map((name, i) => (isOther(i) ? toProperty(name) : (names[i] as string)));
  // Spreadsheets write columns that have neither a name nor cells.
  const twice = targets.findIndex((target, i) => target && targets.indexOf(target) !== i);
  if (twice >= 0) {
    const first = header[targets.indexOf(targets[twice] as string)];
    const also = first === header[twice] ? '' : `, once as "${header[twice]}"`;
    throw new WrongInput(`the column "${first}" is there twice${also}`);
  }
  const others = targets.flatMap((target, i) => (isOther(i) ? [[i, target] as const] : []));
  return { at: (name: (typeof FIELDS)[number]) => names.indexOf(name), others };
};

/**
 * The same row of the same file has the same ID each time it is sent, so that the service counts it once. Rows alike have
 * numbers apart.
 */
const eventIdOf = ({ number, cells }: Row) =>
  createHash('sha256')
    .update(JSON.stringify([number, cells]))
    .digest('base64url');

export interface InteractionsOptions {
  trackingId: string;
  /** Event type of rows that have none. */
  eventType?: string | undefined;
}

/** A row as what it is sent as, or what is wrong with it. */
export type ReadRow = (row: Row) => Interaction | { problem: string };

/** Returns the function that reads the rows of a file with such a header. */
export const readHeader = (header: string[], { trackingId, eventType }: InteractionsOptions): ReadRow => {
  const { at, others } = locate(header, eventType !== undefined);

  return (row) => {
    const { cells } = row;
    if (cells.length !== header.length) {
      return { problem: `it has ${cells.length} cells, the header ${header.length}` };
    }
    const [unnamed] = others.find(([i, name]) => !name && cells[i]) ?? [];
    if (unnamed !== undefined) return { problem: `cell ${unnamed + 1} has no name in the header` };
    // An empty cell is no value.
    const cell = (name: (typeof FIELDS)[number]) => cells[at(name)] || undefined;
    const number = (name: (typeof FIELDS)[number]) => {
      const text = cell(name);
      return text === undefined ? undefined : numberOrText(text);
    };
    const properties = others.filter(([i]) => cells[i]).map(([i, name]) => [name, cells[i]]);
    const source = cell('EVENT_ATTRIBUTION_SOURCE');
    const event = {
      eventId: cell('EVENT_ID') ?? eventIdOf(row),
      eventType: cell('EVENT_TYPE') ?? eventType,
      eventValue: number('EVENT_VALUE'),
      itemId: cell('ITEM_ID') ?? '',
      properties: properties.length ? JSON.stringify(Object.fromEntries(properties)) : undefined,
      sentAt: number('TIMESTAMP'),
      recommendationId: cell('RECOMMENDATION_ID'),
      impression: cell('IMPRESSION')
        ?.split('|')
        .map((itemId) => itemId.trim()),
      metricAttribution: source === undefined ? undefined : { eventAttributionSource: source },
    };
    const userId = cell('USER_ID') ?? '';
    const sessionId = cell('SESSION_ID') ?? userId;
    // Without what is absent.
    const interaction = JSON.parse(JSON.stringify({ userId, sessionId, event })) as Omit<Interaction, 'row'>;
    if (sessionId === 'null') {
      return { problem: 'the service uses nothing of a session called "null": give it another SESSION_ID' };
    }
    const problem = problemOfRequest('events', toBody(trackingId, [interaction]));
    return problem ? { problem: problem.replace('eventList[0].', '') } : { row, ...interaction };
  };
};

/** Rows of one user and session as they are sent together. */
export const toBody = (trackingId: string, batch: Omit<Interaction, 'row'>[]): PutEventsBody => {
  const [{ userId, sessionId }] = batch as [Interaction];
  return { trackingId, userId, sessionId, eventList: batch.map(({ event }) => event) };
};
