import type { LocalAws } from '../../local/local-aws.js';
import type { ReceivedEvent, ReceivedRequest } from '../../local/received.js';
import { paint, print, type Styled } from '../output.js';
import { oneLine } from '../printable.js';

/** Colours of the statuses; each is also written as a word. */
const COLOURS = { accepted: 'green', duplicate: 'gray', ignored: 'yellow', rejected: 'red' } as const;

const STATUS_WIDTH = 10;

const timeOf = (ms: number) => new Date(ms).toTimeString().slice(0, 8);

const summarize = ({ event, sessionId, userId }: ReceivedEvent): string => {
  const item = event.itemId ?? event.actionId ?? 'no item';
  const visitor = userId ? `user ${userId}` : `session ${sessionId}`;
  return `${event.eventType}  ${item}  ${visitor}`;
};

/** Returns the lines of an event: itself with the reason for a rejection, and its warnings. */
const formatEvent = (received: ReceivedEvent): (string | Styled)[][] => {
  const { status, rejection, warnings, receivedAt } = received;
  const reason = rejection
    ? `  ${[rejection.field, rejection.type, rejection.message].filter(Boolean).join(': ')}`
    : '';
  return [
    [
      `${timeOf(receivedAt)}  `,
      paint(COLOURS[status], status.padEnd(STATUS_WIDTH)),
      oneLine(`  ${summarize(received)}${reason}`),
    ],
    ...warnings.map(({ field, message }) => [
      `${timeOf(receivedAt)}  `,
      paint('yellow', 'warning'.padEnd(STATUS_WIDTH)),
      oneLine(`  ${field}: ${message}`),
    ]),
  ];
};

const formatRequest = ({ receivedAt, method, path, target, status, errorType, fault }: ReceivedRequest) => [
  `${timeOf(receivedAt)}  `,
  paint('red', 'failed'.padEnd(STATUS_WIDTH)),
  oneLine(
    `  ${target ?? `${method} ${path}`}  ${status || 'no answer'} ${errorType ?? ''}${fault ? `  (fault: ${fault})` : ''}`,
  ),
];

const NOTICE_OF_DROPS = 'events are kept; older ones are dropped';

/** Prints each event and each failed request as they come, as text. */
const reportText = (aws: LocalAws): void => {
  /** The request whose events were printed as rejected. */
  let rejectedRequestId = '';
  aws.on('event', (event) => {
    if (event.status === 'rejected') rejectedRequestId = event.requestId;
    for (const line of formatEvent(event)) print(...line);
  });
  aws.on('request', (request) => {
    const isFailed = request.status === 0 || request.status >= 400;
    if (isFailed && request.requestId !== rejectedRequestId) print(...formatRequest(request));
  });
};

/** Prints each event and each request as they come, as a line of JSON. */
const reportJson = (aws: LocalAws): void => {
  aws.on('event', (event) => print(JSON.stringify({ type: 'event', ...event })));
  aws.on('request', (request) => print(JSON.stringify({ type: 'request', ...request })));
};

/** Prints once that older events are dropped. */
const reportDrops = (aws: LocalAws, isJson: boolean): void => {
  const stop = aws.on('event', () => {
    if (!aws.dropped.events) return;
    stop();
    const kept = aws.events.length;
    print(
      isJson
        ? JSON.stringify({ type: 'dropped', kept })
        : `The newest ${kept.toLocaleString('en')} ${NOTICE_OF_DROPS}.`,
    );
  });
};

/** Prints what comes, until the process ends. */
export const reportEvents = (aws: LocalAws, isJson: boolean): void => {
  if (isJson) reportJson(aws);
  else reportText(aws);
  reportDrops(aws, isJson);
};
