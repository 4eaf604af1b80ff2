import {
  MAX_CATEGORICAL_CHARACTERS,
  MAX_ID_CHARACTERS,
  MAX_IMPRESSION_ITEMS,
  MAX_PROPERTIES_CHARACTERS,
  MAX_RECOMMENDATION_ID_CHARACTERS,
  MAX_SOURCE_CHARACTERS,
} from './limits.js';
import { type Check, firstProblem, hasLength, isPlainObject, oneOf, text } from './validate.js';

/** Value of a property, which fills a column of the dataset's schema: text, a number, a boolean or null. */
export type PropertyValue = string | number | boolean | null;

/**
 * The fields of an event, whatever the dataset's schema, under the service's own names. All limits are the service's
 * (https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_Event.html). An event that exceeds one is rejected at
 * once.
 */
export interface EventFields {
  /** The kind of event, as a value of the dataset's EVENT_TYPE column: 1–256 characters. */
  eventType: string;
  /** The ID of the event's item: 1–256 characters. Optional here, but required by the schema of most datasets. */
  itemId?: string;
  /** A finite number that fits 32-bit floating point, such as a price, a rating or the share that was watched. */
  eventValue?: number;
  /**
   * Further columns of the schema, in camelCase: `numberOfRatings` fills `NUMBER_OF_RATINGS`. A flat object of at most
   * 1,024 characters when written as JSON.
   */
  properties?: Record<string, PropertyValue>;
  /** The ID of the recommendation that the item came from, as GetRecommendations returned it: 1–40 characters. */
  recommendationId?: string;
  /**
   * The items that were shown together, in order: 1–25 item IDs. If they exceed 1,000 characters when joined by `|`,
   * IDs are removed from the ends; the event's own item is kept. Takes precedence over the list that `recommendationId`
   * stands for.
   */
  impression?: string[];
  /** The source under which a metric attribution report counts the event. */
  metricAttribution?: {
    /** The event's origin: 1–1,024 printable ASCII characters, not blank. */
    eventAttributionSource: string;
  };
  /** The event's ID: 1–256 characters. Default: a generated ID. The service uses only one event of each ID. */
  eventId?: string;
  /** When it happened, by the visitor's clock: a Date, or Unix seconds. Default: now. */
  sentAt?: Date | number;
}

/**
 * The fields of an event as the schema of a site's dataset has them: they replace those of {@link EventFields}. Empty
 * here, so that every event type and every property is accepted. `npx personalize-beacon types` prints a declaration
 * with the fields of a schema, which TypeScript merges into this one.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the site's declaration has the members
export interface DatasetFields {}

/** One event, as `track()` takes it. */
export interface TrackedEvent extends Omit<EventFields, keyof DatasetFields>, DatasetFields {}

/**
 * One interaction with an action that the service's next-best-action recipe recommends
 * (https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_ActionInteraction.html).
 */
export interface TrackedAction
  // Its properties are columns of another dataset, so DatasetFields does not apply.
  extends Pick<EventFields, 'properties' | 'recommendationId' | 'impression' | 'eventId' | 'sentAt'> {
  /** The visitor's response to the action. */
  eventType: 'Taken' | 'Not Taken' | 'Viewed';
  /** The action's ID: 1–256 characters. */
  actionId: string;
}

/** A valid event in the form that the service takes, with its ID and time. */
export interface RecordedEvent extends Omit<EventFields, 'properties'> {
  /** Present only in an action interaction. */
  actionId?: string;
  /** The event's ID, given or generated. */
  eventId: string;
  /** JSON text. */
  properties?: string;
  /** Unix seconds by the visitor's clock; corrected when the event is sent. */
  sentAt: number;
}

/** An operation of the service, named by the path of its URL. */
export type Operation = 'events' | 'action-interactions';

export const OPERATIONS: Operation[] = ['events', 'action-interactions'];

/** A recorded event with its session and user. */
export interface SessionEvent {
  event: RecordedEvent;
  /** Absent until the session has been read from storage. */
  sessionId?: string | undefined;
  /** Absent for an anonymous visitor. */
  userId?: string | undefined;
  /** Milliseconds to add to the visitor's clock at the time of the event, if that was known for certain. */
  offset?: number | undefined;
}

/** 1e11 seconds are the year 5138: a larger number must be milliseconds. */
const MAX_SENT_AT_SECONDS = 1e11;

/** Checks an ID, or an event type. */
export const ID: Check = text(MAX_ID_CHARACTERS);

/** Property names that the service reserves: it answers 400 to them, in upper or lower case. */
const RESERVED = /^(userid|sessionid|eventtype|timestamp|recommendationid|impression)$/i;

const isAttributionSource = (value: unknown) =>
  // It can match in only one way, so that a mismatch is found in linear time.
  hasLength(value, MAX_SOURCE_CHARACTERS) && /^ *[!-~][ -~]*$/.test(value as string);

