import type { Command } from '../command.js';
import { openSchemaCheck, SCHEMA_HELP } from '../open-schema.js';
import { print, printError } from '../output.js';
import { oneLine } from '../printable.js';
import { WrongInput } from '../wrong-input.js';
import { fromCsv } from './from-csv.js';
import { loadId, readInput } from './input.js';
import { readListFlags, type Takes } from './list-flags.js';
import { printWarning } from './schema-warnings.js';
import { classifyFailure, createSender } from './sender.js';
import { SKELETON } from './skeleton.js';

/**
 * Requests a second: a tenth of the service's default quota of a dataset group
 * (https://docs.aws.amazon.com/personalize/latest/dg/limits.html); the site needs the rest.
 */
const DEFAULT_RATE = 100;

/** Flags of a single request's content, which do not go with a CSV, and flags of a CSV. */
const REQUEST_FLAGS = [
  'user-id',
  'session-id',
  'event-list',
  'cli-input-json',
  'generate-cli-skeleton',
] as const;
const CSV_FLAGS = ['event-type', 'rate', 'restart'] as const;

const FLAGS = {
  'tracking-id': 'one',
  'user-id': 'one',
  'session-id': 'one',
  'event-list': 'some',
  'cli-input-json': 'one',
  'generate-cli-skeleton': 'any',
  from: 'one',
  'event-type': 'one',
  rate: 'one',
  restart: 'none',
  'dry-run': 'none',
  region: 'one',
  profile: 'one',
  'endpoint-url': 'one',
  'identity-pool-id': 'one',
  'identity-endpoint-url': 'one',
  schema: 'one',
  domain: 'one',
  help: 'none',
} satisfies Record<string, Takes>;

type Flags = Partial<Record<keyof typeof FLAGS, string[]>>;

const HELP = `Sends events to Amazon Personalize, by hand or from a CSV of past ones.

  npx -p personalize-beacon -p @aws-sdk/client-personalize-events personalize-beacon put-events [options]

What to send, as in aws personalize-events put-events; a value may be file://PATH
  --tracking-id ID         the event tracker's
  --session-id ID          the visitor's session
  --user-id ID             the user; anonymous without it
  --event-list EVENT …     1-10 events: a JSON list, or each by itself in JSON or shorthand
  --cli-input-json JSON    all of it in one; the flags above win over it
  --generate-cli-skeleton  prints what --cli-input-json takes; with "output" checks the rest and sends nothing

Or a CSV of past events
  --from FILE              in UTF-8; - is standard input. A pipe is read once: no progress is kept, and rejected rows
                           go to put-events.rejected.csv in this folder
                           Columns of an Interactions dataset: USER_ID, ITEM_ID, TIMESTAMP in Unix seconds, EVENT_TYPE;
                           EVENT_VALUE, RECOMMENDATION_ID, IMPRESSION (a|b), EVENT_ATTRIBUTION_SOURCE,
                           SESSION_ID (the USER_ID without it), EVENT_ID; any other is a property
  --event-type TYPE        of rows without an EVENT_TYPE
  --rate N                 requests a second, ${DEFAULT_RATE} by default; the service allows a dataset group 1,000
  --restart                starts over, whatever FILE.progress says of an earlier run

Where to, and as whom
  --region REGION          else AWS_REGION, AWS_DEFAULT_REGION, or the profile's
  --profile NAME           of the AWS configuration files; without it the credentials that the AWS SDK finds
  --identity-pool-id ID    guest credentials of this Cognito identity pool
  --endpoint-url URL       in place of the service's own
  --identity-endpoint-url URL
  --dry-run                prints what would be sent, a request a line, and sends nothing

What the dataset takes
${SCHEMA_HELP}

Exit code: 0 all is sent, 1 something is not, 2 not understood, and nothing is sent;
130, 143, 129 stopped by Ctrl+C, SIGTERM, SIGHUP; 141 nobody reads what it prints.

  put-events --tracking-id ID --session-id s1 --user-id ann \\
    --event-list eventType=view,itemId=movie-12,sentAt=1700000000 'eventType=click,itemId=movie-7,sentAt=1700000060,impression=[movie-7,movie-9]'
  put-events --cli-input-json file://events.json
  put-events --tracking-id ID --from interactions.csv
  zcat interactions.csv.gz | put-events --tracking-id ID --from -
`;

