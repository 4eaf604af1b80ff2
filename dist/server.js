// src/contract/retry-policy.ts
var FIRST_RETRY_MS = 1e3;
var LONGEST_RETRY_MS = 6e4;
var LONGEST_RETRY_AFTER_MS = 10 * 6e4;
var RETRY_AFTER_JITTER = 0.1;
var backoff = (failures, random) => Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures) * (1 + random) / 2;
var delayFor = (retryAfterMs, failures, random) => Math.max(
  backoff(failures, random),
  Math.min(retryAfterMs || 0, LONGEST_RETRY_AFTER_MS) * (1 + random * RETRY_AFTER_JITTER)
);
var FIXES = {
  // The service's message names the action.
  AccessDeniedException: 'grant the role this action on Resource "*"',
  ResourceNotFoundException: "check trackingId, identityPoolId, region",
  NotAuthorizedException: "allow guest access"
};
var isThrottled = (status, kind) => status === 429 || /Throttl|TooMany|Exceeded/.test(kind);
var isInputError = (status, kind) => status === 413 || status === 400 && /Input|Validation|Serialization/.test(kind);
var isTransient = (status, kind) => status < 200 || status > 499 || [408, 409, 425].includes(status) || isThrottled(status, kind);
var SIGNATURE_ERROR_TYPES = /Signature|Expired|Token|Skew|UnrecognizedClient|Credential/;
var isSignatureError = (status, kind) => status === 403 && kind !== "AccessDeniedException" || status === 400 && SIGNATURE_ERROR_TYPES.test(kind);
var reasonOf = ({ status, kind, body }) => {
  const message = body.message ?? body.Message;
  const firstLine = typeof message === "string" ? message.split("\n")[0] : "";
  return [status, kind, firstLine, FIXES[kind]].filter(Boolean).join(" ");
};
var classifyResponse = (answer, context) => {
  const { status, kind, retryAfterMs, foreign } = answer;
  const { size, failures, isReauthenticated, isBatchAnswer, jitter } = context;
  const retry = (reason2) => ({
    type: "retry",
    delayMs: delayFor(retryAfterMs, failures, jitter()),
    reason: reason2
  });
  if (foreign) {
    return retry(
      `${foreign}, not by the service: set endpoint to the address where it answers, or look for a proxy, log-in page or service worker in between`
    );
  }
  if (status > 199 && status < 300) return { type: "delivered" };
  if (isTransient(status, kind)) return retry();
  if (isBatchAnswer && !isReauthenticated && isSignatureError(status, kind)) {
    return { type: "reauthenticate", renew: !/Signature|RequestExpired|Skew/.test(kind) };
  }
  const reason = reasonOf(answer);
  if (isBatchAnswer && isInputError(status, kind)) {
    return size > 1 ? { type: "split" } : { type: "reject", reason };
  }
  const isPermanent = status !== 400 || kind in FIXES || !isBatchAnswer && kind;
  return isPermanent ? { type: "halt", reason } : retry(reason);
};

// src/server/error-response.ts
var readError = (error) => {
  const { name = "Error", message = error, $metadata, $response } = Object(error);
  return {
    name: `${name}`,
    message: `${message}`.split("\n")[0],
    status: $metadata?.httpStatusCode,
    retryAfter: $response?.headers?.["retry-after"]
  };
};
var summarizeError = (error) => {
  const { name, message, status } = readError(error);
  return [status, name, message].filter(Boolean).join(" ");
};

// src/contract/limits.ts
var MAX_ID_CHARACTERS = 256;
var MAX_PROPERTIES_CHARACTERS = 1024;
var MAX_RECOMMENDATION_ID_CHARACTERS = 40;
var MAX_IMPRESSION_ITEMS = 25;
var MAX_CATEGORICAL_CHARACTERS = 1e3;
var MAX_SOURCE_CHARACTERS = 1024;
var MAX_BATCH_EVENTS = 10;

// src/contract/batch.ts
var operationOf = ({ event }) => event.actionId ? "action-interactions" : "events";
var splitBatch = (batch) => {
  const middle = batch.length >> 1;
  return [batch.slice(0, middle), batch.slice(middle)];
};

