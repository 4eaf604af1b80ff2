import { type Check, check, hasLength, isPlainObject, oneOf, text } from './lib/check.js';

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

const MAX_ID_CHARACTERS = 256;
const MAX_PROPERTIES_CHARACTERS = 1024;
const MAX_RECOMMENDATION_ID_CHARACTERS = 40;
const MAX_IMPRESSION_ITEMS = 25;
const MAX_SOURCE_CHARACTERS = 1024;
/** 1e11 seconds are the year 5138: a number above it is milliseconds. */
const MAX_SENT_AT_SECONDS = 1e11;

/** Words the service keeps for its own fields; it answers 400 to them among the properties, in any case. */
const RESERVED = /^(userid|sessionid|eventtype|timestamp|recommendationid|impression)$/i;

const isSource = (value: unknown) =>
  hasLength(value, MAX_SOURCE_CHARACTERS) && /^[ -~]*[!-~][ -~]*$/.test(value as string);

const isColumnValue = (value: unknown) =>
  value == null || /string|boolean/.test(typeof value) || Number.isFinite(value);

const CHECKS: Record<keyof TrackedEvent, Check> = {
  eventType: text(MAX_ID_CHARACTERS),
  sentAt: [
    'a Date or Unix seconds',
    (value) =>
      value instanceof Date
        ? +value > 0
        : typeof value === 'number' && value > 0 && value < MAX_SENT_AT_SECONDS,
  ],
  eventId: text(MAX_ID_CHARACTERS),
  eventValue: [
    'a finite 32-bit number',
    (value) => typeof value === 'number' && Number.isFinite(Math.fround(value)),
  ],
  itemId: text(MAX_ID_CHARACTERS),
  properties: [
    `a flat object, at most ${MAX_PROPERTIES_CHARACTERS} characters as JSON`,
    (value) =>
      isPlainObject(value) &&
      Object.values(value).every(isColumnValue) &&
      hasLength(JSON.stringify(value), MAX_PROPERTIES_CHARACTERS),
  ],
  recommendationId: text(MAX_RECOMMENDATION_ID_CHARACTERS),
  impression: [
    `an array of 1-${MAX_IMPRESSION_ITEMS} item IDs of 1-${MAX_ID_CHARACTERS} characters`,
    (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.length <= MAX_IMPRESSION_ITEMS &&
      [...value].every((item) => hasLength(item, MAX_ID_CHARACTERS)),
  ],
  metricAttribution: [
    `{ eventAttributionSource } of 1-${MAX_SOURCE_CHARACTERS} printable ASCII characters, not blank`,
    (value) =>
      isPlainObject(value) &&
      `${Object.keys(value)}` === 'eventAttributionSource' &&
      isSource(value.eventAttributionSource),
  ],
};

const { itemId, eventValue, metricAttribution, ...OF_BOTH } = CHECKS;
const ACTION_CHECKS: Record<keyof TrackedAction, Check> = {
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
export const problemOf = (event: TrackedEvent | TrackedAction): string | undefined => {
  const checks = (isAction(event) ? ACTION_CHECKS : CHECKS) as typeof CHECKS;
  const { problems, valid } = check({ ...event, eventType: event.eventType ?? null } as TrackedEvent, checks);
  const reserved = Object.keys(valid.properties ?? {}).find((key) => RESERVED.test(key));
  if (reserved) problems.push(`properties.${reserved} is a word the service reserves`);
  return problems[0];
};

/** A user's ID has the limits of an item's. */
export const problemOfUserId = (userId: string): string | undefined =>
  check({ userId: userId ?? null }, { userId: CHECKS.itemId }).problems[0];

/** Names and times a checked event; a copy, so that the page may change its own. `now` in Unix milliseconds. */
export const recordEvent = (
  event: TrackedEvent | TrackedAction,
  now: number,
  mint: () => string,
): RecordedEvent => {
  const named = {
    ...event,
    eventId: event.eventId ?? mint(),
    properties: event.properties && JSON.stringify(event.properties),
    sentAt: typeof event.sentAt === 'number' ? event.sentAt : +(event.sentAt ?? now) / 1000,
  };
  // Fields in the order in which AWS's own SDK writes them, whatever the page's was.
  return JSON.parse(JSON.stringify(named, [...Object.keys(CHECKS), 'eventAttributionSource', 'actionId']));
};
