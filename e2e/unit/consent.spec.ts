import { expect, test } from '@playwright/test';
import { type ConsentOptions, createConsent } from '../../src/browser/consent.js';
import type { QueuedEvent } from '../../src/browser/delivery/queued-event.js';
import { createRecorder } from '../../src/browser/recorder.js';
import type { TrackedEvent } from '../../src/contract/event.js';
import { memoryShared } from './doubles.js';

/** Node has no `document`; this one is not prerendering. */
test.beforeAll(() => void Object.assign(globalThis, { document: {} }));
test.afterAll(async () => {
  // A decision of the last test may be due in the next task.
  await new Promise((resolve) => setTimeout(resolve));
  Reflect.deleteProperty(globalThis, 'document');
});

const openConsent = (onChange = () => {}, options: Partial<ConsentOptions> = {}) => {
  const consent = createConsent({
    isRequired: true,
    isRefusedByBrowser: false,
    mark: memoryShared<number>({ listeners: new Set() }),
    lastingMark: { isSet: async () => false, set() {}, remove() {} },
    isIntact: () => true,
    ...options,
  });
  consent.onChange(onChange);
  return consent;
};

const click = (itemId: string): TrackedEvent => ({ eventType: 'click', itemId });

test('an event that throws when consent is given is rejected, and the other 49 are sent', () => {
  const consent = openConsent();
  const queued: (string | undefined)[] = [];
  const rejected: string[] = [];
  const record = createRecorder({
    settings: { attribution: true },
    ...consent,
    clock: { known: () => 0 },
    addSource(event) {
      if (event.itemId === '7') throw new Error('a source that nobody can read');
      return event;
    },
    enqueue: ({ event }: QueuedEvent) => void queued.push(event.itemId),
    report(name, detail) {
      if (name === 'rejected') rejected.push((detail as { reason: string }).reason);
    },
    signal: new AbortController().signal,
    isListening: () => true,
  });
  for (let i = 0; i < 50; i++) record(click(`${i}`));
  consent.consent(true);
  expect(queued).toHaveLength(49);
  expect(rejected).toEqual(['Error: a source that nobody can read']);
});

test('an error thrown by a waiting call or a change listener is only logged, and stops no other call', () => {
  const error = console.error;
  const printed: unknown[] = [];
  console.error = (thrown) => printed.push(thrown);
  const consent = openConsent(() => {
    throw 'the change';
  });
  const ran: number[] = [];
  for (const i of [1, 2, 3]) {
    consent.whenDecided(() => {
      ran.push(i);
      if (i === 2) throw 'the second';
    });
  }
  consent.consent(true);
  console.error = error;
  expect(ran).toEqual([1, 2, 3]);
  expect(printed).toEqual(['the change', 'the second']);
});

test('a call after consent waits while the lasting opt-out is read, also if consent was refused before', async () => {
  let resolveMark: (isSet: boolean) => void = () => {};
  const isSet = () => new Promise<boolean>((resolve) => (resolveMark = resolve));
  const consent = openConsent(() => {}, {
    lastingMark: { isSet, set() {}, remove() {} },
    isIntact: () => false,
  });
  consent.consent(false);
  expect(consent.refusal()).toBe('no consent');
  consent.consent(true);
  const refusals: (string | undefined)[] = [];
  consent.whenDecided(() => refusals.push(consent.refusal()));
  expect(refusals).toEqual([]);
  resolveMark(false);
  await expect.poll(() => refusals).toEqual(['']);
});
