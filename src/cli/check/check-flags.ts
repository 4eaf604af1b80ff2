import { type Options, resolveOptions, type Settings } from '../../contract/options.js';
import { readFlags } from '../read-flags.js';

/** What is to be checked. */
export interface Setup {
  settings: Settings;
  /** Of the page, as browsers send it. */
  origin: string;
  /** Whether it is made up, for want of `--origin` and `--page`. */
  isOriginAssumed: boolean;
  /** The address of a page whose policy is looked at. */
  page?: string | undefined;
  /** Of each request. */
  timeLimitMs: number;
  isJson: boolean;
}

export const EXAMPLE_ORIGIN = 'https://shop.example';

/** Several times what a slow connection takes: a service that has said nothing by then is not there for visitors either. */
export const TIME_LIMIT_SECONDS = 10;
/** The tracker itself waits no longer. */
export const LONGEST_LIMIT_SECONDS = 30;

const FLAGS = {
  'tracking-id': { type: 'string' },
  'action-tracking-id': { type: 'string' },
  region: { type: 'string' },
  'identity-pool-id': { type: 'string' },
  'exit-transport': { type: 'string' },
  endpoint: { type: 'string' },
  'endpoint-url': { type: 'string' },
  'identity-endpoint-url': { type: 'string' },
  origin: { type: 'string' },
  page: { type: 'string' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Of AWS, and of no endpoint that takes batches unsigned. */
const OF_AWS = ['identity-pool-id', 'region', 'endpoint-url', 'identity-endpoint-url'] as const;

/** The page's origin, out of its address. */
const originOf = (address: string): string | undefined => {
  try {
    const { origin, protocol } = new URL(address);
    return /^https?:$/.test(protocol) ? origin : undefined;
  } catch {
    return undefined;
  }
};

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A message on an option, with the name of its flag. */
const inFlags = (problem: string, isOfAws: boolean) =>
  problem
    .replace('identityPoolId, credentials or endpoint', '--identity-pool-id or --endpoint')
    .replace(/^[a-z]\w*/i, (option) =>
      isOfAws && /endpoint$/i.test(option) ? `--${kebab(option)}-url` : `--${kebab(option)}`,
    );

type Values = NonNullable<ReturnType<typeof readFlags<typeof FLAGS>>['values']>;

/** What is wrong with flags that the tracker has no option for, or with two together. */
const problemsOf = (values: Values, origin: string | undefined, seconds: number): string[] => {
  const problems: string[] = [];
  if (!origin) {
    problems.push(`--origin must be a page's address like ${EXAMPLE_ORIGIN}; got "${values.origin}"`);
  }
  if (values.page !== undefined && !originOf(values.page)) {
    problems.push(`--page must be an address like ${EXAMPLE_ORIGIN}/; got "${values.page}"`);
  }
  if (!(seconds > 0 && seconds <= LONGEST_LIMIT_SECONDS)) {
    problems.push(`--timeout must be seconds up to ${LONGEST_LIMIT_SECONDS}; got "${values.timeout}"`);
  }
  const superfluous = OF_AWS.find((name) => values[name] !== undefined);
  if (values.endpoint !== undefined && superfluous) {
    problems.push(
      `--${superfluous} does not go with --endpoint, which takes batches unsigned; another AWS is --endpoint-url`,
    );
  }
  if (values['endpoint-url'] !== undefined && values['identity-pool-id'] === undefined) {
    problems.push('--endpoint-url needs --identity-pool-id, to sign with');
  }
  return problems;
};

/** The tracker's own, of the same names. */
const toOptions = (values: Values) =>
  ({
    trackingId: values['tracking-id'],
    actionTrackingId: values['action-tracking-id'],
    region: values.region,
    identityPoolId: values['identity-pool-id'],
    exitTransport: values['exit-transport'],
    endpoint: values.endpoint ?? values['endpoint-url'],
    identityEndpoint: values['identity-endpoint-url'],
  }) as Partial<Options>;

/** Reads the flags: what is to be checked, or what is wrong with them; neither where it is help that is asked for. */
export const readSetup = (args: string[]): { setup?: Setup; problems: string[] } => {
  const { values, problem } = readFlags(args, FLAGS);
  if (!values) return { problems: [problem] };
  if (values.help) return { problems: [] };
  const { endpoint } = values;
  const ofPage = values.origin ?? originOf(values.page ?? '');
  const origin = originOf(ofPage ?? originOf(endpoint ?? '') ?? EXAMPLE_ORIGIN);
  const seconds = Number(values.timeout ?? TIME_LIMIT_SECONDS);
  const { settings, problems: wrong } = resolveOptions(toOptions(values), ofPage && origin);
  const problems = [
    ...problemsOf(values, origin, seconds),
    ...wrong.map((each) => inFlags(each, endpoint === undefined)),
  ];
  if (problems.length || !settings || !origin) return { problems };
  const setup = {
    settings,
    origin,
    isOriginAssumed: ofPage === undefined,
    page: values.page,
    timeLimitMs: seconds * 1000,
    isJson: !!values.json,
  };
  return { problems, setup };
};
