/** The requests that a fault affects. */
export type FaultTarget =
  | 'events'
  | 'cognito'
  | 'GetId'
  | 'GetCredentialsForIdentity'
  | 'actions'
  | 'personalize'
  | 'preflight';

/** The field that says how a request fails. */
export type FaultKind = 'status' | 'drop' | 'stall' | 'delayMs' | 'refuseItem';

/**
 * A failure of some requests. It has one of `status`, `drop`, `stall` and `refuseItem`; `delayMs` can be added or stand
 * alone.
 */
export interface Fault {
  /** Identifies it in the list of faults. */
  name?: string;
  /**
   * `events` (PutEvents, the default), `actions` (PutActionInteractions), `personalize` (both) and `cognito` do not
   * include preflights.
   */
  on?: FaultTarget;
  /** The number of requests that it affects. Default: unlimited. */
  times?: number;
  /** The share of requests that it affects, 0–1, each decided at random. */
  share?: number;
  /** Status of the answer, 400–599; the operation does not run. */
  status?: number;
  /** Error name in `x-amzn-ErrorType`. Without it, the answer is like a gateway's. */
  type?: string;
  message?: string;
  /**
   * Seconds in `Retry-After`. AWS is not known to expose that header, so by default a page of another origin cannot read
   * it.
   */
  retryAfter?: number;
  /** Exposes that header, as a site's own endpoint may. */
  exposeRetryAfter?: boolean;
  /**
   * Resets the connection: before the operation runs, with the body read, or after it has run. On a reused connection a
   * browser may itself retry: then one fetch makes two requests.
   */
  drop?: 'request' | 'answer';
  /** Accepts the request and never answers; the connection is reset when the fault is undone. */
  stall?: true;
  /** Delays the answer by milliseconds; the operation runs at once. */
  delayMs?: number;
  /** Refuses batches with an event of this itemId, under any credentials; affects no others. */
  refuseItem?: string;
}

const TARGETS: FaultTarget[] = [
  'events',
  'cognito',
  'GetId',
  'GetCredentialsForIdentity',
  'actions',
  'personalize',
  'preflight',
];

/** The maximal delay of a timer in Node. */
const MAX_DELAY_MS = 2 ** 31 - 1;

const isText = (value: unknown) => typeof value === 'string' && value !== '';

const isInteger = (min: number, max: number) => (value: unknown) =>
  Number.isInteger(value) && (value as number) >= min && (value as number) <= max;

/** The fields, with the expected value in words. */
const FIELDS: Record<keyof Fault, [expected: string, accepts: (value: unknown) => boolean]> = {
  name: ['a text', isText],
  on: [`one of ${TARGETS.join(', ')}`, (value) => TARGETS.includes(value as FaultTarget)],
  times: [
    'a whole number from 1, or Infinity',
    (value) => value === Infinity || isInteger(1, 2 ** 53)(value),
  ],
  share: ['a number from 0 to 1', (value) => typeof value === 'number' && value >= 0 && value <= 1],
  status: ['a whole number from 400 to 599', isInteger(400, 599)],
  type: ['a text of letters and digits', (value) => typeof value === 'string' && /^\w+$/.test(value)],
  message: ['a text', isText],
  retryAfter: ['a whole number of seconds from 0', isInteger(0, 2 ** 53)],
  exposeRetryAfter: ['true or false', (value) => typeof value === 'boolean'],
  drop: ["'request' or 'answer'", (value) => value === 'request' || value === 'answer'],
  stall: ['true', (value) => value === true],
  delayMs: [`a whole number of milliseconds from 0 to ${MAX_DELAY_MS}`, isInteger(0, MAX_DELAY_MS)],
  refuseItem: ['an itemId', isText],
};

/** Kinds of which a fault has at most one. */
const EXCLUSIVE_KINDS: FaultKind[] = ['status', 'drop', 'stall', 'refuseItem'];

/** Returns the field that says how a fault's requests fail. */
export const kindOf = (fault: Fault): FaultKind => EXCLUSIVE_KINDS.find((kind) => kind in fault) ?? 'delayMs';

const problemOfFields = (fault: object): string | undefined => {
  for (const [field, value] of Object.entries(fault)) {
    if (!Object.hasOwn(FIELDS, field)) {
      return `A fault has no field '${field}'; it takes ${Object.keys(FIELDS).join(', ')}.`;
    }
    const [expected, accepts] = FIELDS[field as keyof Fault];
    if (!accepts(value)) return `A fault's '${field}' takes ${expected}, not ${JSON.stringify(value)}.`;
  }
  return undefined;
};

const problemOfKinds = (fault: Fault): string | undefined => {
  const kinds = EXCLUSIVE_KINDS.filter((kind) => kind in fault);
  if (kinds.length > 1) {
    return `A fault takes one of ${EXCLUSIVE_KINDS.join(', ')}, not '${kinds.join("' and '")}'.`;
  }
  return kinds.length || 'delayMs' in fault
    ? undefined
    : `A fault takes one of ${EXCLUSIVE_KINDS.join(', ')}, delayMs.`;
};

const problemOfCombination = (fault: Fault): string | undefined => {
  const orphan = (['type', 'message', 'retryAfter'] as const).find((field) => field in fault);
  if (orphan && !('status' in fault)) return `A fault's '${orphan}' goes with a 'status'.`;
  if ('exposeRetryAfter' in fault && !('retryAfter' in fault)) {
    return "A fault's 'exposeRetryAfter' goes with a 'retryAfter'.";
  }
  if ('stall' in fault && 'delayMs' in fault) {
    return "A fault's 'delayMs' does not go with 'stall', which never answers.";
  }
  return 'refuseItem' in fault && (fault.on ?? 'events') !== 'events'
    ? "A fault's 'refuseItem' is for 'events', which alone have items."
    : undefined;
};

/** Checks a fault. @throws an error that says what to change */
export const checkFault: (fault: unknown) => asserts fault is Fault = (fault) => {
  if (typeof fault !== 'object' || fault === null) throw new Error('A fault is an object.');
  const problem = problemOfFields(fault) ?? problemOfKinds(fault) ?? problemOfCombination(fault);
  if (problem) throw new Error(problem);
};
