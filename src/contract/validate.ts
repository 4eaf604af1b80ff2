/** What a value must be, in words, and whether one is. */
export type Check = [expected: string, passes: (value: unknown) => boolean];

const SHOWN_CHARACTERS = 60;

/** Bounds the work of showing a value, which may be as large as a request. */
const SHOWN_VALUES = 99;

/** Returns a value as a message shows it. */
const show = (value: unknown): string => {
  let left = SHOWN_VALUES;
  let shown: string | undefined;
  try {
    shown =
      typeof value === 'number'
        ? `${value}`
        : JSON.stringify(value, (_, inner) => {
            if (!left--) throw left;
            // Strings and arrays have it.
            return inner?.slice?.(0, SHOWN_CHARACTERS) ?? inner;
          });
  } catch {
    // A cycle or a BigInt has no JSON, and a large object is not worth it.
  }
  shown ??= typeof value;
  if (shown.length <= SHOWN_CHARACTERS) return shown;
  const length = typeof value === 'string' ? ` (${value.length + 2} characters)` : '';
  return `${shown.slice(0, SHOWN_CHARACTERS)}...${length}`;
};

export const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Counts Unicode characters, as AWS does, where `length` counts an emoji twice; white space around them is none. A string
 * that no emoji could make fit is not taken apart.
 */
export const hasLength = (value: unknown, max: number): boolean => {
  const text = typeof value === 'string' ? value.trim() : '';
  return text !== '' && (text.length <= max || (text.length <= 2 * max && [...text].length <= max));
};

export const text = (max: number): Check => [
  `a string of 1-${max} characters`,
  (value) => hasLength(value, max),
];

export const oneOf = (...values: unknown[]): Check => [
  values.join(' or '),
  (value) => values.includes(value),
];

/** Says what is wrong with one value: name, limit and value. */
const problemOfValue = (
  checks: Record<string, Check | undefined>,
  name: string,
  value: unknown,
): string | undefined => {
  const one = checks[name];
  // Every object has a `constructor`.
  if (!Array.isArray(one)) {
    return `${name.slice(0, SHOWN_CHARACTERS)} is unknown; use ${Object.keys(checks).join(', ')}`;
  }
  const [expected, passes] = one;
  return passes(value) ? undefined : `${name} must be ${expected}; got ${show(value)}`;
};

/**
 * Returns the first problem of `input`, and looks no further: an input of a stranger's may have thousands. A value that
 * is undefined counts as absent.
 * @param required names that must be there
 */
export const firstProblem = (
  input: object,
  checks: Record<string, Check>,
  required: string[] = [],
): string | undefined => {
  for (const name of Object.keys(input).concat(required)) {
    const value = (input as Record<string, unknown>)[name];
    if (value === undefined && !required.includes(name)) continue;
    const problem = problemOfValue(checks, name, value ?? null);
    if (problem) return problem;
  }
  return undefined;
};

/** Separates the valid values of `input` from the others, with a message for each of those. */
export const check = <T extends object>(
  input: T,
  checks: { [Name in keyof T]-?: Check },
  clean = <Value>(value: Value): Value | undefined => value,
): { valid: Partial<T>; problems: string[] } => {
  const valid: Partial<T> = {};
  const problems: string[] = [];
  for (const name of Object.keys(input) as (keyof T & string)[]) {
    const value = clean(input[name]);
    if (value === undefined) continue;
    const problem = problemOfValue(checks, name, value);
    if (problem) problems.push(problem);
    else valid[name] = value;
  }
  return { valid, problems };
};

/** Trims text. Empty text and null are what a template renders of nothing: undefined. */
export const tidy = <T>(value: T): T | undefined =>
  ((typeof value === 'string' ? value.trim() || undefined : value) as T | undefined) ?? undefined;

/** Whether an ID is what a template leaves of a value that it has not. */
export const isLeftover = (id: string | undefined): boolean =>
  /^(undefined|null|NaN|\[object .*\])$|\{\{|\$\{|<%/.test(id ?? '');

/** The number that an attribute's text is; the text itself where it is none, for a check to show. */
export const numberOrText = (value: string): number | string =>
  value.trim() && Number.isFinite(+value) ? +value : value;
