import type { InteractionsEntry } from '../local/interactions-table.js';
import type { ReceivedEvent } from '../local/received.js';
import { count } from './labels.js';

/** An event with its row, or the reason why it has none. */
export type EventWithEntry = ReceivedEvent & InteractionsEntry;

/** One event of a session. */
export interface SessionStep {
  event: EventWithEntry;
  /** The user who logs in with this event. */
  login?: string;
  /** Number of anonymous events of the session whose rows belong to that user. */
  joins?: number;
  /** The user of its row, if it was sent without one. */
  joined?: string;
}

/** Returns the user to whom an event's row belongs. */
const rowUserOf = (event: EventWithEntry): string | undefined =>
  'row' in event ? String(event.row.USER_ID) : undefined;

/** Returns a session's events in order, with its logins and the anonymous events that belong to a user by one. */
export const toSessionSteps = (events: readonly EventWithEntry[]): SessionStep[] => {
  const joinedBy = (user: string) =>
    events.filter((event) => event.userId === undefined && rowUserOf(event) === user).length;
  let user: string | undefined;
  return events.map((event) => {
    const { userId } = event;
    const joined = userId === undefined ? rowUserOf(event) : undefined;
    const isLogin = userId !== undefined && userId !== user && event.status === 'accepted';
    if (isLogin) user = userId;
    return {
      event,
      ...(isLogin && { login: userId, joins: joinedBy(userId) }),
      ...(joined !== undefined && { joined }),
    };
  });
};

/** Says in words how many events there are, who logged in, and to whom the anonymous events belong. */
export const summarizeSession = (steps: readonly SessionStep[]): string => {
  const anonymous = steps.filter(({ event }) => event.userId === undefined).length;
  const joined = steps.filter((step) => step.joined !== undefined);
  const logins = steps.flatMap(({ login }) => login ?? []);
  const total = `${count(steps.length, 'event')}, ${anonymous} of them anonymous.`;
  if (!logins.length) return `${total} Nobody has logged in: the anonymous events are no rows yet.`;
  const last = joined.at(-1)?.joined;
  const rows = last === undefined ? '' : ` ${count(joined.length, 'anonymous event')} joined ${last}.`;
  return `${total} Logged in: ${[...new Set(logins)].join(', ')}.${rows}`;
};
