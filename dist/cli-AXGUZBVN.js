import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import {
  checkFilter,
  createInteractionsTable,
  createLocalAws,
  findEvents,
  parseJson,
  readBody
} from "./cli-OVSHWZXQ.js";

// src/local/listen.ts
import { once } from "node:events";
import { createServer } from "node:http";
var NO_IPV6 = ["EADDRNOTAVAIL", "EAFNOSUPPORT"];
var open = async (handler, host, port) => {
  const server = createServer(handler).listen(port, host);
  await once(server, "listening");
  return server;
};
var close = async (server) => {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
};
var portOf = (server) => {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
};
var listen = async (handler, port) => {
  const v4 = await open(handler, "127.0.0.1", port);
  const servers = [v4];
  try {
    servers.push(await open(handler, "::1", portOf(v4)));
  } catch (error) {
    const { code = "" } = error;
    if (!NO_IPV6.includes(code)) {
      await close(v4);
      if (port === 0 && code === "EADDRINUSE") return listen(handler, 0);
      throw error;
    }
  }
  return {
    port: portOf(v4),
    async close() {
      await Promise.all(servers.map(close));
    }
  };
};

// src/local/event-stream.ts
var UPDATE_INTERVAL_MS = 50;
var HEARTBEAT_MS = 25e3;
var MAX_BUFFERED_BYTES = 64 * 1024 * 1024;
var RECONNECT_MS = 1e3;
var faultState = (aws) => ({ faults: aws.faults(), clockSkewMs: aws.skew() });
var toMessage = (name, data) => `event: ${name}
data: ${JSON.stringify(data)}

`;
var createEventStream = (aws) => {
  const readers = /* @__PURE__ */ new Set();
  let events = [];
  let requests = [];
  let areFaultsChanged = false;
  let timer;
  const snapshot = () => {
    const { events: events2, requests: requests2, dropped, settings } = aws;
    const data = {
      events: events2,
      requests: requests2,
      dropped,
      maxEvents: settings.maxEvents,
      ...faultState(aws)
    };
    return toMessage("snapshot", data);
  };
  const send = (message) => {
    for (const reader of readers) {
      reader.write(message);
      if (reader.writableLength > MAX_BUFFERED_BYTES) reader.destroy();
    }
  };
  const flush = () => {
    clearTimeout(timer);
    timer = void 0;
    if (events.length || requests.length) {
      const update = { events, requests, dropped: aws.dropped };
      send(toMessage("update", update));
    }
    if (areFaultsChanged) send(toMessage("faults", faultState(aws)));
    [events, requests, areFaultsChanged] = [[], [], false];
  };
  const scheduleFlush = () => {
    timer ??= setTimeout(flush, UPDATE_INTERVAL_MS);
  };
  const stops = [
    aws.on("event", (event) => {
      if (!readers.size) return;
      events.push(event);
      scheduleFlush();
    }),
    aws.on("request", (request) => {
      if (!readers.size) return;
      requests.push(request);
      scheduleFlush();
    }),
    aws.on("faults", () => {
      areFaultsChanged = true;
      scheduleFlush();
    }),
    aws.on("clear", () => {
      flush();
      send(snapshot());
    })
  ];
  const heartbeat = setInterval(() => send(":\n\n"), HEARTBEAT_MS).unref();
  return {
    /** Opens the stream for a reader. */
    open(_request, response) {
      flush();
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(`retry: ${RECONNECT_MS}

${snapshot()}`);
      readers.add(response);
      response.on("close", () => readers.delete(response));
    },
    close() {
      clearTimeout(timer);
      clearInterval(heartbeat);
      for (const stop of stops) stop();
      for (const reader of readers) reader.destroy();
    }
  };
};

