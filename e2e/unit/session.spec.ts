import { expect, test } from '@playwright/test';
import { memoryStore, type Store } from '../../src/lib/store.js';
import { createSession } from '../../src/session.js';

const MAX_AGE_MS = 1000;

let minted = 0;
let time = 0;
test.beforeEach(() => {
  minted = 0;
  time = 5000;
});

const open = (store: Store = memoryStore()) =>
  createSession({ store, mint: () => `s${++minted}`, now: () => time, maxAgeMs: MAX_AGE_MS });

const openLoaded = async (store?: Store) => {
  const session = open(store);
  await session.load();
  return session;
};

test('there is none before the store has answered', async () => {
  const session = open();
  expect(session.current()).toBeUndefined();
  const loaded = await session.load();
  expect(loaded).toEqual({ sessionId: 's1', createdAt: 5000 });
  expect(session.current()).toEqual(loaded);
});

test('two pages over one store share it, one after the other and at once', async () => {
  const store = memoryStore();
  const [first, second] = await Promise.all([open(store).load(), open(store).load()]);
  expect(second).toEqual(first);
  expect(await open(store).load()).toEqual(first);
  expect(minted).toBe(1);
});

test('identify attaches the user to the running session', async () => {
  const session = await openLoaded();
  session.identify('u');
  expect(session.current()).toEqual({ sessionId: 's1', userId: 'u', createdAt: 5000 });
  session.identify('u');
  expect(session.current()?.sessionId).toBe('s1');
});

test('another user gets a new session', async () => {
  const session = await openLoaded();
  session.identify('u');
  time += 10;
  session.identify('v');
  expect(session.current()).toEqual({ sessionId: 's2', userId: 'v', createdAt: 5010 });
});

test('reset forgets the user and begins anew', async () => {
  const session = await openLoaded();
  session.identify('u');
  session.reset();
  expect(session.current()).toEqual({ sessionId: 's2', createdAt: 5000 });
});

test('the next page goes on with what identify and reset made', async () => {
  const store = memoryStore();
  const session = await openLoaded(store);
  session.identify('u');
  expect(await open(store).load()).toMatchObject({ sessionId: 's1', userId: 'u' });
  session.reset();
  expect(await open(store).load()).toEqual({ sessionId: 's2', createdAt: 5000 });
});

test('it lasts up to its age and no longer, the user stays', async () => {
  const store = memoryStore();
  const session = await openLoaded(store);
  session.identify('u');
  time += MAX_AGE_MS - 1;
  expect(session.current()?.sessionId).toBe('s1');
  expect((await open(store).load()).sessionId).toBe('s1');
  time += 1;
  const renewed = { sessionId: 's2', userId: 'u', createdAt: 6000 };
  expect(session.current()).toEqual(renewed);
  expect(await open(store).load()).toEqual(renewed);
});

test('a page that opens on an old one renews it', async () => {
  const store = memoryStore();
  (await openLoaded(store)).identify('u');
  time += MAX_AGE_MS;
  expect(await open(store).load()).toEqual({ sessionId: 's2', userId: 'u', createdAt: 6000 });
});
