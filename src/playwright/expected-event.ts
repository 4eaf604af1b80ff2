import type { EventFields, EventStatus, ReceivedEvent, SignatureForm } from '../local/received.js';

/** A value, or a matcher of Playwright such as `expect.any(String)`. */
export type OrMatcher<Value> = Value | Readonly<Record<string, unknown>>;

/** Values that an event must have. Fields that are left out may have any value; `undefined` stands for none. */
export type ExpectedEvent = {
  [Field in Exclude<keyof EventFields, 'properties'>]?: OrMatcher<EventFields[Field]> | undefined;
} & {
  /** An object is compared with the parsed JSON, a text with the JSON itself. */
  properties?: OrMatcher<string> | undefined;
  trackingId?: OrMatcher<string>;
  sessionId?: OrMatcher<string>;
  userId?: OrMatcher<string> | undefined;
  /** Default: `accepted`. */
  status?: OrMatcher<EventStatus>;
  /** How the event's request was signed. */
  form?: OrMatcher<SignatureForm>;
};

/** A field of an event whose value is another than expected. */
export interface Difference {
  field: string;
  expected: unknown;
  received: unknown;
}

const READERS: Record<keyof ExpectedEvent, (event: ReceivedEvent) => unknown> = {
  eventType: ({ event }) => event.eventType,
  itemId: ({ event }) => event.itemId,
  actionId: ({ event }) => event.actionId,
  eventValue: ({ event }) => event.eventValue,
  properties: ({ event }) => event.properties,
  recommendationId: ({ event }) => event.recommendationId,
  impression: ({ event }) => event.impression,
  metricAttribution: ({ event }) => event.metricAttribution,
  sentAt: ({ event }) => event.sentAt,
  timestamp: ({ event }) => event.timestamp,
  eventId: ({ eventId }) => eventId,
  trackingId: ({ trackingId }) => trackingId,
  sessionId: ({ sessionId }) => sessionId,
  userId: ({ userId }) => userId,
  status: ({ status }) => status,
  form: ({ form }) => form,
};

type Matcher = { asymmetricMatch(received: unknown): boolean };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMatcher = (value: unknown): value is Matcher =>
  isObject(value) && typeof value.asymmetricMatch === 'function';

/** Compares as `toMatchObject` does: objects may have more fields than expected, lists have the same length. */
const isMatch = (received: unknown, expected: unknown): boolean => {
  if (isMatcher(expected)) return expected.asymmetricMatch(received);
  if (Array.isArray(expected)) {
    return (
      Array.isArray(received) &&
      received.length === expected.length &&
      expected.every((value, i) => isMatch(received[i], value))
    );
  }
  if (isObject(expected)) {
    return (
      isObject(received) && Object.entries(expected).every(([name, value]) => isMatch(received[name], value))
    );
  }
  return Object.is(received, expected);
};

const parse = (text: unknown): unknown => {
  try {
    return JSON.parse(text as string);
  } catch {
    return text; // A rejected event may have anything.
  }
};

/** Checks what an event is compared with. @throws an error that lists the fields */
export const checkExpected: (expected: unknown) => asserts expected is ExpectedEvent = (expected) => {
  if (!isObject(expected)) {
    throw new Error(
      `toHaveReceived() takes an object, such as { eventType: 'click' }; got ${JSON.stringify(expected)}`,
    );
  }
  const unknown = Object.keys(expected).find((field) => !Object.hasOwn(READERS, field));
  if (unknown !== undefined) {
    throw new Error(`Events have no field ${unknown}; use ${Object.keys(READERS).join(', ')}.`);
  }
};

/** Returns the fields in which an event differs from the expected one; an empty list if it matches. */
export const compareEvent = (event: ReceivedEvent, expected: ExpectedEvent): Difference[] =>
  (Object.entries(expected) as [keyof ExpectedEvent, unknown][]).flatMap(([field, value]) => {
    const received = READERS[field](event);
    if (isMatch(received, value)) return [];
    const isJson = field === 'properties' && typeof value !== 'string';
    const parsed = isJson ? parse(received) : received;
    return isJson && isMatch(parsed, value) ? [] : [{ field, expected: value, received: parsed }];
  });
