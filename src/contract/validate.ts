/** The expected value in words, and a function that tests a value. */
export type Check = [expected: string, passes: (value: unknown) => boolean];

/** Characters of a value that a message shows. */
const SHOWN_CHARACTERS = 60;

/** Nested values that are visited to show a value: it may be as large as a request. */
const SHOWN_VALUES = 99;

/** Returns the text that shows a value in a message. */
const show = (value: unknown): string => {
  let remaining = SHOWN_VALUES;
  let shown: string | undefined;
  try {
    shown =
      typeof value === 'number'
        ? `${value}`
        : JSON.stringify(value, (_, inner) => {
            if (!remaining--) throw remaining;
            // Strings and arrays have `slice`.
            return inner?.slice?.(0, SHOWN_CHARACTERS) ?? inner;
          });
  } catch {
    // Cycles and BigInts have no JSON, and a large object takes too long.
  }
  shown ??= typeof value;
  if (shown.length <= SHOWN_CHARACTERS) return shown;
  const length = typeof value === 'string' ? ` (${value.length + 2} characters)` : '';
  return `${shown.slice(0, SHOWN_CHARACTERS)}...${length}`;
};

export const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Returns whether a text, without the white space around it, has 1 to `max` Unicode characters. Like AWS it counts an
 * emoji as one, where `length` counts two. A text that is too long in any case is not split into characters.
 */
export const hasLength = (value: unknown, max: number): boolean => {
  const text = typeof value === 'string' ? value.trim() : '';
  return text !== '' && (text.length <= max || (text.length <= 2 * max && [...text].length <= max));
};

/** Returns a check for text of 1 to `max` characters. */
export const text = (max: number): Check => [
  `a string of 1-${max} characters`,
  (value) => hasLength(value, max),
];

/** Returns a check for one of some values. */
export const oneOf = (...values: unknown[]): Check => [
  values.join(' or '),
  (value) => values.includes(value),
];

/** Returns what is wrong with a value: its name, limit and value. */
const problemOfValue = (
  checks: Record<string, Check | undefined>,
  name: string,
  value: unknown,
): string | undefined => {
  const entry = checks[name];
  // Not a test for undefined: every object inherits a `constructor`.
  if (!Array.isArray(entry)) {
    return `${name.slice(0, SHOWN_CHARACTERS)} is unknown; use ${Object.keys(checks).join(', ')}`;
  }
  const [expected, passes] = entry;
  return passes(value) ? undefined : `${name} must be ${expected}; got ${show(value)}`;
};

/**
 * Returns the first problem of `input` and stops there: input from outside may have thousands. An undefined value
 * counts as absent.
 * @param required names that must be present
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

/** Returns the valid values of `input`, and a message about each invalid one. */
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

/** Trims text. Returns undefined for empty text and null, which a template writes for a missing value. */
export const tidy = <T>(value: T): T | undefined =>
  ((typeof value === 'string' ? value.trim() || undefined : value) as T | undefined) ?? undefined;

/** Returns whether an ID is what a template writes for a missing value. */
export const isLeftover = (id: string | undefined): boolean =>
  /^(undefined|null|NaN|\[object .*\])$|\{\{|\$\{|<%/.test(id ?? '');

/**
 * Returns the number that an attribute's text stands for; other text is returned unchanged, so that a check can show
 * it.
 */
export const numberOrText = (value: string): number | string =>
  value.trim() && Number.isFinite(+value) ? +value : value;
