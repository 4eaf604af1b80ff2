import { expect, test } from '@playwright/test';
import { createDelivery } from '../../src/browser/delivery/delivery.js';
import { createEventStore } from '../../src/browser/delivery/event-store.js';
import { createPagePhase } from '../../src/browser/platform/page-phase.js';
import { NO_ANSWER } from '../../src/contract/answer.js';
import { memoryHandoffs, memoryStore } from './doubles.js';

/** A page with one event that waits. `cancels` listeners are cancelled by the browser at the beacon. */
const open = (cancels: number) => {
  const phase = createPagePhase();
  const store = createEventStore(memoryStore(), memoryHandoffs(), 'page', () => {});
  const beacons: string[] = [];
  let left = cancels;
  const delivery = createDelivery({
    store,
    phase,
    transport: {
      post: () => ({ survivesPage: false, answer: Promise.resolve(NO_ANSWER) }),
      beacon(batch) {
        if (left-- > 0) throw 'cancelled';
        return !!beacons.push(batch.body);
      },
      sendLater: () => undefined,
    },
    toRequest: (batch) => ({ url: '/events', body: batch.map(({ event }) => event.eventId).join() }),
    acceptance: { wasAccepted: async () => true, onAccepted() {} },
    isVisible: () => true,
    flushSize: 10,
    flushIntervalMs: 3_600_000,
    onDelivered() {},
    onRejected() {},
    onHalt() {},
    onTrouble() {},
  });
  phase.activate();
  delivery.onActive();
  const record = (eventId: string) =>
    store.add({
      event: { eventType: 'click', eventId, sentAt: 1 },
      recordedAt: Date.now(),
      size: 50,
      sessionId: 's',
    });
  record('1');
  return { phase, delivery, beacons, record };
};

const swallow = (run: () => void) => {
  try {
    run();
  } catch {
    // As the browser does with what a listener throws.
  }
};

test('a page whose listener of pagehide is cancelled midway is flushed as it is hidden', () => {
  const { phase, delivery, beacons } = open(1);
  phase.unload();
  swallow(delivery.flushOnUnload);
  expect(beacons).toEqual([]);
  delivery.flushOnHidden();
  expect(beacons).toEqual(['1']);
  delivery.onInactive();
});

test('a page that has been flushed as it unloads sends nothing more as it is hidden', () => {
  const { phase, delivery, beacons } = open(0);
  phase.unload();
  delivery.flushOnUnload();
  delivery.flushOnHidden();
  expect(beacons).toEqual(['1']);
  delivery.onInactive();
});

test('so is one whose listener is cancelled after a restore from the back/forward cache', () => {
  const { phase, delivery, beacons, record } = open(0);
  phase.unload();
  delivery.flushOnUnload();
  phase.restore();
  delivery.onActive();
  record('2');
  phase.unload();
  // Cancelled before its first statement.
  delivery.flushOnHidden();
  expect(beacons).toEqual(['1', '2']);
  delivery.onInactive();
});
