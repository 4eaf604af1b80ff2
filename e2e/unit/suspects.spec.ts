import { expect, test } from '@playwright/test';
import type { QueuedEvent } from '../../src/browser/delivery/queued-event.js';
import { createSuspects } from '../../src/browser/delivery/suspects.js';
import type { Operation } from '../../src/contract/event.js';

const event = (eventId: string): QueuedEvent => ({
  event: { eventType: 'click', eventId, sentAt: 1 },
  recordedAt: 1,
  size: 1,
});
const action = (eventId: string): QueuedEvent => ({
  ...event(eventId),
  event: { ...event(eventId).event, actionId: 'a' },
});

const open = (...accepted: Operation[]) => {
  const known = new Set(accepted);
  const suspects = createSuspects({
    wasAccepted: async (operation) => known.has(operation),
    onAccepted: (operation) => known.add(operation),
  });
  return { known, suspects };
};

test('before anything was accepted, a single refused event is kept and nothing is blamed', async () => {
  const { suspects } = open();
  const one = event('1');
  expect(await suspects.add(one, 'bad')).toEqual([]);
  expect([suspects.has(one), suspects.blame('events')]).toEqual([true, undefined]);
});

test('two events refused with the same message blame the configuration', async () => {
  const { suspects } = open();
  await suspects.add(event('1'), 'bad');
  expect(await suspects.add(event('2'), 'bad')).toEqual([]);
  expect(suspects.blame('events')).toBe('bad');
});

test('two different messages blame the events', async () => {
  const { suspects } = open();
  const [one, two] = [event('1'), event('2')];
  await suspects.add(one, 'bad');
  expect(await suspects.add(two, 'worse')).toEqual([
    [one, 'bad'],
    [two, 'worse'],
  ]);
  expect([suspects.has(one), suspects.blame('events')]).toEqual([false, undefined]);
});

test('once anything is accepted, refused events are rejected, earlier and later ones', async () => {
  const { suspects, known } = open();
  const [one, two] = [event('1'), event('2')];
  await suspects.add(one, 'bad');
  expect(suspects.clear('events')).toEqual([[one, 'bad']]);
  expect([...known]).toEqual(['events']);
  expect(await suspects.add(two, 'bad')).toEqual([[two, 'bad']]);
});

test('an event accepted on an earlier visit counts as accepted', async () => {
  const one = event('1');
  expect(await open('events').suspects.add(one, 'bad')).toEqual([[one, 'bad']]);
});

test('actions are blamed separately, for they have their own tracking ID', async () => {
  const { suspects } = open('events');
  await suspects.add(action('1'), 'bad');
  await suspects.add(action('2'), 'bad');
  expect([suspects.blame('action-interactions'), suspects.blame('events')]).toEqual(['bad', undefined]);
});
