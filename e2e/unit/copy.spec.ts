import { expect, test } from '@playwright/test';
import { createEmitter } from '../../src/browser/platform/emitter.js';
import { copy } from '../../src/contract/copy.js';

const detail = () => ({
  reason: 'why',
  event: { eventType: 'click', impression: ['a'], properties: { a: 1, b: null }, sentAt: new Date(5) },
});

test('copy() copies all data and shares no object', () => {
  const given = detail();
  const copied = copy(given);
  expect(copied).toEqual(given);
  copied.event.impression.push('b');
  copied.event.properties.a = 2;
  copied.event.sentAt.setTime(0);
  expect(given).toEqual(detail());
});

test('copy() cuts cycles, keeps functions and copies names of Object.prototype as data', () => {
  const cyclic: Record<string, unknown> = { run: () => 5 };
  cyclic.self = cyclic;
  expect(JSON.stringify(copy(cyclic))).toMatch(/^(\{"self":)+\{\}\}+$/);
  expect(copy(cyclic).run).toBe(cyclic.run);
  const named = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}');
  expect(JSON.stringify(copy(named))).toBe(JSON.stringify(named));
  expect((copy(named) as { polluted?: boolean }).polluted).toBeUndefined();
});

test('copy() reads a getter once and passes on its error', () => {
  let reads = 0;
  const copied = copy({
    get fickle() {
      return reads++;
    },
  });
  expect([copied.fickle, copied.fickle, reads]).toEqual([0, 0, 1]);
  expect(() =>
    copy(Object.defineProperty({}, 'a', { enumerable: true, get: () => JSON.parse('') })),
  ).toThrow();
});

test('each listener gets its own copy', () => {
  const emitter = createEmitter<{ changed: ReturnType<typeof detail> }>();
  const received: unknown[] = [];
  for (const name of ['first', 'second']) {
    emitter.on('changed', (given) => {
      received.push(structuredClone(given));
      given.event.eventType = name;
      given.event.impression.length = 0;
      Object.assign(given.event, { added: true });
    });
  }
  const given = detail();
  emitter.emit('changed', given);
  expect(received).toEqual([detail(), detail()]);
  expect(given).toEqual(detail());
});

test('a listener added during an event hears the next one, and a removed listener hears no more', () => {
  const emitter = createEmitter<{ changed: string }>();
  const received: string[] = [];
  emitter.on('changed', function again() {
    received.push('first');
    emitter.on('changed', again);
    stop();
  });
  const stop = emitter.on('changed', () => received.push('stopped'));
  emitter.emit('changed', '');
  expect(received).toEqual(['first']);
  emitter.emit('changed', '');
  expect(received).toEqual(['first', 'first', 'first']);
});
