import type { FaultState, StreamSnapshot, StreamUpdate } from '../local/api-messages.js';

interface StreamListeners {
  onSnapshot(snapshot: StreamSnapshot): void;
  onUpdate(update: StreamUpdate): void;
  onFaults(state: FaultState): void;
  /** Called when the connection is lost. It is opened again, and begins with a snapshot. */
  onLost(): void;
}

/** How soon a stream is opened again that the browser has given up, in milliseconds. */
const REOPEN_MS = 1000;

/** Reads the stream of server-sent events, for as long as the page lives. */
export const readStream = (listeners: StreamListeners): void => {
  const source = new EventSource('/api/stream');
  const listen = <Data>(name: string, listener: (data: Data) => void) =>
    source.addEventListener(name, ({ data }) => listener(JSON.parse(data)));
  listen('snapshot', listeners.onSnapshot);
  listen('update', listeners.onUpdate);
  listen('faults', listeners.onFaults);
  source.addEventListener('error', () => {
    listeners.onLost();
    // After an answer that is no stream, such as a proxy's, the browser does not reconnect.
    if (source.readyState === EventSource.CLOSED) setTimeout(readStream, REOPEN_MS, listeners);
  });
};
