import { isPlainObject, numberOrText } from '../../contract/validate.js';
import { EVENT_SHAPE } from './skeleton.js';
import { WrongInput } from './wrong-input.js';

/** What shorthand can say: it knows no other types. */
export type Value = string | Value[] | { [key: string]: Value };

// The official CLI's own words (https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html), told from each
// other as it does. An unquoted text knows one escape, `\,`.
const SPACE = /[ \t\n\r\v\f]*/y;
const KEY = /[\w\-.#/:]*/y;
const SINGLE_QUOTED = /'(?:\\'|[^'])*'/y;
const DOUBLE_QUOTED = /"(?:\\"|[^"])*"/y;
const TEXT = /(?:\\,|[^\0- "',=[{])(?:\\,|[^"',\]}])*/y;
/** Of a list that is not in brackets: a `=` makes it the key of what comes next. */
const NEXT_TEXT = /(?:\\,|[^\0- "',=[{])(?:\\,|[^"',=])*/y;

/**
 * Parses the official CLI's shorthand, `key=value,list=[a,b],structure={key=value}`.
 * @param load the text behind a `file://…`, which `key@=file://…` asks for
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

  /** All up to a closing bracket. */
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

  /** `a` is a text, `a,b` a list, and in `a,b=c` what follows the comma is the next pair. */
  const texts = (): Value => {
    const members = [text(TEXT) ?? ''];
    for (;;) {
      take(SPACE);
      if (input[at] !== ',') break;
      expect(',');
      const next = text(NEXT_TEXT);
      if (next === undefined && at === input.length) fail('a value');
      take(SPACE);
      if (next === undefined || (at < input.length && input[at] !== ',')) {
        at = input.lastIndexOf(',', at);
        break;
      }
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

/** Makes of texts what the shape has in their place: a number, or a list of one. */
const fit = (value: Value, shape: unknown): unknown => {
  if (typeof shape === 'number' && typeof value === 'string') return numberOrText(value);
  if (Array.isArray(shape)) return Array.isArray(value) ? value : [value];
  if (isPlainObject(shape) && isPlainObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fit(inner, shape[key])]));
  }
  return value;
};

/** An event in shorthand; whatever no event has, or cannot have, is left as it is for the limits to refuse. */
export const eventFromShorthand = (input: string, load: (value: string) => string): unknown =>
  fit(parseShorthand(input, load), EVENT_SHAPE);
