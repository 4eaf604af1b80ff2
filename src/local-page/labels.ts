import type { InteractionsEntry } from '../local/interactions-table.js';
import type {
  EventStatus,
  ReceivedEvent,
  ReceivedRequest,
  Rejection,
  SignatureForm,
} from '../local/received.js';

/** The statuses, each with a sign, so that colour is not needed to tell them apart. */
export const STATUS_LABELS: Record<EventStatus, { sign: string; label: string }> = {
  accepted: { sign: '✓', label: 'Accepted' },
  duplicate: { sign: '=', label: 'Duplicate' },
  ignored: { sign: '–', label: 'Ignored' },
  rejected: { sign: '✕', label: 'Rejected' },
};

export const STATUSES = Object.keys(STATUS_LABELS) as EventStatus[];

const SIGNATURE_LABELS: Record<SignatureForm, string> = {
  header: 'Signed header',
  query: 'Presigned URL (beacon)',
  unsigned: 'Unsigned',
};

export const signatureLabel = (form: SignatureForm | null): string =>
  form === null ? '–' : SIGNATURE_LABELS[form];

type LeftOut = Extract<InteractionsEntry, { leftOut: unknown }>['leftOut'];

/** The reasons why an event is no row, in words. */
export const LEFT_OUT_REASONS: Record<LeftOut, string> = {
  anonymous:
    'Anonymous: no user has logged in during its session yet. After identify(userId) in this session, it becomes a row of that user.',
  withoutItem: 'Without an item: Personalize trains only on events that have an itemId.',
  duplicate:
    'Duplicate: an earlier event has its eventId, or its content and time. It counts once, as the earlier one.',
  ignored: 'Ignored: its session ID is the text "null", so the service drops it.',
  rejected: 'Rejected: the service stores nothing of it.',
  action: 'Interaction with an action: it belongs to the Action interactions dataset, not to Interactions.',
};

/** The same reasons, in a word or two. */
export const LEFT_OUT_LABELS: Record<LeftOut, string> = {
  anonymous: 'no row: anonymous',
  withoutItem: 'no row: without an item',
  duplicate: 'no row: duplicate',
  ignored: 'no row: ignored',
  rejected: 'no row: rejected',
  action: 'no row: action',
};

/** Returns a value of an event as text. The fields of a rejected event may have any type. */
export const asText = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** Returns the ID of an event's item or action. */
export const itemOf = ({ event }: ReceivedEvent): string => asText(event.itemId ?? event.actionId);

/** Returns a field and what is wrong with it. */
export const describeProblem = ({ field, message }: { field?: string; message: string }): string =>
  field ? `${field}: ${message}` : message;

/** Returns why an event was rejected, without the service's words around it. */
export const describeRejection = ({ field, message }: Rejection): string =>
  describeProblem({
    ...(field && { field }),
    message: message.replace(/^(Refused .*?: )?Value at '.*?' failed to satisfy constraint: /, '$1'),
  });

const pad = (value: number, length = 2) => String(value).padStart(length, '0');

/** Returns the time of day, to the millisecond. */
export const formatTime = (ms: number): string => {
  const date = new Date(ms);
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map((value) => pad(value)).join(':');
  return `${time}.${pad(date.getMilliseconds(), 3)}`;
};

/** Returns day and time. */
export const formatDate = (ms: number): string => {
  const date = new Date(ms);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${formatTime(ms)}`;
};

export const formatNumber = (value: number): string => value.toLocaleString('en');

/** Returns a number with its noun, such as `1 event` or `2 events`. */
export const count = (value: number, noun: string): string =>
  `${formatNumber(value)} ${noun}${value === 1 ? '' : 's'}`;

/** Returns the name of a request's operation. */
export const operationOf = ({ path, target }: ReceivedRequest): string => {
  if (target) return target;
  if (path === '/') return 'Cognito';
  if (path.endsWith('/events')) return 'PutEvents';
  return path.endsWith('/action-interactions') ? 'PutActionInteractions' : path;
};

export const isPreflight = ({ method }: ReceivedRequest): boolean => method === 'OPTIONS';