const isColumnValue = (value: unknown) =>
  value == null || /string|boolean/.test(typeof value) || Number.isFinite(value);

/** Returns whether a value is an object whose values columns can hold. */
export const isFlat = (value: unknown): value is Record<string, PropertyValue> =>
  isPlainObject(value) && Object.values(value).every(isColumnValue);

/** Returns a message about the first property name that the service reserves, if there is one. */
export const problemOfNames = (properties: object | undefined): string | undefined => {
  const reserved = Object.keys(properties ?? {}).find((name) => RESERVED.test(name));
  return reserved && `properties.${reserved} is a word the service reserves`;
};

/** The limits of an event's fields. */
export const EVENT_CHECKS: Record<keyof TrackedEvent, Check> = {
  eventType: ID,
  sentAt: [
    'a Date or Unix seconds',
    (value) =>
      value instanceof Date
        ? +value > 0
        : typeof value === 'number' && value > 0 && value < MAX_SENT_AT_SECONDS,
  ],
  eventId: ID,
  eventValue: [
    'a finite 32-bit number',
    (value) => typeof value === 'number' && Number.isFinite(Math.fround(value)),
  ],
  itemId: ID,
  properties: [
    `a flat object, at most ${MAX_PROPERTIES_CHARACTERS} characters as JSON`,
    (value) => isFlat(value) && hasLength(JSON.stringify(value), MAX_PROPERTIES_CHARACTERS),
  ],
  recommendationId: text(MAX_RECOMMENDATION_ID_CHARACTERS),
  impression: [
    `an array of 1-${MAX_IMPRESSION_ITEMS} item IDs of 1-${MAX_ID_CHARACTERS} characters`,
    (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.length <= MAX_IMPRESSION_ITEMS &&
      [...value].every(ID[1]),
  ],
  metricAttribution: [
    `{ eventAttributionSource } of 1-${MAX_SOURCE_CHARACTERS} printable ASCII characters, not blank`,
    (value) =>
      isPlainObject(value) &&
      `${Object.keys(value)}` === 'eventAttributionSource' &&
      isAttributionSource(value.eventAttributionSource),
  ],
};

const { itemId, eventValue, metricAttribution, ...SHARED_CHECKS } = EVENT_CHECKS;

/** The limits of an action interaction's fields. */
export const ACTION_CHECKS: Record<keyof TrackedAction, Check> = {
  ...SHARED_CHECKS,
  actionId: itemId,
  eventType: oneOf('Taken', 'Not Taken', 'Viewed'),
};

/** Returns whether an event is an action interaction. */
export const isAction = (event: TrackedEvent | TrackedAction): event is TrackedAction => 'actionId' in event;

/**
 * Returns what is wrong with an event: the field, its limit and the value. Returns undefined for a valid event.
 * The input may be anything: page code is not always type-checked.
 */
export const problemOf = (event: TrackedEvent | TrackedAction): string | undefined =>
  firstProblem(event, isAction(event) ? ACTION_CHECKS : EVENT_CHECKS, ['eventType']) ??
  problemOfNames(event.properties);

/** Returns what is wrong with the ID of a user or a session. Its limits are those of an item ID. */
export const problemOfId = (name: string, id: string): string | undefined =>
  firstProblem({ [name]: id }, { [name]: ID }, [name]);

/** Removes IDs from the ends of a list that exceeds a limit; the event's own item stays in it. */
export const cutImpression = (impression: string[], itemId: string | undefined): string[] => {
  const cut = [...impression];
  while (cut.length > MAX_IMPRESSION_ITEMS || [...cut.join('|')].length > MAX_CATEGORICAL_CHARACTERS) {
    if (cut.indexOf(itemId as string) * 2 < cut.length) cut.pop();
    else cut.shift();
  }
  return cut;
};

/** Trims every text in a JSON value. */
const trim = (value: unknown): unknown => {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return value.map(trim);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, trim(member)]));
};

/**
 * Returns a copy of a valid event with its ID and time, its texts trimmed. A copy, because the page may change its own
 * object.
 * @param now Unix milliseconds
 */
export const recordEvent = (
  event: TrackedEvent | TrackedAction,
  now: number,
  generateId: () => string,
): RecordedEvent => {
  const fields: Record<string, unknown> = {
    ...event,
    eventId: event.eventId ?? generateId(),
    properties: event.properties && JSON.stringify(event.properties),
    sentAt: typeof event.sentAt === 'number' ? event.sentAt : +(event.sentAt ?? now) / 1000,
  };
  // In the order in which the AWS SDK writes the fields, whatever order the page used.
  const names = [...Object.keys(EVENT_CHECKS), 'actionId'];
  const ordered = Object.fromEntries(names.map((name) => [name, fields[name]]));
  const recorded = trim(JSON.parse(JSON.stringify(ordered))) as RecordedEvent;
  const { impression, itemId } = recorded;
  if (impression) recorded.impression = cutImpression(impression, itemId);
  return recorded;
};
