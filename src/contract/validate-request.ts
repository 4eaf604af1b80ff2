import type { Operation } from './event.js';
import { ACTION_CHECKS, EVENT_CHECKS, ID, isFlat, problemOfNames } from './event.js';
import { MAX_BATCH_EVENTS, MAX_PROPERTIES_CHARACTERS } from './limits.js';
import type { WireEvent } from './put-events-request.js';
import { tryOrUndefined } from './try.js';
import { type Check, firstProblem, hasLength, isPlainObject } from './validate.js';

const LIST: Check = [
  `a list of 1-${MAX_BATCH_EVENTS}`,
  (value) => Array.isArray(value) && value.length > 0 && value.length <= MAX_BATCH_EVENTS,
];
const OBJECT: Check = ['an object', isPlainObject];

const parse = (json: unknown): unknown => tryOrUndefined(() => JSON.parse(json as string));

/** Tests the length first: a text that is too long is not parsed. */
const PROPERTIES: Check = [
  EVENT_CHECKS.properties[0],
  (value) => hasLength(value, MAX_PROPERTIES_CHARACTERS) && isFlat(parse(value)),
];

const { sentAt, ...ACTION_FIELD_CHECKS } = ACTION_CHECKS;

/** The checks of each operation's request, and its required fields. */
const SHAPES = {
  events: {
    envelope: { trackingId: ID, sessionId: ID, userId: ID, eventList: LIST },
    required: ['trackingId', 'sessionId', 'eventList'],
    list: 'eventList',
    member: { ...EVENT_CHECKS, properties: PROPERTIES },
    requiredOfMember: ['eventType', 'sentAt'],
  },
  'action-interactions': {
    envelope: { trackingId: ID, actionInteractions: LIST },
    required: ['trackingId', 'actionInteractions'],
    list: 'actionInteractions',
    member: { sessionId: ID, userId: ID, ...ACTION_FIELD_CHECKS, timestamp: sentAt, properties: PROPERTIES },
    requiredOfMember: ['sessionId', 'actionId', 'eventType', 'timestamp'],
  },
};

/**
 * Returns what is wrong with a request body: the field, its limit and the value. Returns undefined for a valid one. The
 * limits are those of `track()`, which are the service's own. Stops at the first problem: the check costs less than
 * parsing the body.
 */
export const problemOfRequest = (operation: Operation, input: unknown): string | undefined => {
  if (!isPlainObject(input)) return 'the body must be a JSON object';
  const { envelope, required, list, member: checks, requiredOfMember } = SHAPES[operation];
  const problem = firstProblem(input, envelope, required);
  if (problem) return problem;
  for (const [index, member] of (input[list] as Partial<WireEvent>[]).entries()) {
    const path = `${list}[${index}]`;
    if (!isPlainObject(member)) return firstProblem({ [path]: member }, { [path]: OBJECT }, [path]);
    const memberProblem =
      operation === 'events' && 'actionId' in member
        ? 'actionId is unknown; actions go in actionInteractions'
        : (firstProblem(member, checks, requiredOfMember) ??
          problemOfNames(parse(member.properties) as object | undefined));
    if (memberProblem) return `${path}.${memberProblem}`;
  }
  return undefined;
};
