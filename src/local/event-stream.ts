import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultState, StreamSnapshot, StreamUpdate } from './api-messages.js';
import type { LocalAws } from './local-aws.js';
import type { ReceivedEvent, ReceivedRequest } from './received.js';

/** Collects what comes within this time into one message. */
const UPDATE_INTERVAL_MS = 50;

/** A proxy, or a laptop that sleeps, may drop an idle stream. */
const HEARTBEAT_MS = 25_000;

/** A reader that is this far behind is disconnected. It reconnects, and gets a snapshot. */
const MAX_BUFFERED_BYTES = 64 * 1024 * 1024;

/** How soon a reader reconnects. */
const RECONNECT_MS = 1000;

/** Returns the state of the faults, as the API gives and takes it. */
export const faultState = (aws: LocalAws): FaultState => ({ faults: aws.faults(), clockSkewMs: aws.skew() });

const toMessage = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

/**
 * Creates the stream of server-sent events: a `snapshot` of everything at the start and after a `clear()`, then an
 * `update` with the new events and requests, and `faults` when these change.
 */
export const createEventStream = (aws: LocalAws) => {
  const readers = new Set<ServerResponse>();
  let events: ReceivedEvent[] = [];
  let requests: ReceivedRequest[] = [];
  let areFaultsChanged = false;
  let timer: NodeJS.Timeout | undefined;

  const snapshot = () => {
    const { events, requests, dropped, settings } = aws;
    const data: StreamSnapshot = {
      events,
      requests,
      dropped,
      maxEvents: settings.maxEvents,
      ...faultState(aws),
    };
    return toMessage('snapshot', data);
  };
  const send = (message: string) => {
    for (const reader of readers) {
      reader.write(message);
      if (reader.writableLength > MAX_BUFFERED_BYTES) reader.destroy();
    }
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (events.length || requests.length) {
      const update: StreamUpdate = { events, requests, dropped: aws.dropped };
      send(toMessage('update', update));
    }
    if (areFaultsChanged) send(toMessage('faults', faultState(aws)));
    [events, requests, areFaultsChanged] = [[], [], false];
  };
  const scheduleFlush = () => {
    timer ??= setTimeout(flush, UPDATE_INTERVAL_MS);
  };

  const stops = [
    aws.on('event', (event) => {
      if (!readers.size) return;
      events.push(event);
      scheduleFlush();
    }),
    aws.on('request', (request) => {
      if (!readers.size) return;
      requests.push(request);
      scheduleFlush();
    }),
    aws.on('faults', () => {
      areFaultsChanged = true;
      scheduleFlush();
    }),
    aws.on('clear', () => {
      flush();
      send(snapshot());
    }),
  ];
  const heartbeat = setInterval(() => send(':\n\n'), HEARTBEAT_MS).unref();

  return {
    /** Opens the stream for a reader. */
    open(_request: IncomingMessage, response: ServerResponse) {
      // The snapshot has these, too.
      flush();
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(`retry: ${RECONNECT_MS}\n\n${snapshot()}`);
      readers.add(response);
      response.on('close', () => readers.delete(response));
    },
    close() {
      clearTimeout(timer);
      clearInterval(heartbeat);
      for (const stop of stops) stop();
      for (const reader of readers) reader.destroy();
    },
  };
};
