// Compiled, never run: a tracker's parameters and results, from the package in dist/.
import type {
  PropertyValue,
  RecordedEvent,
  TrackedAction,
  TrackedEvent,
  Tracker,
  TrackerEvents,
} from 'personalize-beacon';

declare const personalize: Tracker;

const value: PropertyValue = null;
const event: Required<TrackedEvent> = {
  eventType: 'rate',
  itemId: 'movie-12',
  eventValue: 4.5,
  properties: { device: 'phone', numberOfRatings: 12, isMember: true, value },
  recommendationId: 'RID-1',
  impression: ['movie-12', 'movie-7'],
  metricAttribution: { eventAttributionSource: 'newsletter' },
  eventId: 'event-1',
  sentAt: new Date(),
};

const eventId: string | undefined = personalize.track(event);
personalize.track('click');
personalize.track('click', 'movie-12');
personalize.track('purchase', 'movie-12', { eventValue: 9.99, sentAt: 1_700_000_000 });
// @ts-expect-error: track() may return undefined
const sure: string = personalize.track('click');
// @ts-expect-error: the event type is required
personalize.track({ itemId: 'movie-12' });
// @ts-expect-error: the event type is required
personalize.track();
// @ts-expect-error: an ID is a string
personalize.track('click', 12);
// @ts-expect-error: the item is given twice
personalize.track('click', 'movie-12', { itemId: 'movie-7' });
// @ts-expect-error: the tracker sets this field
personalize.track({ eventType: 'click', userId: 'user' });
// @ts-expect-error: properties are flat
personalize.track('click', 'movie-12', { properties: { device: { name: 'phone' } } });
// @ts-expect-error: an impression is a list
personalize.track('click', 'movie-12', { impression: 'movie-12' });
// @ts-expect-error: the field is eventAttributionSource
personalize.track('click', 'movie-12', { metricAttribution: { source: 'newsletter' } });
// @ts-expect-error: sentAt is a Date or seconds
personalize.track('click', 'movie-12', { sentAt: '2026-01-02' });

const action: Required<TrackedAction> = {
  eventType: 'Not Taken',
  actionId: 'join-film-club',
  properties: { device: 'phone' },
  recommendationId: 'RID-1',
  impression: ['join-film-club'],
  eventId: 'event-2',
  sentAt: 1_700_000_000,
};
const { eventType, actionId, ...details } = action;
const actionEventId: string | undefined = personalize.trackAction(eventType, actionId, details);
personalize.trackAction('Taken', 'join-film-club');
// @ts-expect-error: an action has one of three event types
personalize.trackAction('Clicked', 'join-film-club');
// @ts-expect-error: an action needs an ID
personalize.trackAction('Taken');
// @ts-expect-error: an action has no value
personalize.trackAction('Taken', 'join-film-club', { eventValue: 1 });

personalize.identify('user');
personalize.reset();
personalize.setSession('cart-1');
// @ts-expect-error: a userId is a string
personalize.identify();
// @ts-expect-error: reset() logs out
personalize.identify(undefined);

personalize.consent(true);
personalize.consent(false);
personalize.optOut();
personalize.optOut(false);
// @ts-expect-error: consent() needs an argument
personalize.consent();
// @ts-expect-error: optOut() takes a boolean
personalize.optOut('no');

const sessionId: string | undefined = personalize.sessionId;
const ready: Promise<string> = personalize.ready;
const flushed: Promise<void> = personalize.flush();
const waiting: Promise<string[]> = personalize
  .inspect()
  .then(({ queue, errors }) => [...queue.map((it) => it.eventId), ...errors.map((it) => it.reason)]);
// @ts-expect-error: sessionId is read-only
personalize.sessionId = 'session';

const names: Record<keyof TrackerEvents, true> = {
  queued: true,
  delivered: true,
  rejected: true,
  error: true,
};
const undo: () => void = personalize.on('queued', (recorded: RecordedEvent) => {
  const wire: { eventId: string; sentAt: number; properties?: string; actionId?: string } = recorded;
  return wire;
});
personalize.on('delivered', ({ eventId, itemId }) => [eventId.length, itemId?.length]);
personalize.on('rejected', ({ event, reason }) => [event.eventType.length, reason.length]);
personalize.on('error', ({ reason }) => reason.length);
// @ts-expect-error: unknown event name
personalize.on('sent', () => {});
// @ts-expect-error: an error has no event
personalize.on('error', ({ event }) => event);
personalize.stop();

/** A stand-in for the tracker in a site's own tests. */
const standIn: Tracker = {
  track: () => undefined,
  trackAction: () => 'event-3',
  identify() {},
  reset() {},
  setSession() {},
  sessionId: undefined,
  ready: Promise.resolve('session'),
  flush: async () => {},
  consent() {},
  optOut() {},
  inspect: () => personalize.inspect(),
  on: () => () => {},
  stop() {},
};

export { actionEventId, eventId, flushed, names, ready, sessionId, standIn, sure, undo, waiting };