const assertCompatible = (flags: Flags) => {
  const [misplaced] = (flags.from ? REQUEST_FLAGS : CSV_FLAGS).filter((name) => flags[name]);
  if (misplaced)
    throw new WrongInput(`--${misplaced} ${flags.from ? 'does not go' : 'goes only'} with --from`);
};

const readRate = (text: string) => {
  const rate = Number(text);
  if (!Number.isSafeInteger(rate) || rate < 1) {
    throw new WrongInput(`--rate must be a whole number of requests a second, from 1; got "${text}"`);
  }
  return rate;
};

const senderOptions = (flags: Flags) => ({
  region: flags.region?.[0],
  profile: flags.profile?.[0],
  endpointUrl: flags['endpoint-url']?.[0],
  identityPoolId: flags['identity-pool-id']?.[0],
  identityEndpointUrl: flags['identity-endpoint-url']?.[0],
});

const openCheck = (flags: Flags) => openSchemaCheck(flags.schema?.[0], flags.domain?.[0]);

const replayCsv = async (csv: string, flags: Flags) => {
  const [trackingId] = flags['tracking-id'] ?? [];
  if (!trackingId) throw new WrongInput("--from goes with --tracking-id, the event tracker's ID");
  return fromCsv(csv, {
    ...senderOptions(flags),
    trackingId: loadId(trackingId),
    eventType: flags['event-type']?.[0]?.trim(),
    rate: readRate(flags.rate?.[0] ?? `${DEFAULT_RATE}`),
    isRestart: !!flags.restart,
    isDryRun: !!flags['dry-run'],
    check: await openCheck(flags),
  });
};

const sendRequest = async (flags: Flags) => {
  const skeleton = flags['generate-cli-skeleton'];
  const [kind = 'input'] = skeleton ?? [];
  if (!/^(in|out)put$/.test(kind)) {
    throw new WrongInput(`--generate-cli-skeleton takes input or output; got "${kind}"`);
  }
  if (skeleton && kind === 'input') {
    print(SKELETON);
    return 0;
  }
  const check = await openCheck(flags);
  const body = readInput(flags);
  for (const [n, event] of body.eventList.entries()) {
    for (const warning of check?.({ ...body, event }) ?? []) printWarning(`eventList[${n}]`, warning);
  }
  if (flags['dry-run']) print(JSON.stringify(body));
  // The answer of PutEvents has no members to print.
  if (skeleton || flags['dry-run']) return 0;
  const { send } = await createSender(senderOptions(flags));
  try {
    await send(body);
  } catch (error) {
    const outcome = classifyFailure(error, 1);
    throw new Error('reason' in outcome ? outcome.reason : outcome.type);
  }
  printError(`${body.eventList.length} of ${body.eventList.length} events sent`);
  return 0;
};

export const putEvents: Command = {
  summary: 'Sends events by hand, or replays a CSV of past ones',
  async run(args) {
    try {
      const flags: Flags = readListFlags(args, FLAGS);
      if (flags.help) {
        print(HELP);
        return 0;
      }
      assertCompatible(flags);
      const [csv] = flags.from ?? [];
      return await (csv === undefined ? sendRequest(flags) : replayCsv(csv, flags));
    } catch (error) {
      const { message } = error as Error;
      const isInput = error instanceof WrongInput;
      printError(`put-events: ${isInput ? message : oneLine(message)}`);
      return isInput ? 2 : 1;
    }
  },
};
