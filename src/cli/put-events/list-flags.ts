import { parseArgs } from 'node:util';
import { closestMatch } from 'leven';
import { WrongInput } from '../wrong-input.js';

/** How many values a flag takes. */
export type Takes = 'none' | 'one' | 'any' | 'some';

const COUNTS: Record<Takes, [min: number, max: number, words: string]> = {
  none: [0, 0, 'no value'],
  one: [1, 1, 'one value'],
  any: [0, 1, 'at most one value'],
  some: [1, Number.POSITIVE_INFINITY, 'a value'],
};

/** A flag that differs in more letters than this is not suggested. */
const MAX_DISTANCE_LETTERS = 4;

const unknownFlag = (raw: string, names: string[], previous: string | undefined) => {
  const near = closestMatch(raw.replace(/^-+/, ''), names, { maxDistance: MAX_DISTANCE_LETTERS });
  // A single hyphen may begin a value, such as a negative number.
  const isValue = previous !== undefined && !raw.startsWith('--');
  const hint = isValue
    ? `a value that starts with "-" is written --${previous}=VALUE`
    : `did you mean --${near}?`;
  return new WrongInput(isValue || near ? `there is no ${raw}; ${hint}` : `there is no ${raw}; see --help`);
};

const assertCount = (name: string, takes: Takes, count: number) => {
  const [min, max, words] = COUNTS[takes];
  if (count < min || count > max) throw new WrongInput(`--${name} takes ${words}; got ${count}`);
};

/** Reads flags that may have several values: all words after a flag, up to the next flag, are its values. */
export const readListFlags = <Name extends string>(
  args: string[],
  takes: Record<Name, Takes>,
): Partial<Record<Name, string[]>> => {
  const given = new Map<Name, string[]>();
  const names = Object.keys(takes) as Name[];
  let current: Name | undefined;

  const begin = (raw: string, value: string | undefined) => {
    const name = names.find((known) => raw === `--${known}`);
    if (!name) throw unknownFlag(raw, names, current);
    if (given.has(name)) throw new WrongInput(`--${name} is given twice`);
    given.set(name, value === undefined ? [] : [value]);
    current = name;
  };
  const addValue = (value: string) => {
    if (!current) throw new WrongInput(`"${value}" stands behind no flag`);
    given.get(current)?.push(value);
  };

  // Without a list of flags, parseArgs only tells options from other words; which words belong together is decided here.
  for (const token of parseArgs({ args, strict: false, tokens: true }).tokens) {
    if (token.kind === 'option') begin(token.rawName, token.value);
    else if (token.kind === 'positional') addValue(token.value);
  }
  for (const [name, values] of given) assertCount(name, takes[name], values.length);
  return Object.fromEntries(given) as Partial<Record<Name, string[]>>;
};
