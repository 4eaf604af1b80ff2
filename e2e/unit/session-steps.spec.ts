import { expect, test } from '@playwright/test';
import {
  type EventWithEntry,
  type SessionStep,
  summarizeSession,
  toSessionSteps,
} from '../../src/local-page/session-steps.js';

const event = (userId: string | undefined, entry: object, status = 'accepted') =>
  ({ ...(userId !== undefined && { userId }), status, ...entry }) as unknown as EventWithEntry;
const rowOf = (USER_ID: string) => ({ row: { USER_ID } });

/** Returns a step without its event. */
const marks = ({ event: _, ...rest }: SessionStep) => rest;

test('a login is found at the first event of a user, with the anonymous events that join it', () => {
  const steps = toSessionSteps([
    event(undefined, rowOf('ann')),
    event(undefined, { leftOut: 'withoutItem' }),
    event('bob', { leftOut: 'rejected' }, 'rejected'),
    event('ann', rowOf('ann')),
    event('ann', rowOf('ann')),
    event(undefined, rowOf('ann')),
  ]);
  expect(steps.map(marks)).toEqual([
    { joined: 'ann' },
    {},
    {},
    { login: 'ann', joins: 2 },
    {},
    { joined: 'ann' },
  ]);
  expect(summarizeSession(steps)).toBe(
    '6 events, 3 of them anonymous. Logged in: ann. 2 anonymous events joined ann.',
  );
});

test('with two users, the anonymous events join the one of their rows', () => {
  const steps = toSessionSteps([
    event(undefined, rowOf('bob')),
    event('ann', rowOf('ann')),
    event('bob', rowOf('bob')),
  ]);
  expect(steps.map(marks)).toEqual([
    { joined: 'bob' },
    { login: 'ann', joins: 0 },
    { login: 'bob', joins: 1 },
  ]);
});

test('a session without a login says that its events are no rows yet', () => {
  const steps = toSessionSteps([event(undefined, { leftOut: 'anonymous' })]);
  expect(summarizeSession(steps)).toBe(
    '1 event, 1 of them anonymous. Nobody has logged in: the anonymous events are no rows yet.',
  );
});
