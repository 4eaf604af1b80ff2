import { expect, test } from '@playwright/test';
import { createDelivery } from '../../src/browser/delivery/delivery.js';
import { createEventStore } from '../../src/browser/delivery/event-store.js';
import { createPagePhase, followPage } from '../../src/browser/platform/page-phase.js';
import { NO_ANSWER } from '../../src/contract/answer.js';
import { memoryHandoffs, memoryStore } from './doubles.js';

/** A page's listeners, by event. With Node's own `EventTarget` a listener that throws would end the process. */
class Target {
  readonly listeners: [type: string, run: (event: object) => void][] = [];
  addEventListener(type: string, run: (event: object) => void) {
    this.listeners.push([type, run]);
  }
  /** Continues with the next listener after one that throws, as a browser does. */
  dispatch(type: string, event = {}) {
    for (const [name, run] of this.listeners) {
      try {
        if (name === type) run(event);
      } catch {}
    }
  }
}

const page = { window: new Target(), document: Object.assign(new Target(), { visibilityState: 'visible' }) };

test.beforeEach(() => {
  page.window = new Target();
  page.document = Object.assign(new Target(), { visibilityState: 'visible' });
  Object.assign(globalThis, page);
});
test.afterAll(() => {
  for (const name of Object.keys(page)) Reflect.deleteProperty(globalThis, name);
});

/** Opens a page with one waiting event. The first `cancels` calls of its beacon throw, as when a listener is cancelled. */
const open = (cancels: number) => {
  const phase = createPagePhase();
  const store = createEventStore(memoryStore(), memoryHandoffs(), 'page', () => {});
  const beacons: string[] = [];
  let remainingCancels = cancels;
  const delivery = createDelivery({
    store,
    phase,
    transport: {
      post: () => ({ survivesPage: false, answer: Promise.resolve(NO_ANSWER) }),
      beacon(batch) {
        if (remainingCancels-- > 0) throw 'cancelled';
        return !!beacons.push(batch.body);
      },
      sendLater: () => undefined,
    },
    toRequest: (batch) => ({ url: '/events', body: batch.map(({ event }) => event.eventId).join() }),
    acceptance: { wasAccepted: async () => true, onAccepted() {} },
    flushSize: 10,
    flushIntervalMs: 3_600_000,
    onDelivered() {},
    onRejected() {},
    onHalt() {},
    onTrouble() {},
  });
  const record = (eventId: string) =>
    store.add({
      event: { eventType: 'click', eventId, sentAt: 1 },
      recordedAt: Date.now(),
      size: 50,
      sessionId: 's',
    });
  followPage(phase, {
    onUnload: delivery.flushOnUnload,
    onHide: delivery.flushOnHidden,
    onRestore: delivery.onActive,
    onReturn() {},
  });
  phase.activate();
  delivery.onActive();
  record('1');
  const unload = () => {
    page.window.dispatch('pagehide');
    page.document.visibilityState = 'hidden';
    page.document.dispatch('visibilitychange');
  };
  const restore = () => {
    page.document.visibilityState = 'visible';
    page.window.dispatch('pageshow', { persisted: true });
  };
  const cancelNext = () => {
    remainingCancels = 1;
  };
  return { delivery, beacons, record, unload, restore, cancelNext };
};

test('a page whose pagehide listener is cancelled midway is flushed when it is hidden', () => {
  const { delivery, beacons, unload } = open(1);
  unload();
  expect(beacons).toEqual(['1']);
  delivery.onInactive();
});

test('a page that was flushed on unload sends nothing more when it is hidden', () => {
  const { delivery, beacons, unload } = open(0);
  unload();
  expect(beacons).toEqual(['1']);
  delivery.onInactive();
});

test('a page whose listener is cancelled after a back/forward cache restore is flushed when it is hidden', () => {
  const { delivery, beacons, record, unload, restore, cancelNext } = open(0);
  unload();
  restore();
  record('2');
  cancelNext();
  unload();
  expect(beacons).toEqual(['1', '2']);
  delivery.onInactive();
});
