// Nothing that a page remembers grows with its events.
import { expect, test } from '@playwright/test';
import { createCountedKeys } from '../../src/browser/capture/counted-keys.js';
import { createImpressionCounts } from '../../src/browser/capture/impression-counts.js';
import { createMarkedEvents } from '../../src/browser/capture/marked-events.js';
import { createPrinter } from '../../src/browser/debug.js';
import { createSettlement, type SettlementOptions } from '../../src/browser/delivery/settlement.js';
import { dropOldest } from '../../src/browser/platform/drop-oldest.js';
import type { RecordedEvent } from '../../src/contract/event.js';

test('dropOldest keeps the newest entries', () => {
  const set = new Set([1, 2, 3, 4]);
  const map = new Map([...set].map((n) => [n, n]));
  dropOldest(set, 2);
  dropOldest(map, 3);
  expect([[...set], [...map.keys()]]).toEqual([
    [3, 4],
    [2, 3, 4],
  ]);
});

test('a page view remembers what has counted, up to 10,000 items', () => {
  const count = createCountedKeys();
  const ids = Array.from({ length: 10_000 }, (_, n) => `${n}`);
  expect(ids.every(count)).toBe(true);
  expect(ids.some(count)).toBe(false);
  expect(count('one more')).toBe(true);
  expect(['9999', '1', '0'].map(count)).toEqual([false, false, true]);
});

test('an endless list forgets the items that it showed 10,000 items ago', () => {
  const list = {} as Element;
  const itemOf = new Map<Element, string>();
  const counts = createImpressionCounts((tile) => ({
    event: { eventType: 'view', itemId: itemOf.get(tile) as string },
    list,
    listName: '',
  }));
  const isNew = (itemId: string) => {
    const tile = {} as Element;
    itemOf.set(tile, itemId);
    return !!counts.count(tile);
  };
  const ids = Array.from({ length: 10_001 }, (_, n) => `${n}`);
  expect(ids.every(isNew)).toBe(true);
  expect(isNew('10000')).toBe(false);
  expect(isNew('0')).toBe(true);
});

test('marked-up events are remembered for a second', () => {
  let now = 0;
  const times = new Map<string, number>();
  const marked = createMarkedEvents(() => now, times);
  for (; now < 100_000; now += 100) marked.add({ eventType: 'click', itemId: `item-${now}` });
  expect(times.size).toBe(10);
  now -= 100;
  expect(marked.has({ eventType: 'click', itemId: 'item-99900' })).toBe(true);
  expect(marked.has({ eventType: 'click', itemId: 'item-99000' })).toBe(true);
  expect(marked.has({ eventType: 'click', itemId: 'item-98900' })).toBe(false);
  expect(marked.has({ eventType: 'view', itemId: 'item-99900' })).toBe(false);
});

test('a marked-up event that is repeated is remembered from its last time', () => {
  let now = 0;
  const marked = createMarkedEvents(() => now);
  const [first, second] = ['1', '2'].map((itemId) => ({ eventType: 'click', itemId }));
  marked.add(first);
  now = 900;
  marked.add(second);
  marked.add(first);
  now = 1800;
  marked.add({ eventType: 'click', itemId: '3' });
  expect([first, second].map(marked.has)).toEqual([true, true]);
});

test('a trouble is reported once, until 100 others have followed', () => {
  const troubles: string[] = [];
  const { reportTrouble } = createSettlement({
    onTrouble: (reason: string) => troubles.push(reason),
  } as Partial<SettlementOptions> as SettlementOptions);
  for (let request = 1; request <= 100; request++) reportTrouble(`request ${request}`);
  reportTrouble('request 1');
  expect(troubles).toHaveLength(100);
  reportTrouble('request 101');
  reportTrouble('request 1');
  expect(troubles.slice(100)).toEqual(['request 101', 'request 1']);
});

test('debug forgets events that another page has adopted', () => {
  const lines: string[] = [];
  const { info, groupCollapsed, groupEnd } = console;
  Object.assign(console, { info() {}, groupCollapsed: (line: string) => lines.push(line), groupEnd() {} });
  try {
    const print = createPrinter();
    const event = (n: number): RecordedEvent => ({ eventType: 'click', eventId: `${n}`, sentAt: 1 });
    for (let n = 0; n <= 1000; n++) print('queued', event(n));
    print('delivered', event(0));
    print('delivered', event(1));
  } finally {
    Object.assign(console, { info, groupCollapsed, groupEnd });
  }
  expect(lines.map((line) => / after \d+ ms/.test(line))).toEqual([false, true]);
});
