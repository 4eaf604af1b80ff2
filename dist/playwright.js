import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import {
  createLocalAws,
  findEvents
} from "./cli-OVSHWZXQ.js";
import "./cli-LSHYJRJZ.js";
import "./cli-BJU5RBW5.js";

// src/playwright/expect.ts
import { expect as base } from "@playwright/test";

// src/playwright/describe-received.ts
var MAX_LISTED = 20;
var indent = (lines) => lines.map((line) => `  ${line}`);
var listNewest = (lines) => {
  const older = lines.length - MAX_LISTED;
  return indent(older > 0 ? [`\u2026 ${older} earlier`, ...lines.slice(-MAX_LISTED)] : lines);
};
var describeProblems = ({ rejection, warnings }) => [
  ...rejection ? [`${rejection.type}: ${rejection.message}`] : [],
  ...warnings.map(({ field, message }) => `warning, ${field}: ${message}`)
];
var describeEvent = ({ number, status, event }) => {
  const { eventType, itemId, actionId, eventValue, properties } = event;
  const parts = [eventType, itemId ?? actionId, eventValue, properties];
  return [`${number}. ${status}`, ...parts.filter((part) => part !== void 0)].join(" ");
};
var isFailed = ({ status, fault, eventCount }) => status >= 400 || status === 0 && (fault !== null || eventCount === 0);
var describeRequest = ({
  method,
  path,
  target,
  status,
  errorType,
  errorMessage,
  fault
}) => {
  const answer = status || (fault ? "no answer" : "not answered yet");
  const reason = [errorType, errorMessage].filter(Boolean).join(": ");
  return `${target ?? `${method} ${path}`} \u2192 ${answer} ${reason}${fault ? ", by a fault" : ""}`.trimEnd();
};
var joinRepeated = (lines) => {
  const counts = [];
  for (const line of lines) {
    const last = counts.at(-1);
    if (last?.[0] === line) last[1]++;
    else counts.push([line, 1]);
  }
  return counts.map(([line, count]) => count > 1 ? `${line} (${count} times)` : line);
};
var NOTHING = [
  "No request has come to Amazon Cognito, Amazon Personalize or personalizeOptions.endpoint. Possible causes:",
  "  the page has no tracker, or its options are wrong: see the console of the page",
  "  consent is required, or the visitor has opted out",
  "  ignoreBots is set, which ignores browsers under automation",
  "  the site sends to an endpoint of its own: name it in personalizeOptions.endpoint"
];
var describeReceived = ({ events, requests }) => {
  if (!requests.length) return NOTHING;
  const failed = requests.filter(isFailed);
  const lines = events.flatMap((event) => [describeEvent(event), ...indent(describeProblems(event))]);
  const answered = `${requests.length} requests have come, ${failed.length ? `${failed.length} failed` : "none failed"}.`;
  return [
    ...events.length ? ["Events received:", ...listNewest(lines)] : [`No event has come. ${answered}`],
    ...failed.length ? ["Requests that failed:", ...listNewest(joinRepeated(failed.map(describeRequest)))] : []
  ];
};

// src/playwright/personalize.ts
var OPTIONS = [
  "trackingId",
  "actionTrackingId",
  "identityPoolId",
  "region",
  "schema",
  "domain",
  "endpoint"
];
var createPersonalize = (options) => {
  const { endpoint: _, ...localOptions } = options;
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown) throw new Error(`personalizeOptions has no ${unknown}; use ${OPTIONS.join(", ")}.`);
  const aws = createLocalAws({ ...localOptions, acceptUnknownIds: true });
  return {
    aws,
    events: (filter) => findEvents(aws.events, filter),
    fail: aws.fail,
    clear: aws.clear
  };
};
var checkReceiver = (matcher, received) => {
  if (typeof received === "object" && received !== null && "aws" in received) return;
  throw new Error(`${matcher}() takes the fixture: expect(personalize).${matcher}(\u2026)`);
};