// src/contract/put-events-request.ts
var toBody = ({ trackingId, actionTrackingId }, batch, offset) => {
  const [first] = batch;
  const operation = operationOf(first);
  const { sessionId, userId } = first;
  const list = batch.map((queued) => {
    const time = Math.round(queued.event.sentAt * 1e3 + (queued.offset ?? offset)) / 1e3;
    return operation === "events" ? { ...queued.event, sentAt: time } : { ...queued.event, sentAt: void 0, timestamp: time, sessionId, userId };
  });
  return operation === "events" ? { trackingId, sessionId, eventList: list, userId } : { trackingId: actionTrackingId, actionInteractions: list };
};

// src/server/deadline.ts
var rejectOnAbort = (signal, what, run) => new Promise((resolve, reject) => {
  signal.throwIfAborted();
  const onAbort = () => reject(new DOMException(`${what} has not settled: ${signal.reason.message}`, "TimeoutError"));
  signal.addEventListener("abort", onAbort, { once: true });
  const runAsync = async () => run();
  runAsync().then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
});
var withTimeout = async (ms, run, controller = new AbortController()) => {
  const timer = setTimeout(() => controller.abort(new Error(`the limit of ${ms} ms is over`)), ms);
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
  }
};

// src/server/sdk-command.ts
import { PutActionInteractionsCommand, PutEventsCommand } from "@aws-sdk/client-personalize-events";

// src/contract/create-command.ts
var toDate = (seconds) => new Date(Math.round(seconds * 1e3));
var createCommand = (body, PutEvents, PutActionInteractions) => "eventList" in body ? new PutEvents({
  ...body,
  eventList: body.eventList.map((event) => ({ ...event, sentAt: toDate(event.sentAt) }))
}) : new PutActionInteractions({
  ...body,
  actionInteractions: body.actionInteractions.map((interaction) => ({
    ...interaction,
    timestamp: toDate(interaction.timestamp)
  }))
});

// src/server/sdk-command.ts
var toCommand = (body) => createCommand(body, PutEventsCommand, PutActionInteractionsCommand);

// src/server/forward.ts
var FORWARD_TIMEOUT_MS = 25e3;
var toPersonalize = (client) => async (batch, signal) => {
  await client.send(toCommand(batch), { ...signal && { abortSignal: signal } });
};

// src/server/unref-timer.ts
var startUnrefTimer = (run, ms) => {
  const timer = setTimeout(run, ms);
  timer.unref?.();
  return timer;
};
var LONGEST_MS = 2 ** 31 - 1;
var keepAlive = async (promise) => {
  const timer = setInterval(() => {
  }, LONGEST_MS);
  try {
    return await promise;
  } finally {
    clearInterval(timer);
  }
};

// src/server/retry-pause.ts
var createRetryPause = (onEnd) => {
  let pause;
  let timer;
  let failures = 0;
  const end = () => {
    clearTimeout(timer);
    pause = void 0;
    onEnd();
  };
  return {
    isActive: () => !!pause,
    failures: () => failures,
    begin(delayMs, isRetryAfter) {
      if (!pause || !failures) failures++;
      const now = performance.now();
      const endsAt = Math.max(pause?.endsAt ?? 0, now + delayMs);
      pause = { endsAt, isRetryAfter: isRetryAfter || !!pause?.isRetryAfter };
      clearTimeout(timer);
      timer = startUnrefTimer(end, endsAt - now);
    },
    endEarly() {
      if (pause && !pause.isRetryAfter) end();
    },
    reset() {
      failures = 0;
    }
  };
};

// src/contract/try.ts
var tryOrUndefined = (run) => {
  try {
    return run();
  } catch {
    return void 0;
  }
};

// src/contract/answer.ts
var readRetryAfter = (value = "", date = "") => {
  const ms = /^[\d.]+$/.test(value) ? +value * 1e3 : Date.parse(value) - (Date.parse(date) || Date.now());
  return Math.max(0, ms || 0);
};

