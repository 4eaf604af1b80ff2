import { openSync, readSync } from 'node:fs';
import { homedir } from 'node:os';
import type { PutEventsBody } from '../../contract/put-events-request.js';
import { isPlainObject } from '../../contract/validate.js';
import { problemOfRequest } from '../../contract/validate-request.js';
import { WrongInput } from '../wrong-input.js';
import { eventFromShorthand } from './shorthand.js';
import { isStdin } from './source.js';
import { decodeUtf8, withoutBom } from './utf8.js';

/** The flags of the request's content, named as in the official CLI. */
export interface InputFlags {
  'tracking-id'?: string[];
  'user-id'?: string[];
  'session-id'?: string[];
  'event-list'?: string[];
  'cli-input-json'?: string[];
}

/** Twice the size of ten events at every limit with each character written as `\uXXXX`. */
const MAX_INPUT_BYTES = 2 * 1024 * 1024;

/** Reads a file or a pipe, once. */
const readBytes = (path: string): Buffer => {
  const fd = isStdin(path) ? 0 : openSync(path, 'r');
  const bytes = Buffer.alloc(MAX_INPUT_BYTES + 1);
  let length = 0;
  for (let read = -1; read !== 0 && length < bytes.length; length += read) {
    read = readSync(fd, bytes, length, bytes.length - length, null);
  }
  if (length > MAX_INPUT_BYTES) {
    throw new Error(
      `it is larger than ${MAX_INPUT_BYTES} bytes; a request takes 10 events. A CSV goes with --from`,
    );
  }
  return bytes.subarray(0, length);
};

/** Returns the text of the file that `file://…` names, or the value itself; without a byte order mark. */
const loadText = (value: string): string => {
  const [, path] = /^fileb?:\/\/(.*)$/s.exec(value) ?? [];
  if (path === undefined) return withoutBom(value);
  const read = () => {
    try {
      return readBytes(path.replace(/^~(?=[\\/])/, homedir()));
    } catch (error) {
      throw new WrongInput(`${value} cannot be read: ${(error as Error).message}`);
    }
  };
  return decodeUtf8(read(), value);
};

/** Loads an ID and trims white space, such as a file's last line end. */
export const loadId = (value: string): string => loadText(value).trim();

const parseJson = (text: string, flag: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WrongInput(`--${flag} is no JSON: ${(error as Error).message}`);
  }
};

/** Reads one JSON list, or events one by one: each in JSON, or each in shorthand. */
const readList = (values: string[]): unknown[] => {
  const texts = values.map(loadText);
  const [first = ''] = texts;
  if (!/^\s*[[{]/.test(first)) {
    try {
      return texts.map((text) => eventFromShorthand(text, loadText));
    } catch (error) {
      throw error instanceof WrongInput ? new WrongInput(`--event-list: ${error.message}`) : error;
    }
  }
  const parsed = texts.map((text) => parseJson(text, 'event-list'));
  return parsed.length === 1 ? parsed.flat() : parsed;
};

const ISO_8601 = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?$/;

/** Returns the Unix seconds of a time in the official CLI's formats. Other values stay, for the validation to refuse. */
const toSeconds = (time: unknown): unknown => {
  if (typeof time !== 'string') return time;
  if (/^\d+(\.\d+)?$/.test(time)) return Number(time);
  if (!ISO_8601.test(time)) return time;
  // A time without a zone is local. `Date.parse` takes a day for UTC, the official CLI for local.
  const ms = Date.parse(time.length === 'YYYY-MM-DD'.length ? `${time}T00:00` : time);
  return Number.isNaN(ms) ? time : ms / 1000;
};

const withTime = (event: unknown) =>
  isPlainObject(event) && 'sentAt' in event ? { ...event, sentAt: toSeconds(event.sentAt) } : event;

/** Hints on what to write, by the problem. */
const HINTS: [problem: RegExp, hint: string][] = [
  [/^trackingId must/, "--tracking-id, the event tracker's ID"],
  [/^sessionId must/, "--session-id, the ID of the visitor's session"],
  [/^eventList must/, '--event-list, such as eventType=click,itemId=a,sentAt=1700000000'],
  [/\.sentAt must/, 'when it happened: sentAt=1700000000, or sentAt=2023-11-14T22:13:20Z'],
  [/\.properties must/, 'the text of a JSON object'],
];

/** Returns the body of PutEvents from the flags; throws its first problem. */
export const readInput = (flags: InputFlags): PutEventsBody => {
  const [json] = flags['cli-input-json'] ?? [];
  const input = json === undefined ? {} : parseJson(loadText(json), 'cli-input-json');
  if (!isPlainObject(input)) throw new WrongInput('--cli-input-json must be a JSON object');
  const textOf = (name: 'trackingId' | 'userId' | 'sessionId', [value]: string[] = []) =>
    value === undefined ? {} : { [name]: loadId(value) };
  const list = flags['event-list'] ? readList(flags['event-list']) : input.eventList;
  const body = {
    ...input,
    ...textOf('trackingId', flags['tracking-id']),
    ...textOf('userId', flags['user-id']),
    ...textOf('sessionId', flags['session-id']),
    eventList: Array.isArray(list) ? list.map(withTime) : list,
  };
  const problem = problemOfRequest('events', body);
  if (problem) {
    const [, hint] = HINTS.find(([pattern]) => pattern.test(problem)) ?? [];
    throw new WrongInput(hint ? `${problem}. Write ${hint}` : problem);
  }
  return body as unknown as PutEventsBody;
};
