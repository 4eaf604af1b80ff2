import type { Options } from '../../contract/options.js';
import { resolveOptions, type Settings } from '../../contract/resolve-options.js';
import { readFlags } from '../read-flags.js';

/** The setup to check. */
export interface Setup {
  settings: Settings;
  /** The page's origin, as browsers send it. */
  origin: string;
  /** Neither `--origin` nor `--page` was given. */
  isOriginAssumed: boolean;
  /** Address of a page whose Content-Security-Policy is checked. */
  page?: string | undefined;
  /** Timeout of each request. */
  timeoutMs: number;
  isJson: boolean;
  /** File of the dataset's schema. */
  schemaFile?: string | undefined;
}

export const EXAMPLE_ORIGIN = 'https://shop.example';

/** Several times as long as a slow connection takes: visitors could not use a slower service either. */
export const DEFAULT_TIMEOUT_SECONDS = 10;
/** Equals the tracker's own timeout. */
export const MAX_TIMEOUT_SECONDS = 30;

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
  schema: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Flags that do not go with an endpoint that takes batches unsigned. */
const AWS_FLAGS = ['identity-pool-id', 'region', 'endpoint-url', 'identity-endpoint-url'] as const;

/** Returns the origin of an HTTP(S) address; undefined for any other text. */
const originOf = (address: string): string | undefined => {
  try {
    const { origin, protocol } = new URL(address);
    return /^https?:$/.test(protocol) ? origin : undefined;
  } catch {
    return undefined;
  }
};

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Returns a message about an option with the name of its flag. */
const withFlagName = (problem: string, isOfAws: boolean) =>
  problem
    .replace('identityPoolId, credentials or endpoint', '--identity-pool-id or --endpoint')
    .replace(/^[a-z]\w*/i, (option) =>
      isOfAws && /endpoint$/i.test(option) ? `--${kebab(option)}-url` : `--${kebab(option)}`,
    );

type Values = NonNullable<ReturnType<typeof readFlags<typeof FLAGS>>['values']>;

/** Checks the flags that are no options of the tracker, and combinations of flags. */
const problemsOf = (values: Values, origin: string | undefined, seconds: number): string[] => {
  const problems: string[] = [];
  if (!origin) {
    problems.push(`--origin must be a page's address like ${EXAMPLE_ORIGIN}; got "${values.origin}"`);
  }
  if (values.page !== undefined && !originOf(values.page)) {
    problems.push(`--page must be an address like ${EXAMPLE_ORIGIN}/; got "${values.page}"`);
  }
  if (!(seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS)) {
    problems.push(`--timeout must be seconds up to ${MAX_TIMEOUT_SECONDS}; got "${values.timeout}"`);
  }
  const misplaced = AWS_FLAGS.find((name) => values[name] !== undefined);
  if (values.endpoint !== undefined && misplaced) {
    problems.push(
      `--${misplaced} does not go with --endpoint, which takes batches unsigned; another AWS is --endpoint-url`,
    );
  }
  if (values['endpoint-url'] !== undefined && values['identity-pool-id'] === undefined) {
    problems.push('--endpoint-url needs --identity-pool-id, to sign with');
  }
  return problems;
};

/** Returns the tracker's options of the same names. */
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

/** Reads the flags. Returns the setup or the problems; neither with `--help`. */
export const readSetup = (args: string[]): { setup?: Setup; problems: string[] } => {
  const { values, problem } = readFlags(args, FLAGS);
  if (!values) return { problems: [problem] };
  if (values.help) return { problems: [] };
  const { endpoint } = values;
  const pageOrigin = values.origin ?? originOf(values.page ?? '');
  const origin = originOf(pageOrigin ?? originOf(endpoint ?? '') ?? EXAMPLE_ORIGIN);
  const seconds = Number(values.timeout ?? DEFAULT_TIMEOUT_SECONDS);
  const { settings, problems: optionProblems } = resolveOptions(toOptions(values), pageOrigin && origin);
  const problems = [
    ...problemsOf(values, origin, seconds),
    ...optionProblems.map((each) => withFlagName(each, endpoint === undefined)),
  ];
  if (problems.length || !settings || !origin) return { problems };
  const setup = {
    settings,
    origin,
    isOriginAssumed: pageOrigin === undefined,
    page: values.page,
    timeoutMs: seconds * 1000,
    isJson: !!values.json,
    schemaFile: values.schema,
  };
  return { problems, setup };
};
