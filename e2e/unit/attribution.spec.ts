import { expect, test } from '@playwright/test';
import { addSource, type Sources } from '../../src/browser/attribution.js';
import { createReader } from '../../src/browser/platform/stored-format.js';
import { parseSources } from '../../src/browser/stored-values.js';
import type { RecordedEvent } from '../../src/contract/event.js';
import { memoryShared, type Tabs } from './doubles.js';

let tabs: Tabs<Sources>;
test.beforeEach(() => {
  tabs = { listeners: new Set() };
});

const record = (itemId: string, fields: Partial<RecordedEvent> = {}) =>
  addSource(
    { eventType: 'click', eventId: 'e', sentAt: 1, itemId, ...fields },
    memoryShared(tabs),
    'session',
  );
const click = (itemId: string, fields: Partial<RecordedEvent> = {}) =>
  record(itemId, { recommendationId: `RID-${itemId}`, ...fields });
const buy = (itemId: string) => record(itemId, { eventType: 'purchase' });
/** Returns the recommendation that an item is attributed to. */
const sourceOf = (itemId: string) => record(itemId, { eventType: 'view' }).recommendationId;
const stored = () => memoryShared(tabs).get()?.items ?? [];
const name = (n: number) => `item-${n}`;
const clickAll = (count: number, fields?: Partial<RecordedEvent>) => {
  for (let n = 0; n < count; n++) click(name(n), fields);
};

test('a thousand items are remembered, and the oldest is dropped first', () => {
  clickAll(1000);
  expect(sourceOf('item-0')).toBe('RID-item-0');
  click('one more');
  expect(stored()).toHaveLength(1000);
  expect(['item-0', 'item-1', 'one more'].map(sourceOf)).toEqual([undefined, 'RID-item-1', 'RID-one more']);
});

test('a purchased item keeps its source, and is dropped before all others', () => {
  clickAll(999);
  click('bought');
  expect(buy('bought').recommendationId).toBe('RID-bought');
  expect(sourceOf('bought')).toBe('RID-bought');
  click('one more');
  expect(['item-0', 'bought', 'one more'].map(sourceOf)).toEqual(['RID-item-0', undefined, 'RID-one more']);
});

test('a purchased item that is reached again is the latest again', () => {
  clickAll(999);
  click('bought');
  record('bought', { eventType: 'Purchase' });
  click('bought', { recommendationId: 'RID-again' });
  click('one more');
  expect(['item-0', 'bought'].map(sourceOf)).toEqual([undefined, 'RID-again']);
});

test('the list is remembered for the newest fifty items, and the rest of their source for all', () => {
  const metricAttribution = { eventAttributionSource: 'shelf' };
  clickAll(60, { impression: ['a', 'b'], metricAttribution });
  expect(record('item-10')).toMatchObject({ recommendationId: 'RID-item-10', impression: ['a', 'b'] });
  const older = record('item-9');
  expect(older).toMatchObject({ recommendationId: 'RID-item-9', metricAttribution });
  expect(older).not.toHaveProperty('impression');
});

test('an item without a recommendation is dropped with its list', () => {
  for (let n = 0; n < 60; n++) record(name(n), { impression: ['a', 'b'] });
  expect(stored()).toHaveLength(50);
});

test('no more than 100,000 characters are stored, whatever the lengths of IDs and lists', () => {
  const long = (n: number) => `${n}`.padEnd(256, '.');
  for (let n = 0; n < 500; n++) {
    click(long(n), { recommendationId: 'R'.repeat(40), impression: Array(3).fill('i'.repeat(256)) });
  }
  expect(tabs.text?.length).toBeLessThanOrEqual(100_000);
  expect(stored().length).toBeGreaterThan(150);
  expect(stored()[0]?.[0]).toBe(long(499));
});

test('a thousand items of usual length, fifty of them with lists, are within the limit', () => {
  const impression = Array.from({ length: 25 }, (_, n) => `movie-${1000 + n}`);
  for (let n = 0; n < 1000; n++) {
    const recommendationId = `RID-${'0123-4567-89ab'.repeat(2)}-${String(n).padStart(7, '0')}`;
    expect(recommendationId).toHaveLength(40);
    click(`movie-${1000 + n}`, { recommendationId, impression });
  }
  expect(stored()).toHaveLength(1000);
  expect(tabs.text?.length).toBeLessThanOrEqual(100_000);
});

test('what is stored is valid when it is read', () => {
  clickAll(60, { impression: ['a', 'b'] });
  buy('item-1');
  const warnings: string[] = [];
  const read = createReader(parseSources, (kind) => warnings.push(kind));
  expect(read(JSON.parse(tabs.text as string), 'sources')?.items).toHaveLength(60);
  expect(warnings).toEqual([]);
});
