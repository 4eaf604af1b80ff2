import { expect, test } from '@playwright/test';
import { createDelivery } from '../../src/browser/delivery/delivery.js';
import { createEventStore } from '../../src/browser/delivery/event-store.js';
import { createPagePhase, followPage } from '../../src/browser/platform/page-phase.js';
import { NO_ANSWER } from '../../src/contract/answer.js';
import { memoryHandoffs, memoryStore } from './doubles.js';

/** Listeners of the page, by event. Node's own `EventTarget` would make a listener that throws end the process. */
class Target {
  readonly listeners: [type: string, run: (event: object) => void][] = [];
  addEventListener(type: string, run: (event: object) => void) {
    this.listeners.push([type, run]);
  }
  /** As the browser does, goes on with the next listener when one is cancelled. */
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

/** A page with one event that waits. So many of its listeners are cancelled as they come to the beacon. */
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
  const leave = () => {
    page.window.dispatch('pagehide');
    page.document.visibilityState = 'hidden';
    page.document.dispatch('visibilitychange');
  };
  const comeBack = () => {
    page.document.visibilityState = 'visible';
    page.window.dispatch('pageshow', { persisted: true });
  };
  const cancelNext = () => {
    left = 1;
  };
  return { delivery, beacons, record, leave, comeBack, cancelNext };
};

test('a page whose listener of pagehide is cancelled midway is flushed as it is hidden', () => {
  const { delivery, beacons, leave } = open(1);
  leave();
  expect(beacons).toEqual(['1']);
  delivery.onInactive();
});

test('a page that has been flushed as it unloads sends nothing more as it is hidden', () => {
  const { delivery, beacons, leave } = open(0);
  leave();
  expect(beacons).toEqual(['1']);
  delivery.onInactive();
});

test('so is one whose listener is cancelled after a restore from the back/forward cache', () => {
  const { delivery, beacons, record, leave, comeBack, cancelNext } = open(0);
  leave();
  comeBack();
  record('2');
  cancelNext();
  leave();
  expect(beacons).toEqual(['1', '2']);
  delivery.onInactive();
});