// src/local/http-api.ts
var ApiError = class extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
  status;
};
var LOOPBACK = /^(localhost|[\w-]+\.localhost|127\.0\.0\.1|\[::1\])$/;
var isLoopback = (url) => url !== void 0 && URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);
var sendJson = (response, body, status = 200) => response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" }).end(`${JSON.stringify(body, void 0, 2)}
`);
var asBadRequest = (run) => {
  try {
    return run();
  } catch (error) {
    throw new ApiError(400, error.message);
  }
};
var readQuery = ({ searchParams }) => {
  const repeated = [...searchParams.keys()].find((name) => searchParams.getAll(name).length > 1);
  if (repeated) throw new ApiError(400, `${repeated} may stand once in the query`);
  return Object.fromEntries(searchParams);
};
var getEvents = (aws, url) => {
  const filter = readQuery(url);
  asBadRequest(() => checkFilter(filter));
  const entryOf = createInteractionsTable(aws.events, aws.schema);
  const events = findEvents(aws.events, filter).map((event) => ({ ...event, ...entryOf(event) }));
  return { events, dropped: aws.dropped.events };
};
var getEvent = (aws, number) => {
  const event = aws.events.find((each) => each.number === number);
  if (!event) throw new ApiError(404, `There is no event ${number}; it may have been dropped or cleared.`);
  return { ...event, ...createInteractionsTable(aws.events, aws.schema)(event) };
};
var withoutHits = (fault) => {
  const { hits: _, times, ...own } = Object(fault);
  return times == null ? own : { ...own, times };
};
var putFaults = async (aws, request) => {
  const text = await readBody(request);
  const body = asBadRequest(() => parseJson(text));
  const { faults = [], clockSkewMs = 0, ...others } = body ?? {};
  const [unknown] = Object.keys(others);
  if (unknown) throw new ApiError(400, `There is no ${unknown}; use faults and clockSkewMs.`);
  if (!Array.isArray(faults)) throw new ApiError(400, "faults must be a list; [] undoes all faults.");
  if (!Number.isFinite(clockSkewMs)) {
    throw new ApiError(
      400,
      `clockSkewMs must be a number of milliseconds; got ${JSON.stringify(clockSkewMs)}.`
    );
  }
  asBadRequest(() => aws.setFaults(faults.map(withoutHits)));
  aws.skew(clockSkewMs);
  return faultState(aws);
};
var toDescription = (aws, setup, routes) => ({
  ...aws.settings,
  ...setup,
  schema: aws.schema ? [...aws.schema.values()] : null,
  routes
});
var createHttpApi = (aws, getSetup) => {
  const stream = createEventStream(aws);
  const routes = {
    "GET /api": (_, response) => sendJson(response, toDescription(aws, getSetup(), Object.keys(routes))),
    "GET /api/events": (_, response, url) => sendJson(response, getEvents(aws, url)),
    "DELETE /api/events": (_, response) => {
      aws.clear();
      response.writeHead(204).end();
    },
    "GET /api/requests": (_, response, url) => {
      const [name] = url.searchParams.keys();
      if (name) throw new ApiError(400, `Requests have no filter; got ${name}.`);
      sendJson(response, { requests: aws.requests, dropped: aws.dropped.requests });
    },
    "GET /api/interactions.csv": (_, response) => response.writeHead(200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="interactions.csv"',
      "cache-control": "no-store"
    }).end(aws.interactionsCsv()),
    "GET /api/stream": stream.open,
    "GET /api/faults": (_, response) => sendJson(response, faultState(aws)),
    "PUT /api/faults": async (request, response) => sendJson(response, await putFaults(aws, request))
  };
  const find = (method, path) => {
    const handle = routes[`${method} ${path}`];
    if (handle) return handle;
    const [, number] = /^\/api\/events\/(\d+)$/.exec(path) ?? [];
    if (number && method === "GET") {
      return (_, response) => sendJson(response, getEvent(aws, Number(number)));
    }
    throw new ApiError(404, `There is no ${method} ${path}; use ${Object.keys(routes).join(", ")}.`);
  };
  const allowLoopbackOrigin = ({ headers }, response) => {
    response.setHeader("vary", "origin");
    if (!isLoopback(headers.origin)) return;
    response.setHeader("access-control-allow-origin", headers.origin);
    response.setHeader("access-control-allow-methods", "GET, PUT, DELETE");
    response.setHeader("access-control-allow-headers", "content-type");
  };
  return {
    async handle(request, response) {
      const { method = "", headers } = request;
      allowLoopbackOrigin(request, response);
      try {
        const url = new URL(request.url ?? "/", "http://localhost");
        if (!isLoopback(`http://${headers.host}`)) {
          throw new ApiError(403, `The host must be localhost; got ${headers.host}.`);
        }
        if (method === "OPTIONS") response.writeHead(204).end();
        else await find(method, url.pathname)(request, response, url);
      } catch (error) {
        const { status = 500, message } = error;
        sendJson(response, { message }, status);
      }
    },
    close: stream.close
  };
};

