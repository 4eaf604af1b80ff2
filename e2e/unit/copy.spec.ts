import { expect, test } from '@playwright/test';
import { copy } from '../../src/browser/platform/copy.js';
import { createEmitter } from '../../src/browser/platform/emitter.js';

const detail = () => ({
  reason: 'why',
  event: { eventType: 'click', impression: ['a'], properties: { a: 1, b: null }, sentAt: new Date(5) },
});

test('a copy has all the data and none of the objects', () => {
  const given = detail();
  const taken = copy(given);
  expect(taken).toEqual(given);
  taken.event.impression.push('b');
  taken.event.properties.a = 2;
  taken.event.sentAt.setTime(0);
  expect(given).toEqual(detail());
});

test('a cycle ends, functions stay, and names of every object are names', () => {
  const cyclic: Record<string, unknown> = { run: () => 5 };
  cyclic.self = cyclic;
  expect(JSON.stringify(copy(cyclic))).toMatch(/^(\{"self":)+\{\}\}+$/);
  expect(copy(cyclic).run).toBe(cyclic.run);
  const named = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}');
  expect(JSON.stringify(copy(named))).toBe(JSON.stringify(named));
  expect((copy(named) as { polluted?: boolean }).polluted).toBeUndefined();
});

test('a getter is read once, and what it throws is thrown', () => {
  let reads = 0;
  const taken = copy({
    get fickle() {
      return reads++;
    },
  });
  expect([taken.fickle, taken.fickle, reads]).toEqual([0, 0, 1]);
  expect(() =>
    copy(Object.defineProperty({}, 'a', { enumerable: true, get: () => JSON.parse('') })),
  ).toThrow();
});

test('each listener gets a copy of its own', () => {
  const emitter = createEmitter<{ told: ReturnType<typeof detail> }>();
  const heard: unknown[] = [];
  for (const name of ['first', 'second']) {
    emitter.on('told', (told) => {
      heard.push(structuredClone(told));
      told.event.eventType = name;
      told.event.impression.length = 0;
      Object.assign(told.event, { added: true });
    });
  }
  const told = detail();
  emitter.emit('told', told);
  expect(heard).toEqual([detail(), detail()]);
  expect(told).toEqual(detail());
});

test('listeners that come while one is told hear of the next; those that go hear no more', () => {
  const emitter = createEmitter<{ told: string }>();
  const heard: string[] = [];
  emitter.on('told', function again() {
    heard.push('first');
    emitter.on('told', again);
    stop();
  });
  const stop = emitter.on('told', () => heard.push('stopped'));
  emitter.emit('told', '');
  expect(heard).toEqual(['first']);
  emitter.emit('told', '');
  expect(heard).toEqual(['first', 'first', 'first']);
});
