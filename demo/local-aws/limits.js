// @ts-check
import { AwsError } from './http.js';

// Written from the service's contract, apart from the tracker's own checks: this is what checks those.

const RESERVED_WORDS = ['userid', 'sessionid', 'eventtype', 'timestamp', 'recommendationid', 'impression'];

/** The year 9999, in Unix seconds: a later time is milliseconds taken for seconds. */
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
 * @param {any} event
 * @param {string} at
 */
const checkEvent = (event, at) => {
  if (typeof event !== 'object' || !event) return refuse(at, 'Member must be a structure');
  checkText(`${at}.eventType`, event.eventType, 256, true);
  checkText(`${at}.eventId`, event.eventId, 256);
  checkText(`${at}.itemId`, event.itemId, 256);
  checkText(`${at}.recommendationId`, event.recommendationId, 40);
  const { sentAt, eventValue, impression, metricAttribution } = event;
  if (typeof sentAt !== 'number' || !(sentAt > 0 && sentAt <= LATEST_SECONDS)) {
    refuse(`${at}.sentAt`, 'Member must be a timestamp in seconds');
  }
  if (eventValue != null && (typeof eventValue !== 'number' || !Number.isFinite(Math.fround(eventValue)))) {
    refuse(`${at}.eventValue`, 'Member must be a finite float');
  }
  checkProperties(`${at}.properties`, event.properties);
  if (impression != null) {
    if (!Array.isArray(impression) || impression.length < 1 || impression.length > 25) {
      return refuse(`${at}.impression`, 'Member must have length between 1 and 25');
    }
    impression.forEach((item, i) => {
      checkText(`${at}.impression.${i + 1}.member`, item, 256, true);
    });
  }
  if (metricAttribution != null) {
    const field = `${at}.metricAttribution.eventAttributionSource`;
    checkText(field, metricAttribution.eventAttributionSource, 1024, true);
    if (!/^[\x20-\x7E]*[\x21-\x7E]+[\x20-\x7E]*$/.test(metricAttribution.eventAttributionSource)) {
      refuse(field, 'Member must be printable ASCII and not blank');
    }
  }
};

/**
 * @param {any} input
 * @param {string[]} trackingIds
 */
export const checkPutEvents = (input, trackingIds) => {
  if (typeof input !== 'object' || !input) {
    throw new AwsError(400, 'SerializationException', 'Start of structure or map found where not expected.');
  }
  checkText('trackingId', input.trackingId, 256, true);
  checkText('sessionId', input.sessionId, 256, true);
  checkText('userId', input.userId, 256);
  const { eventList } = input;
  if (!Array.isArray(eventList) || eventList.length < 1 || eventList.length > 10) {
    return refuse('eventList', 'Member must have length between 1 and 10');
  }
  eventList.forEach((event, i) => {
    checkEvent(event, `eventList.${i + 1}.member`);
  });
  if (!trackingIds.includes(input.trackingId)) {
    throw new AwsError(404, 'ResourceNotFoundException', `Event tracker ${input.trackingId} not found.`);
  }
};
