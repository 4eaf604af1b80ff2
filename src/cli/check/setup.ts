import { type Options, resolveOptions, type Settings } from '../../options.js';
import { readFlags } from '../flags.js';

/** What is to be checked. */
export interface Setup {
  settings: Settings;
  /** Of the page, as browsers send it. */
  origin: string;
  /** What stands where no `--origin` is given. */
  isOriginAssumed: boolean;
  /** Of each request. */
  timeLimitMs: number;
  isJson: boolean;
}

const EXAMPLE_ORIGIN = 'https://shop.example';

/** Several times what a slow connection takes: a service that has said nothing by then is not there for visitors either. */
const TIME_LIMIT_SECONDS = 10;
/** The tracker itself waits no longer. */
const LONGEST_LIMIT_SECONDS = 30;

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
  timeout: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Of AWS, and of no endpoint that takes batches unsigned. */
const OF_AWS = ['identity-pool-id', 'region', 'endpoint-url', 'identity-endpoint-url'] as const;

export const HELP = `Walks the chain that a browser walks to Amazon Personalize, and says at each step what to fix.

  npx personalize-beacon check --tracking-id ID --identity-pool-id REGION:ID [--region REGION]
  npx personalize-beacon check --tracking-id ID --endpoint https://shop.example/collect

  --tracking-id ID             the event tracker's
  --action-tracking-id ID      of the tracker for actions: checks PutActionInteractions, too
  --identity-pool-id ID        Cognito identity pool with guest access
  --region REGION              the event tracker's; default the pool's
  --endpoint URL               in place of AWS: where the site takes batches unsigned
  --origin URL                 the page's; default ${EXAMPLE_ORIGIN}, or the endpoint's own
  --exit-transport keepalive   as the tracker's option: no presigned request is tried
  --endpoint-url URL           another Personalize Events than the region's
  --identity-endpoint-url URL  another Cognito Identity than the region's
  --timeout SECONDS            of each request; default ${TIME_LIMIT_SECONDS}, at most ${LONGEST_LIMIT_SECONDS}
  --json                       one JSON document in place of text:
                               { ok, steps: [{ name, status, detail, fix?, ms? }] },
                               status is ok, warning, failed or skipped
  --help                       this

The test events have the session "null", which the service answers and ignores: they leave no trace in the dataset.
Each run makes one guest identity in the pool. Nothing secret is printed.

Exit code: 0 all is well, perhaps with warnings; 1 a step failed; 2 the flags are wrong.
`;

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

/** Options are resolved in a page as a rule, whose address relative ones of an endpoint start from. */
const resolveAt = (baseURI: string | undefined, options: Partial<Options>) => {
  Object.assign(globalThis, { document: { baseURI } });
  const resolved = resolveOptions(options);
  Reflect.deleteProperty(globalThis, 'document');
  return resolved;
};

/** Reads the flags: what is to be checked, or what is wrong with them; neither where it is help that is asked for. */
export const readSetup = (args: string[]): { setup?: Setup; problems: string[] } => {
  const { values, problem } = readFlags(args, FLAGS);
  if (!values) return { problems: [problem] };
  if (values.help) return { problems: [] };
  const { endpoint } = values;
  const problems: string[] = [];

  const origin = originOf(values.origin ?? originOf(endpoint ?? '') ?? EXAMPLE_ORIGIN);
  if (!origin)
    problems.push(`--origin must be a page's address like ${EXAMPLE_ORIGIN}; got "${values.origin}"`);
  const seconds = Number(values.timeout ?? TIME_LIMIT_SECONDS);
  if (!(seconds > 0 && seconds <= LONGEST_LIMIT_SECONDS)) {
    problems.push(`--timeout must be seconds up to ${LONGEST_LIMIT_SECONDS}; got "${values.timeout}"`);
  }
  const superfluous = endpoint === undefined ? undefined : OF_AWS.find((name) => values[name] !== undefined);
  if (superfluous) {
    problems.push(
      `--${superfluous} does not go with --endpoint, which takes batches unsigned; another AWS is --endpoint-url`,
    );
  }
  if (values['endpoint-url'] !== undefined && values['identity-pool-id'] === undefined) {
    problems.push('--endpoint-url needs --identity-pool-id, to sign with');
  }

  const options = {
    trackingId: values['tracking-id'],
    actionTrackingId: values['action-tracking-id'],
    region: values.region,
    identityPoolId: values['identity-pool-id'],
    exitTransport: values['exit-transport'],
    endpoint: endpoint ?? values['endpoint-url'],
    identityEndpoint: values['identity-endpoint-url'],
  };
  const { settings, problems: wrong } = resolveAt(values.origin && origin, options as Partial<Options>);
  problems.push(...wrong.map((each) => inFlags(each, endpoint === undefined)));
  if (problems.length || !settings || !origin) return { problems };
  return {
    problems,
    setup: {
      settings,
      origin,
      isOriginAssumed: values.origin === undefined,
      timeLimitMs: seconds * 1000,
      isJson: !!values.json,
    },
  };
};