// src/playwright/to-have-no-warnings.ts
function toHaveNoWarnings(personalize) {
  checkReceiver("toHaveNoWarnings", personalize);
  if (!personalize.aws.schema) {
    throw new Error("toHaveNoWarnings() needs the schema of the dataset, in personalizeOptions.schema.");
  }
  const warned = personalize.events().filter(({ warnings }) => warnings.length);
  const message = () => [
    this.utils.matcherHint("toHaveNoWarnings", "personalize", "", { isNot: this.isNot }),
    "",
    this.isNot ? "The dataset would drop nothing of the events received." : `The dataset would drop something of ${warned.length === 1 ? "1 event" : `${warned.length} events`}:`,
    ...warned.flatMap((event) => [
      `  ${describeEvent(event)}`,
      ...describeProblems(event).map((problem) => `    ${problem}`)
    ])
  ].join("\n");
  return { name: "toHaveNoWarnings", pass: !warned.length, message };
}

// src/playwright/expected-event.ts
var READERS = {
  eventType: ({ event }) => event.eventType,
  itemId: ({ event }) => event.itemId,
  actionId: ({ event }) => event.actionId,
  eventValue: ({ event }) => event.eventValue,
  properties: ({ event }) => event.properties,
  recommendationId: ({ event }) => event.recommendationId,
  impression: ({ event }) => event.impression,
  metricAttribution: ({ event }) => event.metricAttribution,
  sentAt: ({ event }) => event.sentAt,
  timestamp: ({ event }) => event.timestamp,
  eventId: ({ eventId }) => eventId,
  trackingId: ({ trackingId }) => trackingId,
  sessionId: ({ sessionId }) => sessionId,
  userId: ({ userId }) => userId,
  status: ({ status }) => status,
  form: ({ form }) => form
};
var isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
var isMatcher = (value) => isObject(value) && typeof value.asymmetricMatch === "function";
var isMatch = (received, expected) => {
  if (isMatcher(expected)) return expected.asymmetricMatch(received);
  if (Array.isArray(expected)) {
    return Array.isArray(received) && received.length === expected.length && expected.every((value, i) => isMatch(received[i], value));
  }
  if (isObject(expected)) {
    return isObject(received) && Object.entries(expected).every(([name, value]) => isMatch(received[name], value));
  }
  return Object.is(received, expected);
};
var parse = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
var checkExpected = (expected) => {
  if (!isObject(expected)) {
    throw new Error(
      `toHaveReceived() takes an object, such as { eventType: 'click' }; got ${JSON.stringify(expected)}`
    );
  }
  const unknown = Object.keys(expected).find((field) => !Object.hasOwn(READERS, field));
  if (unknown !== void 0) {
    throw new Error(`Events have no field ${unknown}; use ${Object.keys(READERS).join(", ")}.`);
  }
};
var compareEvent = (event, expected) => Object.entries(expected).flatMap(([field, value]) => {
  const received = READERS[field](event);
  if (isMatch(received, value)) return [];
  const isJson = field === "properties" && typeof value !== "string";
  const parsed = isJson ? parse(received) : received;
  return isJson && isMatch(parsed, value) ? [] : [{ field, expected: value, received: parsed }];
});

// src/playwright/nearest-event.ts
var distanceOf = (differences, expected) => differences.reduce((sum, { field }) => sum + (field in expected ? 1 : 0.5), 0);
var findNearest = (events, expected, wanted) => {
  let nearest;
  let least = Object.keys(expected).length;
  for (const event of events) {
    const differences = compareEvent(event, wanted);
    const distance = distanceOf(differences, expected);
    if (!differences.length || distance > least || distance === least && !nearest) continue;
    nearest = { event, differences };
    least = distance;
  }
  return nearest;
};