// src/server/sdk-error.ts
var toAnswer = (error) => {
  const { name, message, $metadata, $response } = Object(error);
  const headers = $response?.headers;
  return {
    status: $metadata?.httpStatusCode ?? 0,
    kind: `${name ?? ""}`,
    body: { message },
    retryAfterMs: readRetryAfter(headers?.["retry-after"], headers?.date)
  };
};

// src/server/queue-sender.ts
var createQueueSender = ({
  queues,
  settings,
  onRejected,
  onError
}) => {
  const { timeout, concurrency, maxAge } = settings;
  const forward = toPersonalize(settings.client);
  const requests = /* @__PURE__ */ new Set();
  let stopReason;
  let inFlight = 0;
  const rejectWaiting = (reason, isMatch = () => true) => {
    for (const event of queues.remove(isMatch)) onRejected(event, reason);
  };
  const pause = createRetryPause(() => {
    const oldest = performance.now() - maxAge;
    rejectWaiting(`not delivered within the maxAge of ${maxAge} ms`, ({ recordedAt }) => recordedAt < oldest);
    run();
  });
  const post = async (batch) => {
    const controller = new AbortController();
    requests.add(controller);
    try {
      await withTimeout(
        timeout,
        (signal) => rejectOnAbort(signal, "client.send()", () => forward(toBody(settings, batch, 0), signal)),
        controller
      );
      return void 0;
    } catch (error) {
      return { error };
    } finally {
      requests.delete(controller);
    }
  };
  const settle = (batch) => {
    pause.reset();
    queues.settle(batch);
    return [];
  };
  const retryLater = (error, delayMs, isRetryAfter) => {
    if (!pause.isActive()) onError(error);
    pause.begin(delayMs, isRetryAfter);
  };
  const applyError = async (batch, error) => {
    const answer = toAnswer(error);
    const failures = pause.failures();
    const outcome = classifyResponse(answer, {
      ...{ size: batch.length, failures, jitter: Math.random },
      // The client renews its credentials by itself.
      ...{ isReauthenticated: true, isBatchAnswer: true }
    });
    if (outcome.type === "split") {
      const [first = [], second = []] = splitBatch(batch);
      const left = await send(first);
      return left.length ? [...left, ...second] : send(second);
    }
    if (outcome.type === "reject") {
      onRejected(batch[0], outcome.reason);
      return settle(batch);
    }
    const delayMs = outcome.type === "retry" ? outcome.delayMs : delayFor(0, failures, Math.random());
    retryLater(error, delayMs, answer.retryAfterMs > 0);
    return batch;
  };
  const send = async (batch) => {
    if (stopReason || pause.isActive()) return batch;
    const failed = await post(batch);
    if (failed) return stopReason ? batch : applyError(batch, failed.error);
    return settle(batch);
  };
  const sendToEnd = async (batch) => {
    inFlight++;
    const left = await send(batch);
    inFlight--;
    queues.end(batch, left);
    if (stopReason) rejectWaiting(stopReason);
    else run();
  };
  const run = () => {
    while (!pause.isActive() && inFlight < (pause.failures() ? 1 : concurrency)) {
      const batch = queues.takeBatch();
      if (!batch.length) return;
      sendToEnd(batch);
    }
  };
  return {
    run,
    endPauseEarly: pause.endEarly,
    stop(reason) {
      stopReason = reason;
      for (const controller of requests) controller.abort(new Error(reason));
      rejectWaiting(reason);
    }
  };
};

// src/server/rejection-reports.ts
var REPORT_TIMEOUT_MS = 3e3;
var createRejectionReports = (onRejected, onFailure) => {
  const running = /* @__PURE__ */ new Set();
  return {
    report(undelivered, reason) {
      const call = withTimeout(
        REPORT_TIMEOUT_MS,
        (signal) => rejectOnAbort(signal, "onRejected()", async () => void await onRejected(undelivered, reason))
      ).catch(onFailure).finally(() => running.delete(call));
      running.add(call);
    },
    async whenDone() {
      await Promise.all(running);
    }
  };
};

