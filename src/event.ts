import { show } from './lib/text.js';

/** The value of a property: the text of a column of the dataset's schema, or a number or boolean of it. */
export type PropertyValue = string | number | boolean | null;

/**
 * One event, in the service's own field names. Every limit is the service's
 * (https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_Event.html); what is past one is refused at once.
 */
export interface TrackedEvent {
  /** What happened, as the dataset's EVENT_TYPE knows it: 1–256 characters. */
  eventType: string;
  /** The item it happened to: 1–256 characters. Optional here, required by the schema of most datasets. */
  itemId?: string;
  /** A finite number that fits 32-bit floating point, such as a price, a rating or the share watched. */
  eventValue?: number;
  /**
   * Further columns of the schema, camelCase (`numberOfRatings` fills `NUMBER_OF_RATINGS`), flat, at most
   * 1,024 characters once written as JSON.
   */
  properties?: Record<string, PropertyValue>;
  /** The recommendation the item came from, as GetRecommendations named it: 1–40 characters. */
  recommendationId?: string;
  /** The items shown together, in order: 1–25 item IDs. Wins over what `recommendationId` stands for. */
  impression?: string[];
  /** Where the event is attributed to in a metric attribution report: 1–1,024 printable ASCII characters. */
  metricAttribution?: { eventAttributionSource: string };
  /** 1–256 characters; made when absent. The service uses one event of each ID. */
  eventId?: string;
  /** When it happened, by the visitor's clock: a Date, or Unix seconds. Now when absent. */
  sentAt?: Date | number;
}

/** An event as it waits: checked, named and timed. `properties` is JSON text, the form the service takes. */
export interface RecordedEvent extends Omit<TrackedEvent, 'properties' | 'sentAt' | 'eventId'> {
  eventId: string;
  properties?: string;
  /** Unix milliseconds on the visitor's clock; corrected and made seconds when sent. */
  at: number;
}

const MAX_ID_CHARACTERS = 256;
const MAX_PROPERTIES_CHARACTERS = 1024;
const MAX_RECOMMENDATION_ID_CHARACTERS = 40;
const MAX_IMPRESSION_ITEMS = 25;
const MAX_SOURCE_CHARACTERS = 1024;
/** 1e11 seconds are the year 5138: a number above it is milliseconds. */
const MAX_SENT_AT_SECONDS = 1e11;

/** Words the service keeps for its own fields; it answers 400 to them among the properties, in any case. */
const RESERVED = /^(userid|sessionid|eventtype|timestamp|recommendationid|impression)$/i;

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The service counts Unicode characters, where `length` counts an emoji twice. */
const hasLength = (value: unknown, max: number): boolean =>
  typeof value === 'string' && value !== '' && (value.length <= max || [...value].length <= max);

type Check = [limit: string, passes: (value: unknown) => boolean];

const text = (max: number): Check => [`a string of 1–${max} characters`, (value) => hasLength(value, max)];

const jsonOf = (value: unknown): string | undefined => {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
};

const CHECKS: Record<keyof TrackedEvent, Check> = {
  eventType: text(MAX_ID_CHARACTERS),
  itemId: text(MAX_ID_CHARACTERS),
  eventId: text(MAX_ID_CHARACTERS),
  recommendationId: text(MAX_RECOMMENDATION_ID_CHARACTERS),
  eventValue: [
    'a finite number within 32-bit floating point',
    (value) => typeof value === 'number' && Number.isFinite(Math.fround(value)),
  ],
  sentAt: [
    'a valid Date, or Unix seconds as a number (not milliseconds)',
    (value) =>
      value instanceof Date
        ? !Number.isNaN(+value)
        : typeof value === 'number' && value > 0 && value < MAX_SENT_AT_SECONDS,
  ],
  impression: [
    `an array of 1–${MAX_IMPRESSION_ITEMS} item IDs, each a string of 1–${MAX_ID_CHARACTERS} characters`,
    (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.length <= MAX_IMPRESSION_ITEMS &&
      value.every((item) => hasLength(item, MAX_ID_CHARACTERS)),
  ],
  metricAttribution: [
    `{ eventAttributionSource } with 1–${MAX_SOURCE_CHARACTERS} printable ASCII characters, not all blank`,
    (value) =>
      isPlainObject(value) &&
      Object.keys(value).length === 1 &&
      hasLength(value.eventAttributionSource, MAX_SOURCE_CHARACTERS) &&
      /^ *[!-~][ -~]*$/.test(value.eventAttributionSource as string),
  ],
  properties: [
    `a flat object of strings, numbers and booleans, at most ${MAX_PROPERTIES_CHARACTERS} characters as JSON`,
    (value) =>
      isPlainObject(value) &&
      Object.values(value).every((v) => v == null || /string|boolean/.test(typeof v) || Number.isFinite(v)) &&
      hasLength(jsonOf(value), MAX_PROPERTIES_CHARACTERS),
  ],
};

const FIELDS = Object.keys(CHECKS) as (keyof TrackedEvent)[];

/**
 * Says what is wrong with an event, naming field, limit and value; nothing when all is well.
 * The input may be anything at all: page code is not always type-checked.
 */
export const problemOf = (event: TrackedEvent): string | undefined => {
  const stray = Object.keys(event).find((key) => !(FIELDS as string[]).includes(key));
  if (stray !== undefined) return `${stray} is no field of an event; use ${FIELDS.join(', ')}`;
  for (const field of FIELDS) {
    const [limit, passes] = CHECKS[field];
    const value = event[field];
    if ((value !== undefined || field === 'eventType') && !passes(value)) {
      return `${field} must be ${limit}; got ${show(value)}`;
    }
  }
  const reserved = Object.keys(event.properties ?? {}).find((key) => RESERVED.test(key));
  return reserved && `properties.${reserved} is a word the service reserves; give the column another name`;
};

/** A user's ID has the limits of an item's. */
export const problemOfUserId = (userId: unknown): string | undefined =>
  hasLength(userId, MAX_ID_CHARACTERS) ? undefined : `userId must be ${CHECKS.itemId[0]}; got ${show(userId)}`;

/** Names and times a checked event, in the shape it waits in; a copy, so that the page may change its own. */
export const recordEvent = (
  { sentAt, properties, eventId, ...event }: TrackedEvent,
  now: number,
  mint: () => string,
): RecordedEvent => ({
  ...JSON.parse(JSON.stringify(event)),
  eventId: eventId ?? mint(),
  ...(properties && { properties: JSON.stringify(properties) }),
  at: sentAt === undefined ? now : sentAt instanceof Date ? +sentAt : sentAt * 1000,
});
