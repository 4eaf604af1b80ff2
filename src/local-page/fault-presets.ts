import type { FaultState } from '../local/api-messages.js';
import type { Fault, FaultTarget } from '../local/fault.js';

/** A fault to switch on by a click. */
export interface FaultPreset {
  label: string;
  /** Says what a visitor's tracker gets. */
  effect: string;
  fault: Fault;
}

const onPersonalize = (fault: Fault): Fault => ({ on: 'personalize', ...fault });

export const PRESETS: FaultPreset[] = [
  {
    label: 'Service down (503)',
    effect: 'Events and actions get 503 ServiceUnavailableException.',
    fault: onPersonalize({ name: 'down', status: 503, type: 'ServiceUnavailableException' }),
  },
  {
    label: 'Throttled (429)',
    effect: 'Events and actions get 429 ThrottlingException, with Retry-After: 5 seconds.',
    fault: onPersonalize({
      name: 'throttled',
      status: 429,
      type: 'ThrottlingException',
      retryAfter: 5,
      exposeRetryAfter: true,
    }),
  },
  {
    label: 'Every third fails',
    effect: 'A third of the batches, at random, get 500 InternalServerException.',
    fault: onPersonalize({ name: 'flaky', status: 500, type: 'InternalServerException', share: 1 / 3 }),
  },
  {
    label: 'Connection reset',
    effect: 'The connection is reset before the events are counted.',
    fault: onPersonalize({ name: 'reset', drop: 'request' }),
  },
  {
    label: 'Answer lost',
    effect: 'The events are counted, but the answer is lost: the tracker sends them again.',
    fault: onPersonalize({ name: 'lost', drop: 'answer' }),
  },
  {
    label: 'Never answers',
    effect: 'Requests wait until the fault is undone.',
    fault: onPersonalize({ name: 'stall', stall: true }),
  },
  {
    label: 'Slow (2 s)',
    effect: 'Each answer takes two seconds.',
    fault: onPersonalize({ name: 'slow', delayMs: 2000 }),
  },
  {
    label: 'Access denied (403)',
    effect: 'Events and actions get 403 AccessDeniedException, as without a policy for the guest role.',
    fault: onPersonalize({ name: 'denied', status: 403, type: 'AccessDeniedException' }),
  },
  {
    label: 'Cognito throttled',
    effect: 'No credentials are issued: 400 TooManyRequestsException.',
    fault: { on: 'cognito', name: 'cognito', status: 400, type: 'TooManyRequestsException' },
  },
];

/** Offset of the service's clock for a visitor whose clock is an hour ahead. */
export const CLOCK_SKEW_MS = -3_600_000;

const contentOf = (fault: object) => JSON.stringify(Object.entries(fault).sort());

/** Returns the active faults as they were set. */
export const faultsOf = ({ faults }: FaultState): Fault[] =>
  faults.map(({ hits, times, ...fault }) => ({
    ...fault,
    // JSON has null for Infinity, the default.
    ...(typeof times === 'number' && { times }),
  }));

const isSame = (one: Fault, other: Fault) => contentOf(one) === contentOf(other);

/** Returns the hits of an active fault, or undefined if the fault is not active. */
export const hitsOf = (state: FaultState, fault: Fault): number | undefined =>
  state.faults[faultsOf(state).findIndex((each) => isSame(each, fault))]?.hits;

/** Returns the faults with one added, or removed if it is active. */
export const toggleFault = (state: FaultState, fault: Fault): Fault[] => {
  const faults = faultsOf(state);
  const others = faults.filter((each) => !isSame(each, fault));
  return others.length < faults.length ? others : [...faults, fault];
};

/** Returns the active faults that are no preset: set for one item, in code or by the API. */
export const otherFaults = (state: FaultState): Fault[] =>
  faultsOf(state).filter((fault) => !PRESETS.some((preset) => isSame(preset.fault, fault)));

/** Returns whether all is well. */
export const isHealthy = ({ faults, clockSkewMs }: FaultState): boolean => !faults.length && !clockSkewMs;

const TARGET_LABELS: Record<FaultTarget, string> = {
  events: 'PutEvents',
  actions: 'PutActionInteractions',
  personalize: 'PutEvents and PutActionInteractions',
  cognito: 'Cognito',
  GetId: 'GetId',
  GetCredentialsForIdentity: 'GetCredentialsForIdentity',
  preflight: 'Preflights',
};

const describeEffect = ({ status, type, drop, stall, delayMs, refuseItem }: Fault): string => {
  if (refuseItem !== undefined) return `refuses item ${refuseItem}`;
  if (stall) return 'never answers';
  if (drop) return drop === 'answer' ? 'loses the answer' : 'resets the connection';
  return status === undefined ? `answers after ${delayMs} ms` : [status, type].filter(Boolean).join(' ');
};

/** Says in words what a fault does. */
export const describeFault = (fault: Fault): string => {
  const { name, on = 'events', share, times, status, delayMs, retryAfter } = fault;
  return [
    `${TARGET_LABELS[on]}: ${describeEffect(fault)}`,
    status !== undefined && delayMs !== undefined && `after ${delayMs} ms`,
    retryAfter !== undefined && `Retry-After ${retryAfter} s`,
    share !== undefined && `${Math.round(share * 100)} % of the requests`,
    times !== undefined && `${times} times`,
    name !== undefined && `named “${name}”`,
  ]
    .filter(Boolean)
    .join(', ');
};

/** Returns the label of an active fault: the preset's, or what it does. */
const labelOf = (fault: Fault): string =>
  PRESETS.find((preset) => isSame(preset.fault, fault))?.label ?? describeFault(fault);

/** Returns the labels of all active faults, and of a wrong clock. */
export const activeLabels = (state: FaultState): string[] => [
  ...faultsOf(state).map(labelOf),
  ...(state.clockSkewMs ? [describeSkew(state.clockSkewMs)] : []),
];

/** Says in words how far the visitor's clock is wrong. */
export const describeSkew = (skewMs: number): string =>
  `Visitors’ clocks ${Math.abs(skewMs) / 60_000} min ${skewMs < 0 ? 'ahead' : 'behind'}`;
