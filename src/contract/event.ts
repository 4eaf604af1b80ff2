import {
  MAX_ID_CHARACTERS,
  MAX_IMPRESSION_CHARACTERS,
  MAX_IMPRESSION_ITEMS,
  MAX_PROPERTIES_CHARACTERS,
  MAX_RECOMMENDATION_ID_CHARACTERS,
  MAX_SOURCE_CHARACTERS,
} from './limits.js';
import { type Check, firstProblem, hasLength, isPlainObject, oneOf, text } from './validate.js';

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
  /**
   * The items shown together, in order: 1–25 item IDs. Above 1,000 characters in all, joined by `|`, it is cut at its ends,
   * and the event's own item stays in. Wins over what `recommendationId` stands for.
   */
  impression?: string[];
  /** What a metric attribution report counts the event under. */
  metricAttribution?: {
    /** Where the event comes from: 1–1,024 printable ASCII characters. */
    eventAttributionSource: string;
  };
  /** 1–256 characters; made when absent. The service uses one event of each ID. */
  eventId?: string;
  /** When it happened, by the visitor's clock: a Date, or Unix seconds. Now when absent. */
  sentAt?: Date | number;
}

/**
 * What was done about an action, which the service's next-best-action recipe recommends
 * (https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_ActionInteraction.html).
 */
export interface TrackedAction
  extends Pick<TrackedEvent, 'properties' | 'recommendationId' | 'impression' | 'eventId' | 'sentAt'> {
  /** What was done about it. */
  eventType: 'Taken' | 'Not Taken' | 'Viewed';
  /** 1–256 characters. */
  actionId: string;
}

/** An event as it waits: checked and named, in the form the service takes. */
export interface RecordedEvent extends Omit<TrackedEvent, 'properties'> {
  /** Of an action's event alone. */
  actionId?: string;
  eventId: string;
  /** JSON text. */
  properties?: string;
  /** Unix seconds on the visitor's clock, which is corrected when the event is sent. */
  sentAt: number;
}

/** An operation of the service, by its path. */
export type Operation = 'events' | 'action-interactions';

export const OPERATIONS: Operation[] = ['events', 'action-interactions'];

/** A recorded event, and the session and user that it belongs to. */
export interface SessionEvent {
  event: RecordedEvent;
  /** Absent until storage has said which session runs. */
  sessionId?: string | undefined;
  /** Absent for an anonymous visitor. */
  userId?: string | undefined;
  /** Milliseconds to add to the visitor's clock as it was at the event, where that was known for sure. */
  offset?: number | undefined;
}

/** 1e11 seconds are the year 5138: a number above it is milliseconds. */
const MAX_SENT_AT_SECONDS = 1e11;

/** Check of any ID, and of an event type. */
export const ID: Check = text(MAX_ID_CHARACTERS);

/** Words the service keeps for its own fields; it answers 400 to them among the properties, in any case. */
const RESERVED = /^(userid|sessionid|eventtype|timestamp|recommendationid|impression)$/i;

const isSource = (value: unknown) =>
  // One way to match and no other: it is linear in the length of what does not.
  hasLength(value, MAX_SOURCE_CHARACTERS) && /^ *[!-~][ -~]*$/.test(value as string);

const isColumnValue = (value: unknown) =>
  value == null || /string|boolean/.test(typeof value) || Number.isFinite(value);

/** Whether it is an object of values that columns can hold. */
export const isFlat = (value: unknown): value is Record<string, PropertyValue> =>
  isPlainObject(value) && Object.values(value).every(isColumnValue);

/** Says which of the properties' names the service keeps for itself. */
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
      isSource(value.eventAttributionSource),
  ],
};

const { itemId, eventValue, metricAttribution, ...OF_BOTH } = EVENT_CHECKS;

/** The limits of the fields of what was done about an action. */
export const ACTION_CHECKS: Record<keyof TrackedAction, Check> = {
  ...OF_BOTH,
  actionId: itemId,
  eventType: oneOf('Taken', 'Not Taken', 'Viewed'),
};

/** Whether it is an action's. */
export const isAction = (event: TrackedEvent | TrackedAction): event is TrackedAction => 'actionId' in event;

/**
 * Says what is wrong with an event, naming field, limit and value; nothing when all is well.
 * The input may be anything at all: page code is not always type-checked.
 */
export const problemOf = (event: TrackedEvent | TrackedAction): string | undefined =>
  firstProblem(event, isAction(event) ? ACTION_CHECKS : EVENT_CHECKS, ['eventType']) ??
  problemOfNames(event.properties);

/** A user's ID has the limits of an item's. */
export const problemOfUserId = (userId: string): string | undefined =>
  firstProblem({ userId }, { userId: EVENT_CHECKS.itemId }, ['userId']);

/** Cuts a list that is too long at its ends, so that the item an event is of stays in. */
export const cutImpression = (impression: string[], itemId: string | undefined): string[] => {
  const cut = [...impression];
  while (cut.length > MAX_IMPRESSION_ITEMS || [...cut.join('|')].length > MAX_IMPRESSION_CHARACTERS) {
    if (cut.indexOf(itemId as string) * 2 < cut.length) cut.pop();
    else cut.shift();
  }
  return cut;
};

/** Takes white space off the ends of every text in JSON. */
const trim = (value: unknown): unknown => {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return value.map(trim);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, trim(member)]));
};

/** Names, trims and times a checked event; a copy, so that the page may change its own. `now` in Unix milliseconds. */
export const recordEvent = (
  event: TrackedEvent | TrackedAction,
  now: number,
  generateId: () => string,
): RecordedEvent => {
  const named: Record<string, unknown> = {
    ...event,
    eventId: event.eventId ?? generateId(),
    properties: event.properties && JSON.stringify(event.properties),
    sentAt: typeof event.sentAt === 'number' ? event.sentAt : +(event.sentAt ?? now) / 1000,
  };
  // Fields in the order in which AWS's own SDK writes them, whatever the page's was.
  const names = [...Object.keys(EVENT_CHECKS), 'actionId'];
  const given = Object.fromEntries(names.map((name) => [name, named[name]]));
  const recorded = trim(JSON.parse(JSON.stringify(given))) as RecordedEvent;
  const { impression, itemId } = recorded;
  if (impression) recorded.impression = cutImpression(impression, itemId);
  return recorded;
};