// src/contract/validate.ts
var SHOWN_CHARACTERS = 60;
var SHOWN_VALUES = 99;
var show = (value) => {
  let remaining = SHOWN_VALUES;
  let shown;
  try {
    shown = typeof value === "number" ? `${value}` : JSON.stringify(value, (_, inner) => {
      if (!remaining--) throw remaining;
      return inner?.slice?.(0, SHOWN_CHARACTERS) ?? inner;
    });
  } catch {
  }
  shown ??= typeof value;
  if (shown.length <= SHOWN_CHARACTERS) return shown;
  const length = typeof value === "string" ? ` (${value.length + 2} characters)` : "";
  return `${shown.slice(0, SHOWN_CHARACTERS)}...${length}`;
};
var isPlainObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
var hasLength = (value, max) => {
  const text2 = typeof value === "string" ? value.trim() : "";
  return text2 !== "" && (text2.length <= max || text2.length <= 2 * max && [...text2].length <= max);
};
var text = (max) => [
  `a string of 1-${max} characters`,
  (value) => hasLength(value, max)
];
var oneOf = (...values) => [
  values.join(" or "),
  (value) => values.includes(value)
];
var problemOfValue = (checks, name, value) => {
  const entry = checks[name];
  if (!Array.isArray(entry)) {
    return `${name.slice(0, SHOWN_CHARACTERS)} is unknown; use ${Object.keys(checks).join(", ")}`;
  }
  const [expected, passes] = entry;
  return passes(value) ? void 0 : `${name} must be ${expected}; got ${show(value)}`;
};
var firstProblem = (input, checks, required = []) => {
  for (const name of Object.keys(input).concat(required)) {
    const value = input[name];
    if (value === void 0 && !required.includes(name)) continue;
    const problem = problemOfValue(checks, name, value ?? null);
    if (problem) return problem;
  }
  return void 0;
};
var check = (input, checks, clean = (value) => value) => {
  const valid = {};
  const problems = [];
  for (const name of Object.keys(input)) {
    const value = clean(input[name]);
    if (value === void 0) continue;
    const problem = problemOfValue(checks, name, value);
    if (problem) problems.push(problem);
    else valid[name] = value;
  }
  return { valid, problems };
};
var tidy = (value) => (typeof value === "string" ? value.trim() || void 0 : value) ?? void 0;
var isLeftover = (id) => /^(undefined|null|NaN|\[object .*\])$|\{\{|\$\{|<%/.test(id ?? "");

// src/contract/event.ts
var MAX_SENT_AT_SECONDS = 1e11;
var ID = text(MAX_ID_CHARACTERS);
var RESERVED = /^(userid|sessionid|eventtype|timestamp|recommendationid|impression)$/i;
var isAttributionSource = (value) => (
  // It can match in only one way, so that a mismatch is found in linear time.
  hasLength(value, MAX_SOURCE_CHARACTERS) && /^ *[!-~][ -~]*$/.test(value)
);
var isColumnValue = (value) => value == null || /string|boolean/.test(typeof value) || Number.isFinite(value);
var isFlat = (value) => isPlainObject(value) && Object.values(value).every(isColumnValue);
var problemOfNames = (properties) => {
  const reserved = Object.keys(properties ?? {}).find((name) => RESERVED.test(name));
  return reserved && `properties.${reserved} is a word the service reserves`;
};
var EVENT_CHECKS = {
  eventType: ID,
  sentAt: [
    "a Date or Unix seconds",
    (value) => value instanceof Date ? +value > 0 : typeof value === "number" && value > 0 && value < MAX_SENT_AT_SECONDS
  ],
  eventId: ID,
  eventValue: [
    "a finite 32-bit number",
    (value) => typeof value === "number" && Number.isFinite(Math.fround(value))
  ],
  itemId: ID,
  properties: [
    `a flat object, at most ${MAX_PROPERTIES_CHARACTERS} characters as JSON`,
    (value) => isFlat(value) && hasLength(JSON.stringify(value), MAX_PROPERTIES_CHARACTERS)
  ],
  recommendationId: text(MAX_RECOMMENDATION_ID_CHARACTERS),
  impression: [
    `an array of 1-${MAX_IMPRESSION_ITEMS} item IDs of 1-${MAX_ID_CHARACTERS} characters`,
    (value) => Array.isArray(value) && value.length > 0 && value.length <= MAX_IMPRESSION_ITEMS && [...value].every(ID[1])
  ],
  metricAttribution: [
    `{ eventAttributionSource } of 1-${MAX_SOURCE_CHARACTERS} printable ASCII characters, not blank`,
    (value) => isPlainObject(value) && `${Object.keys(value)}` === "eventAttributionSource" && isAttributionSource(value.eventAttributionSource)
  ]
};
var { itemId, eventValue, metricAttribution, ...SHARED_CHECKS } = EVENT_CHECKS;
var ACTION_CHECKS = {
  ...SHARED_CHECKS,
  actionId: itemId,
  eventType: oneOf("Taken", "Not Taken", "Viewed")
};
var isAction = (event) => "actionId" in event;
var problemOf = (event) => firstProblem(event, isAction(event) ? ACTION_CHECKS : EVENT_CHECKS, ["eventType"]) ?? problemOfNames(event.properties);
var cutImpression = (impression, itemId2) => {
  const cut = [...impression];
  while (cut.length > MAX_IMPRESSION_ITEMS || [...cut.join("|")].length > MAX_CATEGORICAL_CHARACTERS) {
    if (cut.indexOf(itemId2) * 2 < cut.length) cut.pop();
    else cut.shift();
  }
  return cut;
};
var trim = (value) => {
  if (typeof value === "string") return value.trim();
  if (Array.isArray(value)) return value.map(trim);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, trim(member)]));
};
var recordEvent = (event, now, generateId) => {
  const fields = {
    ...event,
    eventId: event.eventId ?? generateId(),
    properties: event.properties && JSON.stringify(event.properties),
    sentAt: typeof event.sentAt === "number" ? event.sentAt : +(event.sentAt ?? now) / 1e3
  };
  const names = [...Object.keys(EVENT_CHECKS), "actionId"];
  const ordered = Object.fromEntries(names.map((name) => [name, fields[name]]));
  const recorded = trim(JSON.parse(JSON.stringify(ordered)));
  const { impression, itemId: itemId2 } = recorded;
  if (impression) recorded.impression = cutImpression(impression, itemId2);
  return recorded;
};

