import type { ReceivedEvent } from '../local/received.js';
import { getDescription, getEvent, getSessionEvents } from './api-client.js';
import { createLoader } from './loader.js';
import { openedNumber, type Route, toHash } from './page-route.js';
import type { Store } from './page-store.js';

/** Returns a text that identifies the session that a route shows. */
const sessionKey = ({ view, parameters: { tracker = '', id = '' } }: Route) =>
  view === 'session' ? toHash('session', { tracker, id }) : undefined;

/** Loads what the stream does not bring: the row of the opened event, the events of a session, and the settings. */
export const createDetails = (store: Store) => {
  const loadEvent = createLoader(getEvent, (number, opened) => {
    if (openedNumber(store.state.route) === number) store.set({ opened });
  });
  const loadSession = createLoader(
    ({ parameters: { tracker = '', id = '' } }: Route) => getSessionEvents(tracker, id),
    (route, session) => {
      if (sessionKey(store.state.route) === sessionKey(route)) store.set({ session });
    },
  );
  const loadDescription = createLoader(getDescription, (_, { value, error }) => {
    store.set(value ? { description: value } : { notice: error ?? '' });
  });

  const loadRoute = () => {
    const { route } = store.state;
    const number = openedNumber(route);
    if (number !== undefined) loadEvent(number);
    if (route.view === 'session') loadSession(route);
  };

  return {
    /** Loads everything again: the server may be another one, or have been cleared. */
    reload() {
      loadDescription(undefined);
      loadRoute();
    },
    /** Loads what a new route shows. */
    onRoute(before: Route) {
      const { route } = store.state;
      if (openedNumber(route) !== openedNumber(before)) store.set({ opened: {} });
      if (sessionKey(route) !== sessionKey(before)) store.set({ session: {} });
      loadRoute();
    },
    /** Loads again what new events change: a login gives rows to the earlier events of its session. */
    onEvents(events: readonly ReceivedEvent[]) {
      const { route, opened } = store.state;
      const shown = new Set([opened.value?.sessionId, route.view === 'session' && route.parameters.id]);
      if (events.some(({ sessionId }) => shown.has(sessionId))) loadRoute();
    },
  };
};
