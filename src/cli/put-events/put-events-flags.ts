import { parseArgs } from 'node:util';
import { closestMatch } from 'leven';
import { WrongInput } from './wrong-input.js';

/** How many values a flag takes. */
export type Takes = 'none' | 'one' | 'any' | 'some';

const COUNTS: Record<Takes, [min: number, max: number, words: string]> = {
  none: [0, 0, 'no value'],
  one: [1, 1, 'one value'],
  any: [0, 1, 'at most one value'],
  some: [1, Number.POSITIVE_INFINITY, 'a value'],
};

/** A word further off than this many letters is not what was meant. */
const NEAR_LETTERS = 4;

const unknown = (raw: string, names: string[], before: string | undefined) => {
  const near = closestMatch(raw.replace(/^-+/, ''), names, { maxDistance: NEAR_LETTERS });
  // Such as a negative number.
  const isValue = before !== undefined && !raw.startsWith('--');
  const hint = isValue
    ? `a value that starts with "-" is written --${before}=VALUE`
    : `did you mean --${near}?`;
  return new WrongInput(isValue || near ? `there is no ${raw}; ${hint}` : `there is no ${raw}; see --help`);
};

/** The values of each flag that is given: all that stands behind it, up to the next flag. */
export const readFlags = <Name extends string>(
  args: string[],
  takes: Record<Name, Takes>,
): Partial<Record<Name, string[]>> => {
  const given: Partial<Record<Name, string[]>> = {};
  const names = Object.keys(takes) as Name[];
  let current: Name | undefined;
  // Told nothing of the flags it tells how each word looks, and leaves to this which of them belong together.
  for (const token of parseArgs({ args, strict: false, tokens: true }).tokens) {
    if (token.kind === 'option') {
      const name = names.find((known) => token.rawName === `--${known}`);
      if (!name) throw unknown(token.rawName, names, current);
      if (given[name]) throw new WrongInput(`--${name} is given twice`);
      given[name] = token.value === undefined ? [] : [token.value];
      current = name;
    } else if (token.kind === 'positional') {
      if (!current) throw new WrongInput(`"${token.value}" stands behind no flag`);
      given[current]?.push(token.value);
    }
  }
  for (const [name, { length }] of Object.entries(given) as [Name, string[]][]) {
    const [min, max, words] = COUNTS[takes[name]];
    if (length < min || length > max) throw new WrongInput(`--${name} takes ${words}; got ${length}`);
  }
  return given;
};
