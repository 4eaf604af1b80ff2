import type { IncomingMessage } from 'node:http';
import type { AwsError } from './aws-error.js';
import type { createEventLog, EventRequest, IncomingEvent } from './event-log.js';
import { parseJson } from './http-messages.js';
import type { KnownIds } from './known-ids.js';
import type { EventFields, ReceivedRequest, Rejection, SignatureForm } from './received.js';
import { checkPutActionInteractions, checkPutEvents } from './service-limits.js';
import { type VerifyInput, verifySignature } from './verify-signature.js';

/** A request with its body. */
export interface Call {
  request: IncomingMessage;
  body: Buffer;
  received: ReceivedRequest;
}

interface PersonalizeEventsOptions extends Pick<VerifyInput, 'findCredentials'> {
  knownIds: KnownIds;
  /** Returns the service's time in milliseconds. */
  now(): number;
  log: ReturnType<typeof createEventLog>;
}

/** An operation of Personalize Events. */
interface PersonalizeOperation {
  /** Name of the list of events in its input. */
  listName: 'eventList' | 'actionInteractions';
  check(input: unknown): void;
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

const asText = (value: unknown) => (typeof value === 'string' ? value : '');

/** Returns the events of an input, valid or not. Each action interaction has its own session and user. */
const readEvents = (input: unknown, listName: PersonalizeOperation['listName']): IncomingEvent[] => {
  if (!isObject(input) || !Array.isArray(input[listName])) return [];
  return input[listName].map((value: unknown) => {
    const member = isObject(value) ? value : {};
    const { sessionId, userId } = listName === 'eventList' ? input : member;
    const { sessionId: _, userId: __, ...interaction } = member;
    return {
      trackingId: asText(input.trackingId),
      sessionId: asText(sessionId),
      userId: asText(userId),
      event: (listName === 'eventList' ? member : interaction) as unknown as EventFields,
    };
  });
};

/** Returns the reason for an event's rejection. @param index the event's place in its batch */
const toRejection = ({ type = 'Error', message, field }: AwsError, index: number): Rejection => {
  const [, place, ownField] = /^\w+\.(\d+)\.member\.?(.*)$/.exec(field ?? '') ?? [];
  const isOwn = place === undefined || Number(place) === index + 1;
  const name = ownField ?? field;
  return {
    type,
    message: isOwn ? message : `Refused with its batch, for event ${place}: ${message}`,
    ...(isOwn && name && { field: name }),
  };
};

const parseOrUndefined = (body: Buffer): unknown => {
  try {
    return parseJson(body);
  } catch {
    return undefined;
  }
};

/** Simulates Personalize Events. */
export const createPersonalizeEvents = ({
  knownIds,
  now,
  findCredentials,
  log,
}: PersonalizeEventsOptions) => {
  const toEventRequest = ({ received }: Call, form: SignatureForm): EventRequest => {
    const { contentType, receivedAt, requestId } = received;
    return { form, contentType, receivedAt, requestId };
  };

  const createOperation = ({ listName, check }: PersonalizeOperation) => {
    const accept = (call: Call, form: SignatureForm) => {
      const input = parseJson(call.body);
      check(input);
      const events = readEvents(input, listName);
      call.received.eventCount = events.length;
      for (const event of events) log.accept(event, toEventRequest(call, form));
    };
    return {
      async signed(call: Call) {
        const { request, body } = call;
        const { region } = knownIds;
        accept(call, await verifySignature({ request, body, region, now: now(), findCredentials }));
      },
      /** Runs a request to a site's own endpoint. */
      async unsigned(call: Call) {
        accept(call, 'unsigned');
      },
      /** Logs the events of a request that was refused. */
      reject(call: Call, error: AwsError) {
        const request = toEventRequest(call, call.received.form ?? 'unsigned');
        readEvents(parseOrUndefined(call.body), listName).forEach((event, i) => {
          log.reject(event, toRejection(error, i), request);
        });
      },
    };
  };

  return {
    putEvents: createOperation({
      listName: 'eventList',
      check: (input) => checkPutEvents(input, knownIds),
    }),
    putActionInteractions: createOperation({
      listName: 'actionInteractions',
      check: (input) => checkPutActionInteractions(input, knownIds),
    }),
  };
};
