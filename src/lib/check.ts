/** What a value must be, in words, and whether one is. */
export type Check = [expected: string, passes: (value: unknown) => boolean];

const SHOWN_CHARACTERS = 60;

/** A value as a message shows it. */
const show = (value: unknown): string => {
  let shown: string | undefined;
  try {
    shown = typeof value === 'number' ? `${value}` : JSON.stringify(value);
  } catch {
    // A cycle or a BigInt has no JSON.
  }
  shown ??= typeof value;
  return shown.length > SHOWN_CHARACTERS
    ? `${shown.slice(0, SHOWN_CHARACTERS)}... (${shown.length} characters)`
    : shown;
};

export const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Counted in Unicode characters, as AWS does, where `length` counts an emoji twice. */
export const hasLength = (value: unknown, max: number): boolean =>
  typeof value === 'string' && value !== '' && (value.length <= max || [...value].length <= max);

export const text = (max: number): Check => [
  `a string of 1-${max} characters`,
  (value) => hasLength(value, max),
];

export const oneOf = (...values: unknown[]): Check => [
  values.join(' or '),
  (value) => values.includes(value),
];

/**
 * Parts what is well in `input` from what is not, with a message for each: name, limit and value. What is
 * undefined counts as absent.
 */
export const check = <T extends object>(
  input: T,
  checks: { [Name in keyof T]-?: Check },
): { valid: Partial<T>; problems: string[] } => {
  const valid: Partial<T> = {};
  const problems: string[] = [];
  const names = Object.keys(checks);
  for (const name of Object.keys(input) as (keyof T & string)[]) {
    const value = input[name];
    if (value === undefined) continue;
    if (!names.includes(name)) problems.push(`${name} is unknown; use ${names.join(', ')}`);
    else if (checks[name][1](value)) valid[name] = value;
    else problems.push(`${name} must be ${checks[name][0]}; got ${show(value)}`);
  }
  return { valid, problems };
};

/** The number that an attribute's text is; the text itself where it is none, for a check to show. */
export const numberOrText = (value: string): number | string =>
  value.trim() && Number.isFinite(+value) ? +value : value;
