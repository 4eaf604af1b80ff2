import type { ApiDescription, FaultState } from '../local/api-messages.js';
import type { Fault } from '../local/fault.js';
import type { EventWithEntry } from './session-steps.js';

/** Sends a request to the API. Rejects with the API's own message. */
const call = async (path: string, init?: RequestInit): Promise<Response> => {
  const response = await fetch(path, init).catch(() => {
    throw new Error('The local AWS does not answer. Is it running?');
  });
  if (response.ok) return response;
  const { message } = await response.json().catch(() => ({ message: '' }));
  throw new Error(message || `${path} was answered with ${response.status}`);
};

const getJson = async (path: string) => (await call(path)).json();

export const getDescription = (): Promise<ApiDescription> => getJson('/api');

/** Resolves to an event with its row, or the reason why it has none. */
export const getEvent = (number: number): Promise<EventWithEntry> => getJson(`/api/events/${number}`);

/** Resolves to the events of a session, oldest first. */
export const getSessionEvents = async (trackingId: string, sessionId: string): Promise<EventWithEntry[]> => {
  const { events } = await getJson(`/api/events?${new URLSearchParams({ sessionId })}`);
  return (events as EventWithEntry[]).filter((event) => event.trackingId === trackingId);
};

export const clearEvents = async (): Promise<void> => {
  await call('/api/events', { method: 'DELETE' });
};

/** Replaces all faults, and sets the service's clock. */
export const putFaults = async (faults: Fault[], clockSkewMs: number): Promise<FaultState> =>
  (await call('/api/faults', { method: 'PUT', body: JSON.stringify({ faults, clockSkewMs }) })).json();

/** Sends a click on an item to the endpoint for unsigned batches. */
export const sendTestEvent = async (trackingId: string): Promise<void> => {
  const event = { eventType: 'click', itemId: 'test-item', sentAt: Math.floor(Date.now() / 1000) };
  const batch = { trackingId, sessionId: crypto.randomUUID(), eventList: [event] };
  await call('/collect/events', { method: 'POST', body: JSON.stringify(batch) });
};
