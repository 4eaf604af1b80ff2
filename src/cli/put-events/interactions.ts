import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream';
import { type Info, parse } from 'csv-parse';
import type { PutEventsBody, WireEvent } from '../../contract/put-events-request.js';
import { numberOrText } from '../../contract/validate.js';
import { problemOfRequest } from '../../contract/validate-request.js';
import { toProperty } from '../../server/column-names.js';
import { excerpt } from '../printable.js';
import { WrongInput } from '../wrong-input.js';
import type { Source } from './source.js';

/** A line of a CSV. */
export interface Row {
  /** From 1, the header not counted. */
  number: number;
  /** The line of the file where it ends, from 1. */
  line: number;
  /** Bytes of the file up to the row's end. */
  bytes: number;
  cells: string[];
}

/** A row as an event, with its user and session. */
export interface Interaction {
  row: Row;
  userId: string;
  sessionId: string;
  event: WireEvent;
}

/** Longest row in characters, far more than an event may have: it finds a quote that is never closed. */
const MAX_ROW_CHARACTERS = 256 * 1024;

/** Columns that have a field in PutEvents: those of an Interactions dataset, and fields of the service's own. */
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
type Field = (typeof FIELDS)[number];
const REQUIRED = ['USER_ID', 'ITEM_ID', 'TIMESTAMP'] as const;

/** Extra columns of a file of rejected rows. */
export const REJECTED_COLUMNS = ['REJECTED_LINE', 'REJECTED_REASON'];

/** Trims white space, also inside quotes. */
const toCells = (record: string[]) => record.map((cell) => cell.trim());

/** Yields the rows one by one, the header first as number 0. Rejects at the first part that is no CSV. */
export async function* readRows({ name, read }: Pick<Source, 'name' | 'read'>): AsyncGenerator<Row> {
  let number = 0;
  // The parser counts a CR LF in quotes as two lines.
  let surplusLines = 0;
  const parser = parse({
    bom: true,
    info: true,
    trim: true,
    // By default the first line's delimiter would be the only one.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_CHARACTERS,
  });
  // The parser passes errors on to its reader.
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

/** Finds the columns; throws at a header from which no event can be made. */
const findColumns = (header: string[], hasEventType: boolean) => {
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
  const isProperty = (i: number) => ![...FIELDS, ...REJECTED_COLUMNS].includes(names[i] as string);
  const targets = header.map((name, i) => (isProperty(i) ? toProperty(name) : (names[i] as string)));
  // Spreadsheets write columns without a name and cells: these may occur twice.
  const duplicate = targets.findIndex((target, i) => target && targets.indexOf(target) !== i);
  if (duplicate >= 0) {
    const first = header[targets.indexOf(targets[duplicate] as string)];
    const also = first === header[duplicate] ? '' : `, once as "${header[duplicate]}"`;
    throw new WrongInput(`the column "${first}" is there twice${also}`);
  }
  const properties = targets.flatMap((target, i) => (isProperty(i) ? [[i, target] as const] : []));
  return { indexOf: (name: Field) => names.indexOf(name), properties };
};

/**
 * Returns an ID that is the same each time a row of a file is sent, so that the service counts it once. Equal rows differ
 * by their numbers.
 */
const eventIdOf = ({ number, cells }: Row) =>
  createHash('sha256')
    .update(JSON.stringify([number, cells]))
    .digest('base64url');

export interface InteractionsOptions {
  trackingId: string;
  /** Event type of rows without one. */
  eventType?: string | undefined;
}

/** Returns a row as an event, or the row's problem. */
export type ReadRow = (row: Row) => Interaction | { problem: string };

/** Returns the body of PutEvents for rows of one user and session. */
export const toBody = (trackingId: string, batch: Omit<Interaction, 'row'>[]): PutEventsBody => {
  const [{ userId, sessionId }] = batch as [Interaction];
  return { trackingId, userId, sessionId, eventList: batch.map(({ event }) => event) };
};

/** Returns the function that reads the rows of a file with this header. */
export const readHeader = (header: string[], { trackingId, eventType }: InteractionsOptions): ReadRow => {
  const { indexOf, properties } = findColumns(header, eventType !== undefined);

  const problemOfCells = (cells: string[]): string | undefined => {
    if (cells.length !== header.length) return `it has ${cells.length} cells, the header ${header.length}`;
    const [unnamed] = properties.find(([i, name]) => !name && cells[i]) ?? [];
    return unnamed === undefined ? undefined : `cell ${unnamed + 1} has no name in the header`;
  };

  const propertiesOf = (cells: string[]): string | undefined => {
    const given = properties.filter(([i]) => cells[i]).map(([i, name]) => [name, cells[i]]);
    return given.length ? JSON.stringify(Object.fromEntries(given)) : undefined;
  };

  const toInteraction = (row: Row): Omit<Interaction, 'row'> => {
    const { cells } = row;
    // An empty cell is no value.
    const textOf = (name: Field) => cells[indexOf(name)] || undefined;
    const numberOf = (name: Field) => {
      const text = textOf(name);
      return text === undefined ? undefined : numberOrText(text);
    };
    const source = textOf('EVENT_ATTRIBUTION_SOURCE');
    const event = {
      eventId: textOf('EVENT_ID') ?? eventIdOf(row),
      eventType: textOf('EVENT_TYPE') ?? eventType,
      eventValue: numberOf('EVENT_VALUE'),
      itemId: textOf('ITEM_ID') ?? '',
      properties: propertiesOf(cells),
      sentAt: numberOf('TIMESTAMP'),
      recommendationId: textOf('RECOMMENDATION_ID'),
      impression: textOf('IMPRESSION')
        ?.split('|')
        .map((itemId) => itemId.trim()),
      metricAttribution: source === undefined ? undefined : { eventAttributionSource: source },
    };
    const userId = textOf('USER_ID') ?? '';
    const sessionId = textOf('SESSION_ID') ?? userId;
    // JSON leaves out absent fields.
    return JSON.parse(JSON.stringify({ userId, sessionId, event }));
  };

  return (row) => {
    const problemOfRow = problemOfCells(row.cells);
    if (problemOfRow) return { problem: problemOfRow };
    const interaction = toInteraction(row);
    if (interaction.sessionId === 'null') {
      return { problem: 'the service uses nothing of a session called "null": give it another SESSION_ID' };
    }
    const problem = problemOfRequest('events', toBody(trackingId, [interaction]));
    return problem ? { problem: problem.replace('eventList[0].', '') } : { row, ...interaction };
  };
};
