// Compiled, never run: what a tracker takes and gives, of the package as its users have it.
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
// @ts-expect-error: there is none of what is past a limit
const sure: string = personalize.track('click');
// @ts-expect-error: the event type alone is required
personalize.track({ itemId: 'movie-12' });
// @ts-expect-error: as it is here
personalize.track();
// @ts-expect-error: IDs are text
personalize.track('click', 12);
// @ts-expect-error: said once already
personalize.track('click', 'movie-12', { itemId: 'movie-7' });
// @ts-expect-error: the tracker's to say
personalize.track({ eventType: 'click', userId: 'user' });
// @ts-expect-error: flat
personalize.track('click', 'movie-12', { properties: { device: { name: 'phone' } } });
// @ts-expect-error: a list
personalize.track('click', 'movie-12', { impression: 'movie-12' });
// @ts-expect-error: the service's own name for it
personalize.track('click', 'movie-12', { metricAttribution: { source: 'newsletter' } });
// @ts-expect-error: a Date or seconds
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
// @ts-expect-error: the service knows three
personalize.trackAction('Clicked', 'join-film-club');
// @ts-expect-error: an action has an ID
personalize.trackAction('Taken');
// @ts-expect-error: and no value
personalize.trackAction('Taken', 'join-film-club', { eventValue: 1 });

personalize.identify('user');
personalize.reset();
// @ts-expect-error: a user has an ID
personalize.identify();
// @ts-expect-error: logging out is `reset()`
personalize.identify(undefined);

personalize.consent(true);
personalize.consent(false);
personalize.optOut();
personalize.optOut(false);
// @ts-expect-error: given or taken back, said outright
personalize.consent();
// @ts-expect-error: a boolean
personalize.optOut('no');

const sessionId: string | undefined = personalize.sessionId;
const ready: Promise<string> = personalize.ready;
const flushed: Promise<void> = personalize.flush();
const waiting: Promise<string[]> = personalize
  .inspect()
  .then(({ queue, errors }) => [...queue.map((it) => it.eventId), ...errors.map((it) => it.reason)]);
// @ts-expect-error: read, never set
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
// @ts-expect-error: no such name
personalize.on('sent', () => {});
// @ts-expect-error: an error is of no event
personalize.on('error', ({ event }) => event);
personalize.stop();

/** What a site's own tests have in its place. */
const standIn: Tracker = {
  track: () => undefined,
  trackAction: () => 'event-3',
  identify() {},
  reset() {},
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
