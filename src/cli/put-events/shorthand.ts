import { isPlainObject, numberOrText } from '../../contract/validate.js';
import { WrongInput } from '../wrong-input.js';
import { EVENT_SHAPE } from './skeleton.js';

/** A value in shorthand, which knows no other types. */
export type Value = string | Value[] | { [key: string]: Value };

// The tokens of the official CLI (https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html). An unquoted
// text knows one escape, `\,`.
const SPACE = /[ \t\n\r\v\f]*/y;
const KEY = /[\w\-.#/:]*/y;
const SINGLE_QUOTED = /'(?:\\'|[^'])*'/y;
const DOUBLE_QUOTED = /"(?:\\"|[^"])*"/y;
const TEXT = /(?:\\,|[^\0- "',=[{])(?:\\,|[^"',\]}])*/y;
/** A further text of a list without brackets: before a `=` it is the key of the next pair. */
const NEXT_TEXT = /(?:\\,|[^\0- "',=[{])(?:\\,|[^"',=])*/y;

/**
 * Parses the official CLI's shorthand, `key=value,list=[a,b],structure={key=value}`.
 * @param load returns the text of the `file://…` in `key@=file://…`
 */
export const parseShorthand = (input: string, load: (value: string) => string): { [key: string]: Value } => {
  let at = 0;
  let isFile = false;

  const fail = (expected: string): never => {
    throw new WrongInput(`expected ${expected} here:\n  ${input}\n  ${' '.repeat(at)}^`);
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(input)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const expect = (character: string) => {
    take(SPACE);
    if (input[at] !== character) fail(`"${character}"`);
    at++;
    take(SPACE);
  };
  const loaded = (text: string) => (isFile ? load(text) : text);

  const quoted = (pattern: RegExp, quote: string) => {
    const found = take(pattern) ?? fail(`a closing ${quote}`);
    return loaded(found.slice(1, -1).replaceAll(`\\${quote}`, quote).replaceAll('\\\\', '\\'));
  };
  const text = (pattern: RegExp): string | undefined => {
    if (input[at] === "'") return quoted(SINGLE_QUOTED, "'");
    if (input[at] === '"') return quoted(DOUBLE_QUOTED, '"');
    const found = take(pattern);
    return found && loaded(found.replaceAll('\\,', ',').trimEnd());
  };

  /** Reads members up to a closing bracket. */
  const enclosed = (open: string, close: string, member: () => void) => {
    expect(open);
    while (input[at] !== close) {
      member();
      take(SPACE);
      if (input[at] !== close) expect(',');
    }
    expect(close);
  };
  const list = () => {
    const members: Value[] = [];
    enclosed('[', ']', () => members.push(member()));
    return members;
  };
  const structure = () => {
    const members = {};
    enclosed('{', '}', () => pair(members, member));
    return members;
  };
  const member = (): Value => {
    if (input[at] === '[') return list();
    if (input[at] === '{') return structure();
    return text(TEXT) ?? '';
  };

  /** Reads the text after a comma. If that is the next pair's key, goes back to the comma and returns undefined. */
  const textAfterComma = (): string | undefined => {
    expect(',');
    const next = text(NEXT_TEXT);
    if (next === undefined && at === input.length) fail('a value');
    take(SPACE);
    const isValue = next !== undefined && (at === input.length || input[at] === ',');
    if (isValue) return next;
    // Like the official CLI, to an escaped comma, too.
    at = input.lastIndexOf(',', at);
    return undefined;
  };

  /** Reads `a` as a text and `a,b` as a list; in `a,b=c` the next pair follows the comma. */
  const texts = (): Value => {
    const members = [text(TEXT) ?? ''];
    for (take(SPACE); input[at] === ','; take(SPACE)) {
      const next = textAfterComma();
      if (next === undefined) break;
      members.push(next);
    }
    return members.length > 1 ? members : (members[0] as string);
  };
  const value = () => (/[[{]/.test(input[at] ?? '') ? member() : texts());

  const pair = (members: { [key: string]: Value }, read: () => Value) => {
    const key = take(KEY) as string;
    take(SPACE);
    isFile = input[at] === '@';
    if (isFile) expect('@');
    expect('=');
    if (Object.hasOwn(members, key)) fail(`no second "${key}", or a space before it in place of the comma`);
    members[key] = read();
  };

  const members = {};
  pair(members, value);
  while (at < input.length) {
    expect(',');
    pair(members, value);
  }
  return members;
};

/** Converts texts to the types of the shape: a number, or a list of one. */
const fit = (value: Value, shape: unknown): unknown => {
  if (typeof shape === 'number' && typeof value === 'string') return numberOrText(value);
  if (Array.isArray(shape)) return Array.isArray(value) ? value : [value];
  if (isPlainObject(shape) && isPlainObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fit(inner, shape[key])]));
  }
  return value;
};

/** Parses an event in shorthand. Unknown fields and wrong values stay, for the validation to refuse. */
export const eventFromShorthand = (input: string, load: (value: string) => string): unknown =>
  fit(parseShorthand(input, load), EVENT_SHAPE);
