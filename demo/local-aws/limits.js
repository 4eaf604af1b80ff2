// @ts-check
import { AwsError } from './http.js';

// Written from the service's documentation, independently of the tracker's own checks, which it is used to test.

/** The event types of an interaction with an action. */
const ACTION_EVENT_TYPES = ['Viewed', 'Taken', 'Not Taken'];

const RESERVED_WORDS = ['userid', 'sessionid', 'eventtype', 'timestamp', 'recommendationid', 'impression'];

/** The year 9999, in Unix seconds: a later time is probably in milliseconds. */
const LATEST_SECONDS = 253402300799;

/**
 * @param {string} field
 * @param {string} why
 * @returns {never}
 */
const refuse = (field, why) => {
  throw new AwsError(
    400,
    'InvalidInputException',
    `Value at '${field}' failed to satisfy constraint: ${why}`,
  );
};

/**
 * @param {string} field
 * @param {unknown} value
 * @param {number} max
 * @param {boolean} required
 */
const checkText = (field, value, max, required = false) => {
  if (value == null && !required) return;
  if (typeof value !== 'string') return refuse(field, 'Member must be a string');
  const length = [...value].length;
  if (length < 1 || length > max) refuse(field, `Member must have length between 1 and ${max}`);
};

/**
 * @param {string} field
 * @param {unknown} value
 */
const checkProperties = (field, value) => {
  if (value == null) return;
  checkText(field, value, 1024);
  let parsed;
  try {
    parsed = JSON.parse(String(value));
  } catch {
    refuse(field, 'Member must be JSON');
  }
  if (typeof parsed !== 'object' || !parsed || Array.isArray(parsed))
    refuse(field, 'Member must be a JSON object');
  for (const [key, inner] of Object.entries(parsed)) {
    if (RESERVED_WORDS.includes(key.toLowerCase()))
      refuse(`${field}.${key}`, 'Member must not be a reserved keyword');
    if (typeof inner === 'object' && inner !== null) refuse(`${field}.${key}`, 'Member must not be nested');
  }
};

/**
 * @param {string} field
 * @param {unknown} value
 */
const checkTime = (field, value) => {
  if (typeof value !== 'number' || !(value > 0 && value <= LATEST_SECONDS))
    refuse(field, 'Member must be a timestamp in seconds');
};

/**
 * @param {string} field
 * @param {unknown} value
 */
const checkImpression = (field, value) => {
  if (value == null) return;
  if (!Array.isArray(value) || value.length < 1 || value.length > 25)
    return refuse(field, 'Member must have length between 1 and 25');
  value.forEach((id, i) => {
    checkText(`${field}.${i + 1}.member`, id, 256, true);
  });
};

/**
 * @param {any} event
 * @param {string} at
 */
const checkEvent = (event, at) => {
  if (typeof event !== 'object' || !event) return refuse(at, 'Member must be a structure');
  checkText(`${at}.eventType`, event.eventType, 256, true);
  checkText(`${at}.eventId`, event.eventId, 256);
  checkText(`${at}.itemId`, event.itemId, 256);
  checkText(`${at}.recommendationId`, event.recommendationId, 40);
  checkTime(`${at}.sentAt`, event.sentAt);
  const { eventValue, metricAttribution } = event;
  if (eventValue != null && (typeof eventValue !== 'number' || !Number.isFinite(Math.fround(eventValue)))) {
    refuse(`${at}.eventValue`, 'Member must be a finite float');
  }
  checkProperties(`${at}.properties`, event.properties);
  checkImpression(`${at}.impression`, event.impression);
  if (metricAttribution != null) {
    const field = `${at}.metricAttribution.eventAttributionSource`;
    checkText(field, metricAttribution.eventAttributionSource, 1024, true);
    if (!/^[\x20-\x7E]*[\x21-\x7E]+[\x20-\x7E]*$/.test(metricAttribution.eventAttributionSource)) {
      refuse(field, 'Member must be printable ASCII and not blank');
    }
  }
};

/**
 * @param {any} interaction
 * @param {string} at
 */
const checkActionInteraction = (interaction, at) => {
  if (typeof interaction !== 'object' || !interaction) return refuse(at, 'Member must be a structure');
  checkText(`${at}.actionId`, interaction.actionId, 256, true);
  checkText(`${at}.sessionId`, interaction.sessionId, 256, true);
  checkText(`${at}.userId`, interaction.userId, 256);
  checkTime(`${at}.timestamp`, interaction.timestamp);
  checkText(`${at}.eventType`, interaction.eventType, 256, true);
  if (!ACTION_EVENT_TYPES.includes(interaction.eventType))
    refuse(`${at}.eventType`, `Member must satisfy enum value set: [${ACTION_EVENT_TYPES.join(', ')}]`);
  checkText(`${at}.eventId`, interaction.eventId, 256);
  checkText(`${at}.recommendationId`, interaction.recommendationId, 40);
  checkImpression(`${at}.impression`, interaction.impression);
  checkProperties(`${at}.properties`, interaction.properties);
};

/** @param {unknown} input */
const checkStructure = (input) => {
  if (typeof input !== 'object' || !input)
    throw new AwsError(400, 'SerializationException', 'Start of structure or map found where not expected.');
};

/**
 * @param {string} field
 * @param {unknown} value
 * @param {(member: unknown, at: string) => void} check
 */
const checkBatch = (field, value, check) => {
  if (!Array.isArray(value) || value.length < 1 || value.length > 10)
    return refuse(field, 'Member must have length between 1 and 10');
  value.forEach((member, i) => {
    check(member, `${field}.${i + 1}.member`);
  });
};

/**
 * @param {string} kind
 * @param {string} trackingId
 * @param {string[]} known
 */
const checkTracker = (kind, trackingId, known) => {
  if (!known.includes(trackingId))
    throw new AwsError(404, 'ResourceNotFoundException', `${kind} ${trackingId} not found.`);
};

/**
 * @param {any} input
 * @param {string[]} trackingIds
 */
export const checkPutEvents = (input, trackingIds) => {
  checkStructure(input);
  checkText('trackingId', input.trackingId, 256, true);
  checkText('sessionId', input.sessionId, 256, true);
  checkText('userId', input.userId, 256);
  checkBatch('eventList', input.eventList, checkEvent);
  checkTracker('Event tracker', input.trackingId, trackingIds);
};

/**
 * @param {any} input
 * @param {string[]} actionTrackingIds
 */
export const checkPutActionInteractions = (input, actionTrackingIds) => {
  checkStructure(input);
  checkText('trackingId', input.trackingId, 256, true);
  checkBatch('actionInteractions', input.actionInteractions, checkActionInteraction);
  checkTracker('Action interaction event tracker', input.trackingId, actionTrackingIds);
};
