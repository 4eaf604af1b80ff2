import { expect, test } from '@playwright/test';
import type { ReceivedEvent } from 'personalize-beacon/local';
import { countByStatus, filterEvents, recentValues } from '../../src/local-page/event-filters.js';
import { describeRejection, itemOf } from '../../src/local-page/labels.js';
import { lastingParameters, openedNumber, parseHash, toHash } from '../../src/local-page/page-route.js';
import { groupWarnings } from '../../src/local-page/warning-groups.js';

// The filters of the local AWS's page, and the links that hold them.

let number = 0;
const received = ({ event, ...more }: { event?: object } & Omit<Partial<ReceivedEvent>, 'event'> = {}) =>
  ({
    number: ++number,
    status: 'accepted',
    warnings: [],
    trackingId: 't',
    sessionId: 'session-1',
    eventId: 'e',
    form: 'header',
    contentType: null,
    receivedAt: 0,
    requestId: 'r',
    ...more,
    event: { eventType: 'click', itemId: 'film-a', sentAt: 1, ...event },
  }) as ReceivedEvent;

const warning = { field: 'properties.colour', message: 'it has no column' };

const ALL = {
  plain: received(),
  view: received({ event: { eventType: 'view', itemId: 'film-b', properties: '{"colour":"RED"}' } }),
  action: received({ event: { itemId: undefined, actionId: 'join' }, sessionId: 'session-2' }),
  user: received({ userId: 'Ann', requestId: 'r2' }),
  warned: received({ warnings: [warning] }),
  odd: received({ event: { eventType: 7, itemId: { film: 'b' } }, status: 'rejected' }),
};
const events = Object.values(ALL);

for (const [parameters, names] of [
  [{}, Object.keys(ALL)],
  [{ status: 'rejected' }, ['odd']],
  [{ type: 'view' }, ['view']],
  [{ type: 'vie' }, []],
  [{ type: '7' }, ['odd']],
  [{ item: 'FILM-B' }, ['view']],
  [{ item: 'jo' }, ['action']],
  [{ session: 'sion-2' }, ['action']],
  [{ user: 'ann' }, ['user']],
  [{ warnings: 'only' }, ['warned']],
  [{ warning: 'properties.colour: it has no column' }, ['warned']],
  [{ warning: 'properties.colour' }, []],
  [{ request: 'r2' }, ['user']],
  [{ text: 'red' }, ['view']],
  [{ text: 'has no col' }, ['warned']],
  [{ item: 'film-a', text: 'ANN' }, ['user']],
  [{ item: 'film-b', user: 'ann' }, []],
] as const) {
  test(`the filters ${JSON.stringify(parameters)} find ${names.join(', ') || 'nothing'}`, () => {
    const found = filterEvents(events, parameters).map((event) =>
      Object.keys(ALL).find((name) => ALL[name as keyof typeof ALL] === event),
    );
    expect(found).toEqual(names);
  });
}

test('events are counted by status, and recent values are listed once, the newest first', () => {
  expect(countByStatus(events)).toEqual({ accepted: 5, duplicate: 0, ignored: 0, rejected: 1 });
  expect(recentValues(events, itemOf, 3)).toEqual(['{"film":"b"}', 'film-a', 'join']);
});

test('a hash holds view, filters and opened event, and ignores what it does not know', () => {
  const parameters = { type: 'a & b', text: '?#/%', event: '12', tracker: 't', id: 's' };
  expect(parseHash(toHash('session', parameters))).toEqual({ view: 'session', parameters });
  expect(parseHash('')).toEqual({ view: 'events', parameters: {} });
  expect(parseHash('#/nowhere?colour=red&type=')).toEqual({ view: 'events', parameters: {} });
  expect(toHash('faults', { type: '', text: undefined })).toBe('#/faults');
  expect(lastingParameters(parameters)).toEqual({ type: 'a & b', text: '?#/%' });
  expect(
    ['12', '0x1', undefined].map((event) =>
      openedNumber({ view: 'events', parameters: event ? { event } : {} }),
    ),
  ).toEqual([12, undefined, undefined]);
});

test('warnings are grouped by field and message, the most frequent first', () => {
  const other = { field: 'itemId', message: 'it is missing' };
  const groups = groupWarnings([
    received({ warnings: [other, warning] }),
    received({ warnings: [warning] }),
    received(),
  ]);
  expect(groups).toEqual([
    { ...warning, filter: 'properties.colour: it has no column', count: 2 },
    { ...other, filter: 'itemId: it is missing', count: 1 },
  ]);
});

test("a rejection's reason loses the service's words around it, and nothing else", () => {
  const message =
    "Value at 'eventList.1.member.itemId' failed to satisfy constraint: Member must be a string";
  expect(describeRejection({ type: 'E', message, field: 'itemId' })).toBe('itemId: Member must be a string');
  const refused = `Refused with its batch, for event 2: ${message}`;
  expect(describeRejection({ type: 'E', message: refused })).toBe(
    'Refused with its batch, for event 2: Member must be a string',
  );
  expect(describeRejection({ type: 'E', message: 'Access denied' })).toBe('Access denied');
});