// src/contract/copy.ts
var MAX_DEPTH = 3;
var copy = (value, depth = MAX_DEPTH) => {
  if (typeof value !== "object" || !value) return value;
  if (value instanceof Date) return /* @__PURE__ */ new Date(+value);
  const names = depth < 0 ? [] : Object.keys(value);
  const members = names.map((name) => [name, copy(value[name], depth - 1)]);
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
};

// src/contract/track-arguments.ts
var toTrackedEvent = (first, itemId2, details) => copy(
  typeof first === "object" && first ? { ...first } : { ...details, eventType: first, itemId: itemId2 ?? void 0 }
);
var toTrackedAction = (...[eventType, actionId, details]) => copy({ ...details, eventType, actionId: actionId ?? null });

// src/server/server-recorder.ts
var problemOfVisitor = (visitor) => firstProblem(visitor, { sessionId: ID, userId: ID }, ["sessionId"]) ?? Object.entries(visitor).filter(([, id]) => isLeftover(id)).map(([name, id]) => `${name} must be an ID; got "${id}", which stands for a missing value`)[0];
var readVisitor = (visitor) => {
  const { sessionId, userId } = Object(visitor);
  return { sessionId: tidy(sessionId), userId: tidy(userId) ?? void 0 };
};
var toUndelivered = ({ sessionId, userId, event }) => {
  const { properties, ...fields } = event;
  return {
    visitor: { sessionId, userId },
    event: { ...fields, ...properties && { properties: JSON.parse(properties) } }
  };
};
var createServerRecorder = ({
  settings: { actionTrackingId, maxWaiting },
  reports: { report },
  isClosed,
  waiting,
  enqueue
}) => {
  const problemOfState = () => {
    if (isClosed()) return "the tracker is closed";
    return waiting() >= maxWaiting ? `maxWaiting is ${maxWaiting} events, which wait already; track it again later` : void 0;
  };
  const record = (visitor, read) => {
    let event = {};
    try {
      const ids = readVisitor(visitor);
      event = read();
      const problem = problemOfState() ?? problemOfVisitor(ids) ?? (isAction(event) && !actionTrackingId ? "actionTrackingId is missing" : problemOf(event));
      if (!problem) {
        const recorded = recordEvent(event, Date.now(), () => crypto.randomUUID());
        enqueue({ ...ids, event: recorded, recordedAt: performance.now() });
        return recorded.eventId;
      }
      report({ visitor, event }, problem);
    } catch (error) {
      report({ visitor, event }, `${error}`);
    }
    return void 0;
  };
  return {
    track: (visitor, first, ...[itemId2, details]) => record(
      visitor,
      () => toTrackedEvent(first, itemId2, details)
    ),
    trackAction: (visitor, ...given) => record(visitor, () => toTrackedAction(...given))
  };
};