// src/playwright/to-have-received.ts
var PLAYWRIGHT_TIMEOUT_MS = 5e3;
var DEFAULT_TIMEOUT_MS = 1e4;
var MAX_TIMEOUT_MS = 2 ** 31 - 1;
var checkOptions = ({ times, timeout, ...others }, isNot) => {
  const [unknown] = Object.keys(others);
  if (unknown) throw new Error(`toHaveReceived() has no option ${unknown}; use times, timeout.`);
  if (times !== void 0 && isNot) throw new Error(".not.toHaveReceived() takes no times.");
  if (times !== void 0 && !(Number.isInteger(times) && times >= 1)) {
    throw new Error(
      `times must be a whole number from 1; got ${times}. For none, use .not.toHaveReceived().`
    );
  }
  if (timeout !== void 0 && !(timeout >= 0 && timeout <= MAX_TIMEOUT_MS)) {
    throw new Error(`timeout must be 0\u2013${MAX_TIMEOUT_MS} milliseconds; got ${timeout}`);
  }
};
var waitForEvent = (aws, isDone, timeoutMs) => new Promise((resolve) => {
  const finish = () => {
    removeListener();
    clearTimeout(timer);
    resolve();
  };
  const removeListener = aws.on("event", () => isDone() && finish());
  const timer = setTimeout(finish, timeoutMs);
  if (isDone() || timeoutMs === 0) finish();
});
var countText = (count) => count === 1 ? "1 time" : `${count} times`;
var describeNearest = (events, expected, wanted, { printExpected, printReceived }) => {
  const nearest = findNearest(events, expected, wanted);
  if (!nearest) return [];
  return [
    `Nearest event: ${describeEvent(nearest.event)}`,
    ...nearest.differences.map(
      ({ field, expected: expected2, received }) => `  ${field}: expected ${printExpected(expected2)}, received ${printReceived(received)}`
    ),
    ""
  ];
};
async function toHaveReceived(personalize, expected, options = {}) {
  checkReceiver("toHaveReceived", personalize);
  checkExpected(expected);
  checkOptions(options, this.isNot);
  const { aws } = personalize;
  const { times, timeout = this.timeout === PLAYWRIGHT_TIMEOUT_MS ? DEFAULT_TIMEOUT_MS : this.timeout } = options;
  const wanted = { status: "accepted", ...expected };
  const count = () => aws.events.filter((event) => !compareEvent(event, wanted).length).length;
  await waitForEvent(aws, () => count() >= (times ?? 1), timeout);
  const found = count();
  const { utils, isNot } = this;
  const message = () => [
    utils.matcherHint("toHaveReceived", "personalize", "event", { isNot }),
    "",
    `Expected: ${isNot ? "not " : ""}${utils.printExpected(expected)}${times ? `, ${countText(times)}` : ""}`,
    `Received: ${utils.printReceived(found)} matching within ${timeout} ms`,
    "",
    ...found ? [] : describeNearest(aws.events, expected, wanted, utils),
    ...describeReceived(aws)
  ].join("\n");
  return { name: "toHaveReceived", pass: times ? found === times : found > 0, message, expected };
}

// src/playwright/expect.ts
var expect = base.extend({ toHaveReceived, toHaveNoWarnings });

// src/playwright/fixtures.ts
import {
  test as base2
} from "@playwright/test";

// src/playwright/certificate.ts
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
var DAY_MS = 864e5;
var LIFETIME_DAYS = { before: 1, after: 30 };
var der = (tag, ...content) => {
  const body = Buffer.concat(content);
  const long = body.length < 256 ? [129, body.length] : [130, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...body.length < 128 ? [body.length] : long]), body]);
};
var sequence = (...content) => der(48, ...content);
var integer = (bytes) => der(2, bytes);
var objectId = (hex) => der(6, Buffer.from(hex, "hex"));
var utcTime = (ms) => der(23, Buffer.from(new Date(ms).toISOString().replace(/^..|[-:T]|\.\d+/g, "")));
var VERSION_3 = der(160, integer(Buffer.from([2])));
var ECDSA_WITH_SHA256 = sequence(objectId("2a8648ce3d040302"));
var COMMON_NAME = objectId("550403");
var SUBJECT_ALTERNATIVE_NAME = objectId("551d11");
var toPem = (certificate) => `-----BEGIN CERTIFICATE-----
${certificate.toString("base64").replace(/.{64}(?=.)/g, "$&\n")}
-----END CERTIFICATE-----
`;
var createCertificate = (host, now = Date.now()) => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const subjectPublicKey = publicKey.export({ type: "spki", format: "der" });
  const name = sequence(der(49, sequence(COMMON_NAME, der(12, Buffer.from("personalize-beacon")))));
  const serialNumber = randomBytes(8);
  serialNumber[0] = serialNumber[0] & 63 | 64;
  const body = sequence(
    VERSION_3,
    integer(serialNumber),
    ECDSA_WITH_SHA256,
    name,
    sequence(utcTime(now - LIFETIME_DAYS.before * DAY_MS), utcTime(now + LIFETIME_DAYS.after * DAY_MS)),
    name,
    subjectPublicKey,
    der(
      163,
      sequence(sequence(SUBJECT_ALTERNATIVE_NAME, der(4, sequence(der(130, Buffer.from(host))))))
    )
  );
  const signature = der(3, Buffer.from([0]), sign("sha256", body, privateKey));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
    cert: toPem(sequence(body, ECDSA_WITH_SHA256, signature)),
    keyHash: createHash("sha256").update(subjectPublicKey).digest("base64")
  };
};

