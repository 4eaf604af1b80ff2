import { expect, test } from '@playwright/test';
import { createInFlight } from '../../src/browser/delivery/in-flight.js';
import type { QueuedEvent } from '../../src/browser/delivery/queued-event.js';

const queued = (eventId: string, more: Partial<QueuedEvent> = {}): QueuedEvent => ({
  event: { eventType: 'click', eventId, sentAt: 1 },
  recordedAt: 1,
  size: 1,
  sessionId: 's',
  ...more,
});

const action = (eventId: string) =>
  queued(eventId, { event: { eventType: 'Viewed', actionId: 'a', eventId, sentAt: 1 } });

const open = (...events: QueuedEvent[]) => {
  const suspects = new Set<QueuedEvent>();
  const inFlight = createInFlight({ events: () => events }, (event) => suspects.has(event));
  return { inFlight, suspects };
};

const idsOf = (events: QueuedEvent[]) => events.map(({ event }) => event.eventId);

const REQUEST = { survivesPage: false, abandon() {} };

test('an event is not sendable without a session, as a suspect, or of a halted operation', () => {
  const [one, two, three, four] = [
    queued('1'),
    queued('2', { sessionId: undefined }),
    queued('3'),
    action('4'),
  ];
  const { inFlight, suspects } = open(one, two, three, four);
  suspects.add(three);
  inFlight.halt('action-interactions');
  expect(idsOf(inFlight.ready())).toEqual(['1']);
  expect([one, two, three, four].map(inFlight.isSendable)).toEqual([true, false, false, false]);
  expect([inFlight.isHalted('events'), inFlight.isHalted('action-interactions')]).toEqual([false, true]);
});

test('an event in flight is not ready until its batch ends', () => {
  const [one, two] = [queued('1'), queued('2')];
  const { inFlight } = open(one, two);
  inFlight.begin([one], REQUEST);
  expect(idsOf(inFlight.ready())).toEqual(['2']);
  inFlight.end([one]);
  expect(idsOf(inFlight.ready())).toEqual(['1', '2']);
});

test('an event counts as new until a flush includes it, it is in flight, or a beacon took it', () => {
  const [one, two, three, four] = [queued('1'), queued('2'), queued('3', { unconfirmed: true }), queued('4')];
  const { inFlight } = open(one, two, three, four);
  inFlight.markDue([one]);
  inFlight.begin([two]);
  inFlight.end([two]);
  expect(idsOf(inFlight.fresh())).toEqual(['4']);
});

test('the next batch holds the due events, and unconfirmed events fill the remaining room', () => {
  const [one, two, three] = [queued('1'), queued('2', { unconfirmed: true }), queued('3')];
  const { inFlight } = open(one, two, three);
  expect(inFlight.nextBatch()).toEqual([]);
  inFlight.markDue([three]);
  expect(idsOf(inFlight.nextBatch())).toEqual(['3', '2']);
});

test('only a request that survives the page protects its events', () => {
  const [one, two, three] = [queued('1'), queued('2'), queued('3')];
  const { inFlight } = open(one, two, three);
  inFlight.begin([one], { ...REQUEST, survivesPage: true });
  inFlight.begin([two], REQUEST);
  expect(idsOf(inFlight.unprotected())).toEqual(['2', '3']);
  expect(idsOf(inFlight.unsent())).toEqual(['1', '2', '3']);
});

test('on unload all requests are abandoned, and the events of those that survive the page are returned', () => {
  const [one, two, three] = [queued('1'), queued('2'), queued('3')];
  const { inFlight } = open(one, two, three);
  const abandoned: string[] = [];
  const requestOf = (id: string, survivesPage: boolean) => ({
    survivesPage,
    abandon: () => void abandoned.push(id),
  });
  inFlight.begin([one], requestOf('1', true));
  inFlight.begin([two], requestOf('2', false));
  inFlight.begin([three]);
  expect(idsOf(inFlight.abandonAll())).toEqual(['1']);
  expect(abandoned).toEqual(['1', '2']);
});
