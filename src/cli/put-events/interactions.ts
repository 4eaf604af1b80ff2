import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { numberOrText } from '../../lib/check.js';
import { type PutEventsBody, problemOfRequest, type WireEvent } from '../../wire.js';
import { WrongInput } from './wrong-input.js';

/** A line of a CSV. */
export interface Row {
  /** From 1, the header apart. */
  number: number;
  /** The line of the file on which it ends, from 1. */
  line: number;
  /** Of the file, up to its end. */
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

/** What a row can hold at most, in characters: far more than an event may, far less than memory. A quote that is never closed is found there. */
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

/** What a file of rejected rows tells about them is no part of an event. */
export const REJECTED_COLUMNS = ['REJECTED_LINE', 'REJECTED_REASON'];

/** All rows, the header first as number 0; held in memory one by one. Rejects where the file is no CSV any more. */
export async function* readRows(path: string): AsyncGenerator<Row> {
  let number = 0;
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_CHARACTERS,
  });
  // What fails is told by the parser, which is read.
  pipeline(createReadStream(path), parser, () => {});
  try {
    for await (const { record, info } of parser) {
      yield { number: number++, line: info.lines, bytes: info.bytes, cells: record };
    }
  } catch (error) {
    throw new WrongInput(`${path} cannot be read on: ${(error as Error).message}`);
  }
}

/** `NUMBER_OF_RATINGS` → `numberOfRatings`, as the service reads it back; what is in camelCase already stays. */
export const toProperty = (column: string): string =>
  /^[a-z]+[A-Z]/.test(column)
    ? column
    : column.toLowerCase().replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Where each column is; a header that no event can be made of is refused. */
const locate = (header: string[], hasEventType: boolean) => {
  const names = header.map((name) => name.trim().toUpperCase());
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new WrongInput(`the column "${twice}" is there twice`);
  const missing = REQUIRED.filter((name) => !names.includes(name));
  if (missing.length) {
    throw new WrongInput(
      `the first line must name the columns; there is no ${missing.join(', ')} in "${header.join(',')}"`,
    );
  }
  if (!hasEventType && !names.includes('EVENT_TYPE')) {
    throw new WrongInput('there is no EVENT_TYPE, which the service requires. Write --event-type click');
  }
  const others = header.flatMap((name, i) =>
    [...FIELDS, ...REJECTED_COLUMNS].includes(names[i] as string)
      ? []
      : [[i, toProperty(name.trim())] as const],
  );
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
  /** Of rows that have none. */
  eventType?: string | undefined;
}

/** A row as what it is sent as, or what is wrong with it. */
export type ReadRow = (row: Row) => Interaction | { problem: string };

/** What reads the rows of a file with such a header. */
export const readHeader = (header: string[], { trackingId, eventType }: InteractionsOptions): ReadRow => {
  const { at, others } = locate(header, eventType !== undefined);

  return (row) => {
    const { cells } = row;
    if (cells.length !== header.length) {
      return { problem: `it has ${cells.length} cells, the header ${header.length}` };
    }
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
      impression: cell('IMPRESSION')?.split('|'),
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