// src/playwright/interception.ts
var AWS_ORIGIN = /^https:\/\/(cognito-identity|personalize-events)\.[a-z\d-]+\.amazonaws\.com(\.cn)?$/;
var LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
var isLoopback = ({ hostname }) => LOOPBACK.test(hostname);
var resolveEndpoint = (endpoint, baseUrl) => {
  if (endpoint === void 0) return void 0;
  const got = `got ${JSON.stringify(endpoint)}`;
  if (!URL.canParse(endpoint) && !baseUrl) {
    throw new Error(
      `personalizeOptions.endpoint must be a whole URL, such as http://localhost:3000/collect, without a baseURL; ${got}`
    );
  }
  const url = URL.canParse(endpoint, baseUrl || void 0) ? new URL(endpoint, baseUrl || void 0) : void 0;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw new Error(`personalizeOptions.endpoint must be an http or https URL, or a path of baseURL; ${got}`);
  }
  return url;
};
var createInterception = (aws, endpoint) => {
  const base3 = endpoint?.pathname.replace(/\/+$/, "");
  const paths = [`${base3}/events`, `${base3}/action-interactions`];
  return {
    isDecrypted: (origin) => AWS_ORIGIN.test(origin) || origin === endpoint?.origin,
    findHandler({ origin, pathname }, method) {
      if (AWS_ORIGIN.test(origin)) return aws.handler;
      const isSent = method === "POST" || method === "OPTIONS";
      return isSent && origin === endpoint?.origin && paths.includes(pathname) ? aws.collectHandler : void 0;
    }
  };
};

// src/playwright/launch-options.ts
var FLAG = "--ignore-certificate-errors-spki-list=";
var acceptKey = (options, keyHash) => {
  const { args = [] } = options;
  const listed = args.filter((arg) => arg.startsWith(FLAG)).map((arg) => arg.slice(FLAG.length));
  const others = args.filter((arg) => !arg.startsWith(FLAG));
  return { ...options, args: [...others, FLAG + [...listed, keyHash].join(",")] };
};
var isKeyAccepted = ({ args = [] }, keyHash) => args.some((arg) => arg.startsWith(FLAG) && arg.includes(keyHash));

// src/playwright/proxy-server.ts
import { once as once2 } from "node:events";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";

// src/playwright/forward-request.ts
import { request as openRequest2 } from "node:http";
import { pipeline } from "node:stream";

// src/playwright/open-connection.ts
import { once } from "node:events";
import { request as openRequest } from "node:http";
import { connect, isIP } from "node:net";
import { connect as connectSecurely } from "node:tls";
var hostOf = ({ hostname }) => (
  // Browsers resolve these names themselves; not every system does.
  hostname.endsWith(".localhost") ? "localhost" : hostname.replace(/^\[|\]$/g, "")
);
var portOf = ({ port, protocol }) => Number(port || (protocol === "https:" ? 443 : 80));
var openTunnel = async (url, { host, port, headers }) => {
  const path = `${url.hostname}:${portOf(url)}`;
  const asked = openRequest({ host, port, method: "CONNECT", path, headers: { host: path, ...headers } });
  asked.end();
  const [answer, socket, head] = await once(asked, "connect");
  if (answer.statusCode !== 200) {
    socket.destroy();
    throw new Error(`${host}:${port} answered CONNECT ${path} with ${answer.statusCode}`);
  }
  if (head.length) socket.unshift(head);
  return socket;
};
var openConnection = async (url, upstream) => {
  if (upstream && !upstream.isBypassed(url)) return openTunnel(url, upstream);
  const socket = connect({ host: hostOf(url), port: portOf(url) });
  await once(socket, "connect");
  return socket;
};
var openSecureConnection = async (url, upstream) => {
  const socket = connectSecurely({
    socket: await openConnection(url, upstream),
    // TLS names no IP addresses.
    servername: isIP(hostOf(url)) ? "" : hostOf(url),
    ALPNProtocols: ["http/1.1"],
    rejectUnauthorized: false
  });
  await once(socket, "secureConnect");
  return socket;
};
var joinStreams = (one, other) => {
  for (const [from, to] of [
    [one, other],
    [other, one]
  ]) {
    from.on("error", () => to.destroy()).on("close", () => to.destroy());
    from.pipe(to);
  }
};