// src/contract/options.ts
var DEFAULTS = {
  flushInterval: 5e3,
  flushSize: 10,
  sessionMaxAge: 30,
  sessionCookie: false,
  impressionShare: 50,
  impressionTime: 1e3,
  impressionItems: "seen",
  pageView: "path",
  attribution: true,
  dataLayer: false,
  ignoreBots: false,
  tcfPurposes: "5,6",
  respectGpc: true,
  debug: false
};
var inRange = (min, max, unit) => [
  `${min}-${max} ${unit}`,
  (value) => typeof value === "number" && value >= min && value <= max
];
var matching = (expected, pattern) => [
  expected,
  (value) => typeof value === "string" && pattern.test(value)
];
var FLAG = oneOf(true, false);
var COOKIE = matching("", /^(?!true$|false$)[\w-]{1,64}(; *(Domain=[\w.-]+|Max-Age=[1-9]\d*))*$/i);
var toAbsoluteUrl = (url, baseUrl) => tryOrUndefined(() => new URL(url, baseUrl).href);
var urlCheck = (baseUrl) => [
  "a URL of http(s) without user, query and fragment",
  (value) => typeof value === "string" && /^https?:\/\/[^/@]+\/[^?#]*$/.test(toAbsoluteUrl(value, baseUrl))
];
var createChecks = (baseUrl) => ({
  trackingId: ID,
  actionTrackingId: ID,
  region: matching("like us-east-1", /^[a-z]+(-[a-z]+)+-\d+$/),
  identityPoolId: matching("like us-east-1:0123-...", /^[a-z]+(-[a-z]+)+-\d+:[\w-]+$/),
  credentials: ["a function", (value) => typeof value === "function"],
  userId: ID,
  endpoint: urlCheck(baseUrl),
  identityEndpoint: urlCheck(baseUrl),
  flushInterval: inRange(0, 36e5, "milliseconds"),
  flushSize: inRange(1, MAX_BATCH_EVENTS, "events"),
  sessionMaxAge: inRange(0, 3650, "days"),
  sessionId: ID,
  sessionCookie: [
    'true or like "name; Domain=.shop.example; Max-Age=86400"',
    (value) => typeof value === "boolean" || COOKIE[1](value)
  ],
  clickEvent: ID,
  domain: oneOf("ECOMMERCE", "VIDEO_ON_DEMAND"),
  impressionShare: inRange(1, 100, "percent"),
  impressionTime: inRange(0, 6e4, "milliseconds"),
  impressionItems: oneOf("seen", "all"),
  pageView: oneOf("path", "address"),
  exitTransport: oneOf("beacon", "keepalive"),
  attribution: FLAG,
  dataLayer: ["true, false or the name of a global", (value) => FLAG[1](value) || ID[1](value)],
  dataLayerEvents: [
    "an object of event types, or false",
    (value) => isPlainObject(value) && Object.values(value).every((type) => type === false || ID[1](type))
  ],
  dataLayerItemId: ID,
  dataLayerProperties: ["an array of names", (value) => Array.isArray(value) && value.every(ID[1])],
  ignoreBots: FLAG,
  consent: oneOf("required", "google", "tcf"),
  tcfPurposes: matching("like 1,5,6", /^\d\d?( *, *\d\d?)*$/),
  respectGpc: FLAG,
  debug: FLAG,
  chunkUrl: urlCheck(baseUrl)
});

// src/server/option-checks.ts
var FUNCTION = ["a function", (value) => typeof value === "function"];
var EVENTS_CLIENT = [
  "a PersonalizeEventsClient",
  (value) => typeof value?.send === "function"
];
var wholeNumber = (min, max = Number.MAX_SAFE_INTEGER) => [
  max < Number.MAX_SAFE_INTEGER ? `a whole number, ${min}\u2013${max}` : `a whole number from ${min}`,
  (value) => Number.isInteger(value) && value >= min && value <= max
];

// src/server/backpressure.ts
var MAX_BYTES_IN_FLIGHT = 32 * 1024 * 1024;

// src/server/relay-options.ts
var DEFAULT_CONCURRENCY = 50;
var MAX_TIMEOUT_MS = 29e3;
var isOrigin = (value) => URL.canParse(`${value}`) && new URL(`${value}`).origin === value;
var CHECKS = {
  trackingId: ID,
  actionTrackingId: ID,
  client: EVENTS_CLIENT,
  forward: FUNCTION,
  origins: [
    "a list of origins like https://www.example.com",
    (value) => Array.isArray(value) && value.every(isOrigin)
  ],
  concurrency: wholeNumber(1),
  maxWaiting: wholeNumber(0),
  maxBodyBytes: wholeNumber(1, MAX_BYTES_IN_FLIGHT),
  timeout: wholeNumber(1, MAX_TIMEOUT_MS),
  userId: FUNCTION,
  onError: FUNCTION
};

// src/server/server-tracker-options.ts
var DEFAULT_MAX_WAITING = 1e4;
var MAX_TIMEOUT_MS2 = 6e5;
var LONGEST_MAX_AGE_MS = 7 * 864e5;
var DEFAULT_MAX_AGE_MS = 864e5;
var DEFAULT_CLOSE_TIMEOUT_MS = 5e3;
var { flushInterval, flushSize } = createChecks(void 0);
var CHECKS2 = {
  client: EVENTS_CLIENT,
  trackingId: ID,
  actionTrackingId: ID,
  flushInterval,
  flushSize,
  maxWaiting: wholeNumber(1),
  concurrency: wholeNumber(1),
  timeout: wholeNumber(1, MAX_TIMEOUT_MS2),
  maxAge: wholeNumber(1, LONGEST_MAX_AGE_MS),
  closeTimeout: wholeNumber(0, MAX_TIMEOUT_MS2),
  onRejected: FUNCTION,
  onError: FUNCTION
};
var DEFAULTS2 = {
  flushInterval: DEFAULTS.flushInterval,
  flushSize: DEFAULTS.flushSize,
  maxWaiting: DEFAULT_MAX_WAITING,
  concurrency: DEFAULT_CONCURRENCY,
  timeout: FORWARD_TIMEOUT_MS,
  maxAge: DEFAULT_MAX_AGE_MS,
  closeTimeout: DEFAULT_CLOSE_TIMEOUT_MS
};
var resolveServerTrackerOptions = (options) => {
  const { trackingId, client } = Object(options);
  const { valid, problems } = check(
    { ...options, trackingId: trackingId ?? null, client: client ?? null },
    CHECKS2
  );
  if (problems.length) throw new TypeError(`createServerTracker: ${problems.join("; ")}`);
  return { ...DEFAULTS2, ...valid };
};

// src/server/session-queues.ts
var keyOf = (event) => JSON.stringify([operationOf(event), event.sessionId, event.userId]);
var createSessionQueues = (flushSize2) => {
  const queues = /* @__PURE__ */ new Map();
  const ready = /* @__PURE__ */ new Set();
  const unsettled = /* @__PURE__ */ new Map();
  const waiters = /* @__PURE__ */ new Set();
  let added = 0;
  const settle = (events) => {
    for (const event of events) unsettled.delete(event);
    const [oldest = Number.POSITIVE_INFINITY] = unsettled.values();
    for (const waiter of waiters) {
      if (oldest <= waiter.upTo) continue;
      waiters.delete(waiter);
      waiter.resolve();
    }
  };
  const update = (queue) => {
    if (!queue.isInFlight && queue.due) ready.add(queue);
    else ready.delete(queue);
    if (!queue.isInFlight && !queue.events.length) queues.delete(queue.key);
  };
  const queueOf = (event) => {
    const key = keyOf(event);
    const queue = queues.get(key) ?? { key, events: [], due: 0, isInFlight: false };
    queues.set(key, queue);
    return queue;
  };
  return {
    size: () => unsettled.size,
    add(event) {
      const queue = queueOf(event);
      queue.events.push(event);
      unsettled.set(event, ++added);
      if (queue.events.length >= flushSize2) queue.due = queue.events.length;
      update(queue);
    },
    makeDue() {
      for (const queue of queues.values()) {
        queue.due = queue.events.length;
        update(queue);
      }
    },
    takeBatch() {
      const [queue] = ready;
      if (!queue) return [];
      const batch = queue.events.splice(0, MAX_BATCH_EVENTS);
      queue.due = Math.max(0, queue.due - batch.length);
      queue.isInFlight = true;
      update(queue);
      return batch;
    },
    settle,
    end(batch, left) {
      const queue = queueOf(batch[0]);
      queue.isInFlight = false;
      queue.events.unshift(...left);
      queue.due += left.length;
      update(queue);
    },
    remove(isMatch) {
      const removed = [];
      for (const queue of queues.values()) {
        const kept = queue.events.filter((event) => !isMatch(event));
        if (kept.length === queue.events.length) continue;
        removed.push(...queue.events.filter(isMatch));
        queue.due = Math.min(queue.due, kept.length);
        queue.events = kept;
        update(queue);
      }
      settle(removed);
      return removed;
    },
    whenSettled: () => new Promise((resolve) => {
      waiters.add({ upTo: added, resolve });
      settle([]);
    })
  };
};

// src/server/server-tracker.ts
var print = (text2) => console.error(`personalize-beacon/server: ${text2}`);
var printError = (error) => print(summarizeError(error));
var createServerTracker = (options) => {
  const settings = resolveServerTrackerOptions(options);
  const { flushInterval: flushInterval2, closeTimeout, onError = printError } = settings;
  const { onRejected = (_, reason) => print(`an event is rejected: ${reason}`) } = settings;
  const reports = createRejectionReports(onRejected, printError);
  const queues = createSessionQueues(settings.flushSize);
  const sender = createQueueSender({
    queues,
    settings,
    onRejected: (event, reason) => reports.report(toUndelivered(event), reason),
    onError(error) {
      const notify = async () => onError(error);
      notify().catch(printError);
    }
  });
  let timer;
  let isClosed = false;
  let closing;
  const sendAll = () => {
    clearTimeout(timer);
    timer = void 0;
    queues.makeDue();
    sender.run();
  };
  const whenSettled = async () => {
    await queues.whenSettled();
    await reports.whenDone();
  };
  const closeOnce = async () => {
    isClosed = true;
    sendAll();
    sender.endPauseEarly();
    const limit = setTimeout(
      () => sender.stop(`not delivered within the closeTimeout of ${closeTimeout} ms`),
      closeTimeout
    );
    await whenSettled();
    clearTimeout(limit);
  };
  return {
    ...createServerRecorder({
      ...{ settings, reports, waiting: queues.size },
      isClosed: () => isClosed,
      enqueue(event) {
        queues.add(event);
        timer ??= startUnrefTimer(sendAll, flushInterval2);
        sender.run();
      }
    }),
    flush() {
      sendAll();
      return keepAlive(whenSettled());
    },
    close() {
      closing ??= closeOnce();
      return closing;
    }
  };
};
export {
  createServerTracker
};
//# sourceMappingURL=server.js.map
