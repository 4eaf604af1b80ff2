import { AwsError } from './aws-error.js';
import type { KnownIds } from './known-ids.js';

// Written from the service's documentation, independently of the tracker's own checks, which it is used to test.

type Input = Record<string, unknown>;

/** The event types of an interaction with an action. */
const ACTION_EVENT_TYPES = ['Viewed', 'Taken', 'Not Taken'];

const RESERVED_WORDS = ['userid', 'sessionid', 'eventtype', 'timestamp', 'recommendationid', 'impression'];

/** The year 9999, in Unix seconds: a later time is probably in milliseconds. */
const LATEST_SECONDS = 253402300799;

const refuse = (field: string, constraint: string): never => {
  const message = `Value at '${field}' failed to satisfy constraint: ${constraint}`;
  throw new AwsError(400, 'InvalidInputException', message, field);
};

const checkText = (field: string, value: unknown, max: number, isRequired = false) => {
  if (value == null && !isRequired) return;
  if (typeof value !== 'string') {
    refuse(field, 'Member must be a string');
    return;
  }
  const length = [...value].length;
  if (length < 1 || length > max) refuse(field, `Member must have length between 1 and ${max}`);
};

const parseProperties = (field: string, text: unknown): object => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(String(text));
  } catch {
    refuse(field, 'Member must be JSON');
  }
  const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  return isObject ? (parsed as object) : refuse(field, 'Member must be a JSON object');
};

const checkProperties = (field: string, value: unknown) => {
  if (value == null) return;
  checkText(field, value, 1024);
  for (const [key, inner] of Object.entries(parseProperties(field, value))) {
    if (RESERVED_WORDS.includes(key.toLowerCase())) {
      refuse(`${field}.${key}`, 'Member must not be a reserved keyword');
    }
    if (typeof inner === 'object' && inner !== null) refuse(`${field}.${key}`, 'Member must not be nested');
  }
};

const checkTime = (field: string, value: unknown) => {
  if (typeof value !== 'number' || !(value > 0 && value <= LATEST_SECONDS)) {
    refuse(field, 'Member must be a timestamp in seconds');
  }
};

/** Checks a list's length and its members. */
const checkList = (
  field: string,
  value: unknown,
  max: number,
  checkMember: (at: string, member: unknown) => void,
) => {
  if (!Array.isArray(value) || value.length < 1 || value.length > max) {
    refuse(field, `Member must have length between 1 and ${max}`);
    return;
  }
  value.forEach((member, i) => {
    checkMember(`${field}.${i + 1}.member`, member);
  });
};

const checkImpression = (field: string, value: unknown) => {
  if (value != null) checkList(field, value, 25, (at, id) => checkText(at, id, 256, true));
};

const toStructure = (at: string, value: unknown): Input =>
  typeof value === 'object' && value ? (value as Input) : refuse(at, 'Member must be a structure');

const checkSource = (at: string, metricAttribution: unknown) => {
  if (metricAttribution == null) return;
  const field = `${at}.eventAttributionSource`;
  const { eventAttributionSource: source } = toStructure(at, metricAttribution);
  checkText(field, source, 1024, true);
  if (!/^[\x20-\x7E]*[\x21-\x7E]+[\x20-\x7E]*$/.test(source as string)) {
    refuse(field, 'Member must be printable ASCII and not blank');
  }
};

const checkEvent = (at: string, value: unknown) => {
  const event = toStructure(at, value);
  const { eventValue } = event;
  checkText(`${at}.eventType`, event.eventType, 256, true);
  checkText(`${at}.eventId`, event.eventId, 256);
  checkText(`${at}.itemId`, event.itemId, 256);
  checkText(`${at}.recommendationId`, event.recommendationId, 40);
  checkTime(`${at}.sentAt`, event.sentAt);
  if (eventValue != null && (typeof eventValue !== 'number' || !Number.isFinite(Math.fround(eventValue)))) {
    refuse(`${at}.eventValue`, 'Member must be a finite float');
  }
  checkProperties(`${at}.properties`, event.properties);
  checkImpression(`${at}.impression`, event.impression);
  checkSource(`${at}.metricAttribution`, event.metricAttribution);
};

const checkActionInteraction = (at: string, value: unknown) => {
  const interaction = toStructure(at, value);
  checkText(`${at}.actionId`, interaction.actionId, 256, true);
  checkText(`${at}.sessionId`, interaction.sessionId, 256, true);
  checkText(`${at}.userId`, interaction.userId, 256);
  checkTime(`${at}.timestamp`, interaction.timestamp);
  checkText(`${at}.eventType`, interaction.eventType, 256, true);
  if (!ACTION_EVENT_TYPES.includes(interaction.eventType as string)) {
    refuse(`${at}.eventType`, `Member must satisfy enum value set: [${ACTION_EVENT_TYPES.join(', ')}]`);
  }
  checkText(`${at}.eventId`, interaction.eventId, 256);
  checkText(`${at}.recommendationId`, interaction.recommendationId, 40);
  checkImpression(`${at}.impression`, interaction.impression);
  checkProperties(`${at}.properties`, interaction.properties);
};

const toInput = (input: unknown): Input => {
  if (typeof input === 'object' && input) return input as Input;
  throw new AwsError(400, 'SerializationException', 'Start of structure or map found where not expected.');
};

const checkTracker = (kind: string, trackingId: unknown, isKnown: (id: unknown) => boolean) => {
  if (isKnown(trackingId)) return;
  throw new AwsError(404, 'ResourceNotFoundException', `${kind} ${trackingId} not found.`, 'trackingId');
};

/** Checks the input of PutEvents. @throws {AwsError} */
export const checkPutEvents = (value: unknown, { hasTracker }: Pick<KnownIds, 'hasTracker'>): void => {
  const input = toInput(value);
  checkText('trackingId', input.trackingId, 256, true);
  checkText('sessionId', input.sessionId, 256, true);
  checkText('userId', input.userId, 256);
  checkList('eventList', input.eventList, 10, checkEvent);
  checkTracker('Event tracker', input.trackingId, hasTracker);
};

/** Checks the input of PutActionInteractions. @throws {AwsError} */
export const checkPutActionInteractions = (
  value: unknown,
  { hasActionTracker }: Pick<KnownIds, 'hasActionTracker'>,
): void => {
  const input = toInput(value);
  checkText('trackingId', input.trackingId, 256, true);
  checkList('actionInteractions', input.actionInteractions, 10, checkActionInteraction);
  checkTracker('Action interaction event tracker', input.trackingId, hasActionTracker);
};