// src/playwright/forward-request.ts
var HOP_BY_HOP = [
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authorization",
  "transfer-encoding"
];
var headersOf = ({ rawHeaders }) => rawHeaders.filter((_, i) => !HOP_BY_HOP.includes(rawHeaders[i - i % 2].toLowerCase()));
var openOnward = async (request, url, upstream) => {
  const { method = "GET" } = request;
  const path = url.pathname + url.search;
  const headers = headersOf(request);
  if (url.protocol === "https:") {
    const socket = await openSecureConnection(url, upstream);
    return openRequest2({ method, path, headers, createConnection: () => socket });
  }
  if (upstream && !upstream.isBypassed(url)) {
    const { host, port } = upstream;
    headers.push(...Object.entries(upstream.headers).flat());
    return openRequest2({ method, path: url.href, headers, host, port, agent: false });
  }
  return openRequest2({ method, path, headers, host: hostOf(url), port: portOf(url), agent: false });
};
var forwardRequest = async (request, response, url, upstream) => {
  const fail = (error) => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { "content-type": "text/plain" }).end(`${error.message}
`);
  };
  try {
    const onward = await openOnward(request, url, upstream);
    onward.on("error", fail);
    onward.on("response", (answer) => {
      response.writeHead(answer.statusCode, answer.statusMessage, headersOf(answer));
      response.flushHeaders();
      pipeline(answer, response, () => {
      });
    });
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  } catch (error) {
    fail(error);
  }
};

// src/playwright/proxy-server.ts
var ESTABLISHED = "HTTP/1.1 200 Connection Established\r\n\r\n";
var failTunnel = (socket, { message }) => socket.end(`HTTP/1.1 502 Bad Gateway\r
content-type: text/plain\r
\r
${message}
`);
var toHead = ({ method, url, rawHeaders }) => {
  const lines = rawHeaders.map((text, i) => i % 2 ? `${text}\r
` : `${text}: `);
  return `${method} ${url} HTTP/1.1\r
${lines.join("")}\r
`;
};
var startProxyServer = async ({
  certificate,
  interception,
  upstream
}) => {
  const answer = (protocol) => (request, response) => {
    const { url: target = "/", headers } = request;
    const address = target.startsWith("/") ? `${protocol}//${headers.host}${target}` : target;
    if (!URL.canParse(address)) {
      response.writeHead(400).end();
      return;
    }
    const url = new URL(address);
    const handler = interception.findHandler(url, request.method);
    request.url = url.pathname + url.search;
    if (handler) handler(request, response);
    else forwardRequest(request, response, url, upstream);
  };
  const { key, cert } = certificate;
  const secureServer = createSecureServer({ key, cert }, answer("https:"));
  secureServer.on("upgrade", async (request, socket, head) => {
    socket.on("error", () => {
    });
    try {
      const onward = await openSecureConnection(new URL(`https://${request.headers.host}`), upstream);
      onward.write(toHead(request));
      onward.write(head);
      joinStreams(socket, onward);
    } catch (error) {
      failTunnel(socket, error);
    }
  });
  const tunnel = async (request, socket, head) => {
    socket.on("error", () => {
    });
    try {
      const { origin } = new URL(`https://${request.url}`);
      if (interception.isDecrypted(origin)) {
        socket.write(ESTABLISHED);
        if (head.length) socket.unshift(head);
        secureServer.emit("connection", socket);
        return;
      }
      const onward = await openConnection(new URL(origin), upstream);
      socket.write(ESTABLISHED);
      onward.write(head);
      joinStreams(socket, onward);
    } catch (error) {
      failTunnel(socket, error);
    }
  };
  const sockets = /* @__PURE__ */ new Set();
  const server = createServer(answer("http:"));
  server.on("connect", tunnel).on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await once2(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    }
  };
};

