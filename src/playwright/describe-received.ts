import type { LocalAws } from '../local/local-aws.js';
import type { ReceivedEvent, ReceivedRequest } from '../local/received.js';

/** The newest ones are listed, and the number of the others is named. */
const MAX_LISTED = 20;

const indent = (lines: string[]) => lines.map((line) => `  ${line}`);

/** Lists the newest entries. */
const listNewest = (lines: string[]): string[] => {
  const older = lines.length - MAX_LISTED;
  return indent(older > 0 ? [`… ${older} earlier`, ...lines.slice(-MAX_LISTED)] : lines);
};

/** Describes what is wrong with an event, one problem a line. */
export const describeProblems = ({ rejection, warnings }: ReceivedEvent): string[] => [
  ...(rejection ? [`${rejection.type}: ${rejection.message}`] : []),
  ...warnings.map(({ field, message }) => `warning, ${field}: ${message}`),
];

/** Describes an event in one line, such as `3. accepted click movie-12`. */
export const describeEvent = ({ number, status, event }: ReceivedEvent): string => {
  const { eventType, itemId, actionId, eventValue, properties } = event;
  const parts = [eventType, itemId ?? actionId, eventValue, properties];
  return [`${number}. ${status}`, ...parts.filter((part) => part !== undefined)].join(' ');
};

/** Returns whether a request has failed or still waits; one whose events have just been received gets its answer next. */
const isFailed = ({ status, fault, eventCount }: ReceivedRequest) =>
  status >= 400 || (status === 0 && (fault !== null || eventCount === 0));

const describeRequest = ({
  method,
  path,
  target,
  status,
  errorType,
  errorMessage,
  fault,
}: ReceivedRequest) => {
  const answer = status || (fault ? 'no answer' : 'not answered yet');
  const reason = [errorType, errorMessage].filter(Boolean).join(': ');
  return `${target ?? `${method} ${path}`} → ${answer} ${reason}${fault ? ', by a fault' : ''}`.trimEnd();
};

/** Counts equal lines that follow each other. */
const joinRepeated = (lines: string[]): string[] => {
  const counts: [line: string, count: number][] = [];
  for (const line of lines) {
    const last = counts.at(-1);
    if (last?.[0] === line) last[1]++;
    else counts.push([line, 1]);
  }
  return counts.map(([line, count]) => (count > 1 ? `${line} (${count} times)` : line));
};

const NOTHING = [
  'No request has come to Amazon Cognito, Amazon Personalize or personalizeOptions.endpoint. Possible causes:',
  '  the page has no tracker, or its options are wrong: see the console of the page',
  '  consent is required, or the visitor has opted out',
  '  ignoreBots is set, which ignores browsers under automation',
  '  the site sends to an endpoint of its own: name it in personalizeOptions.endpoint',
];

/** Describes all that has arrived: the events, and the requests that failed. */
export const describeReceived = ({ events, requests }: LocalAws): string[] => {
  if (!requests.length) return NOTHING;
  const failed = requests.filter(isFailed);
  const lines = events.flatMap((event) => [describeEvent(event), ...indent(describeProblems(event))]);
  const answered = `${requests.length} requests have come, ${failed.length ? `${failed.length} failed` : 'none failed'}.`;
  return [
    ...(events.length ? ['Events received:', ...listNewest(lines)] : [`No event has come. ${answered}`]),
    ...(failed.length
      ? ['Requests that failed:', ...listNewest(joinRepeated(failed.map(describeRequest)))]
      : []),
  ];
};
