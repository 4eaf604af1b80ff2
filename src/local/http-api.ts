import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiDescription, TrackerSetup } from './api-messages.js';
import { createEventStream, faultState } from './event-stream.js';
import type { Fault } from './fault.js';
import { checkFilter, findEvents } from './find-events.js';
import { parseJson, readBody } from './http-messages.js';
import { createInteractionsTable } from './interactions-table.js';
import type { LocalAws } from './local-aws.js';

type Handle = (request: IncomingMessage, response: ServerResponse, url: URL) => unknown;

/** An error that is answered with a status and a message. */
class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Hosts that lead to this machine. */
const LOOPBACK = /^(localhost|[\w-]+\.localhost|127\.0\.0\.1|\[::1\])$/;

const isLoopback = (url: string | undefined): boolean =>
  url !== undefined && URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);

const sendJson = (response: ServerResponse, body: unknown, status = 200) =>
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(`${JSON.stringify(body, undefined, 2)}\n`);

/** Runs a function, whose errors say how the caller must change its request. */
const asBadRequest = <T>(run: () => T): T => {
  try {
    return run();
  } catch (error) {
    throw new ApiError(400, (error as Error).message);
  }
};

/** Returns the query's values by name. */
const readQuery = ({ searchParams }: URL): Record<string, string> => {
  const repeated = [...searchParams.keys()].find((name) => searchParams.getAll(name).length > 1);
  if (repeated) throw new ApiError(400, `${repeated} may stand once in the query`);
  return Object.fromEntries(searchParams);
};

const getEvents = (aws: LocalAws, url: URL) => {
  const filter = readQuery(url);
  asBadRequest(() => checkFilter(filter));
  const entryOf = createInteractionsTable(aws.events, aws.schema);
  const events = findEvents(aws.events, filter).map((event) => ({ ...event, ...entryOf(event) }));
  return { events, dropped: aws.dropped.events };
};

const getEvent = (aws: LocalAws, number: number) => {
  const event = aws.events.find((each) => each.number === number);
  if (!event) throw new ApiError(404, `There is no event ${number}; it may have been dropped or cleared.`);
  return { ...event, ...createInteractionsTable(aws.events, aws.schema)(event) };
};

/** Returns a fault as it was set, of one that `GET` has given. */
const withoutHits = (fault: unknown): Fault => {
  const { hits: _, times, ...own } = Object(fault);
  // JSON has null for Infinity, which is the default.
  return times == null ? own : { ...own, times };
};

const putFaults = async (aws: LocalAws, request: IncomingMessage) => {
  const text = await readBody(request);
  const body = asBadRequest(() => parseJson(text));
  const { faults = [], clockSkewMs = 0, ...others } = (body ?? {}) as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown) throw new ApiError(400, `There is no ${unknown}; use faults and clockSkewMs.`);
  if (!Array.isArray(faults)) throw new ApiError(400, 'faults must be a list; [] undoes all faults.');
  if (!Number.isFinite(clockSkewMs)) {
    throw new ApiError(
      400,
      `clockSkewMs must be a number of milliseconds; got ${JSON.stringify(clockSkewMs)}.`,
    );
  }
  asBadRequest(() => aws.setFaults(faults.map(withoutHits)));
  aws.skew(clockSkewMs as number);
  return faultState(aws);
};

const toDescription = (aws: LocalAws, setup: TrackerSetup, routes: string[]): ApiDescription => ({
  ...aws.settings,
  ...setup,
  schema: aws.schema ? [...aws.schema.values()] : null,
  routes,
});

/**
 * Creates the HTTP API. Returns a function that handles a request at `/api`.
 * @param getSetup returns how a page sends to the local AWS, which is known once its port is
 */
export const createHttpApi = (aws: LocalAws, getSetup: () => TrackerSetup) => {
  const stream = createEventStream(aws);

  const routes: Record<string, Handle> = {
    'GET /api': (_, response) => sendJson(response, toDescription(aws, getSetup(), Object.keys(routes))),
    'GET /api/events': (_, response, url) => sendJson(response, getEvents(aws, url)),
    'DELETE /api/events': (_, response) => {
      aws.clear();
      response.writeHead(204).end();
    },
    'GET /api/requests': (_, response, url) => {
      const [name] = url.searchParams.keys();
      if (name) throw new ApiError(400, `Requests have no filter; got ${name}.`);
      sendJson(response, { requests: aws.requests, dropped: aws.dropped.requests });
    },
    'GET /api/interactions.csv': (_, response) =>
      response
        .writeHead(200, {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': 'attachment; filename="interactions.csv"',
          'cache-control': 'no-store',
        })
        .end(aws.interactionsCsv()),
    'GET /api/stream': stream.open,
    'GET /api/faults': (_, response) => sendJson(response, faultState(aws)),
    'PUT /api/faults': async (request, response) => sendJson(response, await putFaults(aws, request)),
  };

  const find = (method: string, path: string): Handle => {
    const handle = routes[`${method} ${path}`];
    if (handle) return handle;
    const [, number] = /^\/api\/events\/(\d+)$/.exec(path) ?? [];
    if (number && method === 'GET') {
      return (_, response) => sendJson(response, getEvent(aws, Number(number)));
    }
    throw new ApiError(404, `There is no ${method} ${path}; use ${Object.keys(routes).join(', ')}.`);
  };

  /** Lets pages of this machine read the answers, and no others. */
  const allowLoopbackOrigin = ({ headers }: IncomingMessage, response: ServerResponse) => {
    response.setHeader('vary', 'origin');
    if (!isLoopback(headers.origin)) return;
    response.setHeader('access-control-allow-origin', headers.origin as string);
    response.setHeader('access-control-allow-methods', 'GET, PUT, DELETE');
    response.setHeader('access-control-allow-headers', 'content-type');
  };

  return {
    async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const { method = '', headers } = request;
      allowLoopbackOrigin(request, response);
      try {
        const url = new URL(request.url ?? '/', 'http://localhost');
        // Another site's host name may have been pointed at this machine, to read what is here.
        if (!isLoopback(`http://${headers.host}`)) {
          throw new ApiError(403, `The host must be localhost; got ${headers.host}.`);
        }
        if (method === 'OPTIONS') response.writeHead(204).end();
        else await find(method, url.pathname)(request, response, url);
      } catch (error) {
        const { status = 500, message } = error as ApiError;
        sendJson(response, { message }, status);
      }
    },
    close: stream.close,
  };
};