// src/local/static-files.ts
import { readFile } from "node:fs/promises";
var DIST = new URL("./", import.meta.url);
var TYPES = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  map: "application/json"
};
var POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join("; ");
var fileAt = (path, hasPage) => {
  if (hasPage && path === "/") return "local-page/index.html";
  if (hasPage && /^\/local-page\/local-page\.(js|css)$/.test(path)) return path.slice(1);
  return /^\/personalize[\w.-]*\.js(\.map)?$/.test(path) ? path.slice(1) : void 0;
};
var sendFile = async ({ url = "/" }, response, hasPage) => {
  const file = fileAt(url.replace(/\?.*/, ""), hasPage);
  const content = file && await readFile(new URL(file, DIST)).catch(() => void 0);
  if (!file || !content) return false;
  response.writeHead(200, {
    "content-type": TYPES[file.slice(file.lastIndexOf(".") + 1)] ?? "text/plain",
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    // Modules are always requested with CORS.
    "access-control-allow-origin": "*",
    ...file.endsWith(".html") && { "content-security-policy": POLICY }
  }).end(content);
  return true;
};

// src/local/start-local-aws.ts
var toTag = (url, options) => {
  const attributes = Object.entries(options).map(
    ([name, value]) => `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}="${value}"`
  );
  return [`<script async src="${url}/personalize.js"`, ...attributes].join("\n  ").concat("></script>");
};
var NO_PAGE = "The page is switched off. The API is at /api.\n";
var createHandler = (aws, api, hasPage) => async (request, response) => {
  const { method, url = "/" } = request;
  if (/^\/api(?=[/?]|$)/.test(url)) {
    await api.handle(request, response);
  } else if (method === "GET" || method === "HEAD") {
    if (await sendFile(request, response, hasPage)) return;
    response.writeHead(404, { "content-type": "text/plain" }).end(url === "/" ? NO_PAGE : "Not found.\n");
  } else if (url.startsWith("/collect/")) {
    aws.collectHandler(request, response);
  } else {
    aws.handler(request, response);
  }
};
var startLocalAws = async ({
  port = 0,
  hasPage = true,
  ...options
} = {}) => {
  const aws = createLocalAws(options);
  const api = createHttpApi(aws, () => ({ initOptions, tag: toTag(url, initOptions) }));
  const listening = await listen(createHandler(aws, api, hasPage), port);
  const url = `http://localhost:${listening.port}`;
  const { trackingIds, actionTrackingIds, identityPoolIds, region } = aws.settings;
  const initOptions = {
    trackingId: trackingIds[0],
    actionTrackingId: actionTrackingIds[0],
    region,
    identityPoolId: identityPoolIds[0],
    endpoint: url,
    identityEndpoint: url
  };
  return Object.assign(aws, {
    url,
    port: listening.port,
    initOptions,
    tag: toTag(url, initOptions),
    async close() {
      aws.heal();
      api.close();
      await listening.close();
    }
  });
};

export {
  listen,
  startLocalAws
};
