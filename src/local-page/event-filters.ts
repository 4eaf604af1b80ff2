import type { EventStatus, ReceivedEvent } from '../local/received.js';
import { asText, describeProblem, itemOf } from './labels.js';
import { FILTER_NAMES, type FilterName, type RouteParameters } from './page-route.js';

/** Texts that are searched, in lower case. */
const searched = new WeakMap<ReceivedEvent, string>();

const searchedText = (event: ReceivedEvent): string => {
  const known = searched.get(event);
  if (known !== undefined) return known;
  const { form, contentType, receivedAt, warnings, ...fields } = event;
  const text = [JSON.stringify(fields), ...warnings.map(describeProblem)].join('\n').toLowerCase();
  searched.set(event, text);
  return text;
};

const contains = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());

/** By filter, whether an event has the wanted value. IDs and texts may be given in part. */
const TESTS: Record<FilterName, (event: ReceivedEvent, wanted: string) => boolean> = {
  status: ({ status }, wanted) => status === wanted,
  type: ({ event }, wanted) => asText(event.eventType) === wanted,
  item: (event, wanted) => contains(itemOf(event), wanted),
  session: ({ sessionId }, wanted) => contains(sessionId, wanted),
  user: ({ userId = '' }, wanted) => contains(userId, wanted),
  warnings: ({ warnings }) => warnings.length > 0,
  warning: ({ warnings }, wanted) => warnings.some((warning) => describeProblem(warning) === wanted),
  request: ({ requestId }, wanted) => requestId === wanted,
  text: (event, wanted) => searchedText(event).includes(wanted.toLowerCase()),
};

/** Returns the filters that are set. */
export const activeFilters = (parameters: RouteParameters): FilterName[] =>
  FILTER_NAMES.filter((name) => parameters[name]);

/** Returns the events that pass all filters. */
export const filterEvents = (
  events: readonly ReceivedEvent[],
  parameters: RouteParameters,
): readonly ReceivedEvent[] => {
  const names = activeFilters(parameters);
  if (!names.length) return events;
  return events.filter((event) => names.every((name) => TESTS[name](event, parameters[name] as string)));
};

/** Returns the number of events of each status. */
export const countByStatus = (events: readonly ReceivedEvent[]): Record<EventStatus, number> => {
  const counts = { accepted: 0, duplicate: 0, ignored: 0, rejected: 0 };
  for (const { status } of events) counts[status]++;
  return counts;
};

/** Returns up to `max` different values, the newest events' first. */
export const recentValues = (
  events: readonly ReceivedEvent[],
  readValue: (event: ReceivedEvent) => string,
  max: number,
): string[] => {
  const values = new Set<string>();
  for (let i = events.length - 1; i >= 0 && values.size < max; i--) {
    const value = readValue(events[i] as ReceivedEvent);
    if (value) values.add(value);
  }
  return [...values];
};