// src/playwright/upstream-proxy.ts
var PER_CONTEXT = /^(http:\/\/)?per-context$/;
var createBypass = (bypass = "") => {
  const entries = bypass.split(",").map((entry) => entry.trim().replace(/^\*?\.?/, ".")).filter((entry) => entry !== ".");
  return ({ hostname, host }) => entries.some((entry) => `.${hostname}`.endsWith(entry) || `.${host}`.endsWith(entry));
};
var readUpstreamProxy = (option) => {
  if (!option || PER_CONTEXT.test(option.server)) return void 0;
  const { server, bypass, username, password = "" } = option;
  const address = server.includes("://") ? server : `http://${server}`;
  const url = URL.canParse(address) ? new URL(address) : void 0;
  if (url?.protocol !== "http:") {
    throw new Error(
      `proxy.server must be an HTTP proxy, such as http://proxy.example:3128; got ${server}. personalize-beacon/playwright has a proxy of its own before it, which speaks neither HTTPS nor SOCKS.`
    );
  }
  const credentials = Buffer.from(`${username}:${password}`).toString("base64");
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port || 80),
    headers: username === void 0 ? {} : { "proxy-authorization": `Basic ${credentials}` },
    isBypassed: createBypass(bypass)
  };
};

// src/playwright/fixtures.ts
var NO_LOOPBACK = "PLAYWRIGHT_DISABLE_FORCED_CHROMIUM_PROXIED_LOOPBACK";
var LOOPBACK_HOSTS = "localhost,.localhost,127.0.0.1,[::1]";
var hidden = (option) => new Error(
  `test.use({ ${option} }) replaces the ${option} of personalize-beacon/playwright. Put it into \`use\` of the config, or of a project there: then both work.`
);
var test = base2.extend({
  personalizeOptions: [{}, { option: true }],
  personalizeWorker: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads a fixture's dependencies from this pattern
    async ({}, use) => {
      const proxies = [];
      await use({ certificate: createCertificate("*.amazonaws.com"), proxies });
      for (const proxy of proxies) proxy.close();
    },
    { scope: "worker", box: true }
  ],
  launchOptions: [
    async ({ launchOptions, browserName, personalizeWorker }, use) => {
      const { keyHash } = personalizeWorker.certificate;
      await use(browserName === "chromium" ? acceptKey(launchOptions, keyHash) : launchOptions);
    },
    { scope: "worker" }
  ],
  // Firefox and WebKit have no flag for one key.
  ignoreHTTPSErrors: async ({ ignoreHTTPSErrors, browserName }, use) => use(browserName === "chromium" ? ignoreHTTPSErrors : true),
  personalizeSession: [
    async ({ personalizeOptions, baseURL, browserName }, use) => {
      const endpoint = resolveEndpoint(personalizeOptions.endpoint, baseURL);
      if (endpoint && isLoopback(endpoint) && browserName === "chromium" && process.env[NO_LOOPBACK]) {
        throw new Error(
          `personalizeOptions.endpoint is on this machine, which Chromium reaches without the proxy while ${NO_LOOPBACK} is set; got ${endpoint}. Remove that variable from the environment.`
        );
      }
      const personalize = createPersonalize(personalizeOptions);
      await use({ personalize, endpoint });
      personalize.aws.heal();
    },
    { box: true }
  ],
  proxy: async ({ proxy, launchOptions, personalizeSession, personalizeWorker }, use) => {
    const { personalize, endpoint } = personalizeSession;
    const upstream = readUpstreamProxy(proxy ?? launchOptions.proxy);
    const server = await startProxyServer({
      certificate: personalizeWorker.certificate,
      interception: createInterception(personalize.aws, endpoint),
      upstream
    });
    personalizeWorker.proxies.push(server);
    personalizeSession.proxyUrl = server.url;
    const isDirect = !upstream && !(endpoint && isLoopback(endpoint));
    await use({ server: server.url, ...isDirect && { bypass: LOOPBACK_HOSTS } });
  },
  personalize: async ({ personalizeSession, personalizeWorker, proxy, browserName, launchOptions }, use) => {
    if (proxy?.server !== personalizeSession.proxyUrl) throw hidden("proxy");
    const { keyHash } = personalizeWorker.certificate;
    if (browserName === "chromium" && !isKeyAccepted(launchOptions, keyHash)) throw hidden("launchOptions");
    await use(personalizeSession.personalize);
  }
});
export {
  expect,
  test
};
