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

/** A long text is not parsed to find out that it is too long. */
const PROPERTIES: Check = [
  EVENT_CHECKS.properties[0],
  (value) => hasLength(value, MAX_PROPERTIES_CHARACTERS) && isFlat(parse(value)),
];

const { sentAt, ...OF_ACTION } = ACTION_CHECKS;

/** What a request has of each operation, and what of that must be there. */
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
    member: { sessionId: ID, userId: ID, ...OF_ACTION, timestamp: sentAt, properties: PROPERTIES },
    requiredOfMember: ['sessionId', 'actionId', 'eventType', 'timestamp'],
  },
};

/**
 * Says what is wrong with a request as it is on the wire, naming field, limit and value; nothing when all is well.
 * The limits are those of `track()`, the service's own. Stops at the first problem: costs less than it took to parse.
 */
export const problemOfRequest = (operation: Operation, input: unknown): string | undefined => {
  if (!isPlainObject(input)) return 'the body must be a JSON object';
  const { envelope, required, list, member: checks, requiredOfMember } = SHAPES[operation];
  const problem = firstProblem(input, envelope, required);
  if (problem) return problem;
  for (const [index, member] of (input[list] as Partial<WireEvent>[]).entries()) {
    const at = `${list}[${index}]`;
    if (!isPlainObject(member)) return firstProblem({ [at]: member }, { [at]: OBJECT }, [at]);
    const wrong =
      operation === 'events' && 'actionId' in member
        ? 'actionId is unknown; actions go in actionInteractions'
        : (firstProblem(member, checks, requiredOfMember) ??
          problemOfNames(parse(member.properties) as object | undefined));
    if (wrong) return `${at}.${wrong}`;
  }
  return undefined;
};
