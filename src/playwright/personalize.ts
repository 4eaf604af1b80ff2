import type { Fault } from '../local/fault.js';
import { type EventFilter, findEvents } from '../local/find-events.js';
import { createLocalAws, type LocalAws } from '../local/local-aws.js';
import type { LocalAwsOptions } from '../local/local-options.js';
import type { ReceivedEvent } from '../local/received.js';

/** The options of the fixture: IDs that are not given may be any, as may the region. */
export interface PersonalizeOptions
  extends Pick<
    LocalAwsOptions,
    'trackingId' | 'actionTrackingId' | 'identityPoolId' | 'region' | 'schema' | 'domain'
  > {
  /** The tracker's `endpoint` if the site has one of its own: a whole URL, or a path of `baseURL`. */
  endpoint?: string;
}

/** The events that the pages of a test have sent, in place of AWS. */
export interface Personalize {
  /** The local AWS with everything else: requests, credentials, faults, the clock. */
  readonly aws: LocalAws;
  /** Returns the events received so far that have all values of the filter. @throws an error that lists the fields */
  events(filter?: EventFilter): ReceivedEvent[];
  /** Lets requests fail, and returns a function that undoes it. @throws an error that says what is wrong with the fault */
  fail(fault: Fault): () => void;
  /** Removes what has been received so far. */
  clear(): void;
}

const OPTIONS: (keyof PersonalizeOptions)[] = [
  'trackingId',
  'actionTrackingId',
  'identityPoolId',
  'region',
  'schema',
  'domain',
  'endpoint',
];

/** Creates the fixture's value. @throws an error that says which option to change */
export const createPersonalize = (options: PersonalizeOptions): Personalize => {
  const { endpoint: _, ...localOptions } = options;
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name as keyof PersonalizeOptions));
  if (unknown) throw new Error(`personalizeOptions has no ${unknown}; use ${OPTIONS.join(', ')}.`);
  const aws = createLocalAws({ ...localOptions, acceptUnknownIds: true });
  return {
    aws,
    events: (filter) => findEvents(aws.events, filter),
    fail: aws.fail,
    clear: aws.clear,
  };
};

/** Checks what a matcher was called with. @throws an error that says what to pass */
export const checkReceiver = (matcher: string, received: unknown): void => {
  if (typeof received === 'object' && received !== null && 'aws' in received) return;
  throw new Error(`${matcher}() takes the fixture: expect(personalize).${matcher}(…)`);
};
