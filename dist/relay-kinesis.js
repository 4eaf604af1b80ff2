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

// src/server/invocation.ts
var LAST_REQUEST_MS = 2e3;
var ANSWER_MS = 500;
var LAST_REQUEST_SHARE = 1 / 3;
var ANSWER_SHARE = 1 / 6;
var MAX_TIMER_MS = 2 ** 31 - 1;
var startInvocation = (context) => {
  const totalMs = context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY;
  const lastRequestMs = Math.min(LAST_REQUEST_MS, totalMs * LAST_REQUEST_SHARE);
  const answerMs = Math.min(ANSWER_MS, totalMs * ANSWER_SHARE);
  const stopping = new AbortController();
  const over = new AbortController();
  const stop = () => stopping.abort();
  const runBeforeEnd = (remainingMs, run) => setTimeout(run, Math.min(Math.max(totalMs - remainingMs, 0), MAX_TIMER_MS));
  const timers = context ? [
    runBeforeEnd(lastRequestMs, stop),
    runBeforeEnd(answerMs, () => over.abort(new Error("the function's time is up")))
  ] : [];
  return {
    stopping: stopping.signal,
    over: over.signal,
    stop,
    mayBegin() {
      if (context && context.getRemainingTimeInMillis() < lastRequestMs) stop();
      return !stopping.signal.aborted;
    },
    end: () => timers.forEach(clearTimeout)
  };
};

// node_modules/yocto-queue/index.js
var Node = class {
  value;
  next;
  constructor(value) {
    this.value = value;
  }
};
var Queue = class {
  #head;
  #tail;
  #size;
  constructor() {
    this.clear();
  }
  enqueue(value) {
    const node = new Node(value);
    if (this.#head) {
      this.#tail.next = node;
      this.#tail = node;
    } else {
      this.#head = node;
      this.#tail = node;
    }
    this.#size++;
  }
  dequeue() {
    const current = this.#head;
    if (!current) {
      return;
    }
    this.#head = this.#head.next;
    this.#size--;
    if (!this.#head) {
      this.#tail = void 0;
    }
    return current.value;
  }
  peek() {
    if (!this.#head) {
      return;
    }
    return this.#head.value;
  }
  clear() {
    this.#head = void 0;
    this.#tail = void 0;
    this.#size = 0;
  }
  get size() {
    return this.#size;
  }
  *[Symbol.iterator]() {
    let current = this.#head;
    while (current) {
      yield current.value;
      current = current.next;
    }
  }
  *drain() {
    while (this.#head) {
      yield this.dequeue();
    }
  }
};

// node_modules/p-limit/index.js
function pLimit(concurrency) {
  let rejectOnClear = false;
  if (typeof concurrency === "object") {
    ({ concurrency, rejectOnClear = false } = concurrency);
  }
  validateConcurrency(concurrency);
  if (typeof rejectOnClear !== "boolean") {
    throw new TypeError("Expected `rejectOnClear` to be a boolean");
  }
  const queue = new Queue();
  let activeCount = 0;
  const resumeNext = () => {
    if (activeCount < concurrency && queue.size > 0) {
      activeCount++;
      queue.dequeue().run();
    }
  };
  const next = () => {
    activeCount--;
    resumeNext();
  };
  const run = async (function_, resolve, arguments_) => {
    const result = (async () => function_(...arguments_))();
    resolve(result);
    try {
      await result;
    } catch {
    }
    next();
  };
  const enqueue = (function_, resolve, reject, arguments_) => {
    const queueItem = { reject };
    new Promise((internalResolve) => {
      queueItem.run = internalResolve;
      queue.enqueue(queueItem);
    }).then(run.bind(void 0, function_, resolve, arguments_));
    if (activeCount < concurrency) {
      resumeNext();
    }
  };
  const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
    enqueue(function_, resolve, reject, arguments_);
  });
  Object.defineProperties(generator, {
    activeCount: {
      get: () => activeCount
    },
    pendingCount: {
      get: () => queue.size
    },
    clearQueue: {
      value() {
        if (!rejectOnClear) {
          queue.clear();
          return;
        }
        const abortError = AbortSignal.abort().reason;
        while (queue.size > 0) {
          queue.dequeue().reject(abortError);
        }
      }
    },
    concurrency: {
      get: () => concurrency,
      set(newConcurrency) {
        validateConcurrency(newConcurrency);
        concurrency = newConcurrency;
        queueMicrotask(() => {
          while (activeCount < concurrency && queue.size > 0) {
            resumeNext();
          }
        });
      }
    },
    map: {
      async value(iterable, function_) {
        const promises = [];
        try {
          Array.from(iterable, (value, index) => {
            const promise = generator(function_, value, index);
            promises.push(promise);
            return promise;
          });
        } catch (error) {
          for (const promise of promises) {
            promise.catch(() => {
            });
          }
          throw error;
        }
        return Promise.all(promises);
      }
    }
  });
  return generator;
}
function validateConcurrency(concurrency) {
  if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
    throw new TypeError("Expected `concurrency` to be a number from 1 and up");
  }
}

// src/contract/limits.ts
var MAX_ID_CHARACTERS = 256;
var MAX_PROPERTIES_CHARACTERS = 1024;
var MAX_RECOMMENDATION_ID_CHARACTERS = 40;
var MAX_IMPRESSION_ITEMS = 25;
var MAX_SOURCE_CHARACTERS = 1024;
var MAX_BATCH_EVENTS = 10;

// src/contract/batch.ts
var splitBatch = (batch) => {
  const middle = batch.length >> 1;
  return [batch.slice(0, middle), batch.slice(middle)];
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

// src/server/regroup.ts
var splitBatchByEvent = (batch) => "eventList" in batch ? batch.eventList.map((event) => ({ batch: { ...batch, eventList: [event] } })) : batch.actionInteractions.map((one) => ({ batch: { ...batch, actionInteractions: [one] } }));
var sessionOf = (batch) => "eventList" in batch ? batch.sessionId : batch.actionInteractions[0]?.sessionId;
var groupBySession = (events) => {
  const sessions = /* @__PURE__ */ new Map();
  for (const event of events) {
    const sessionId = sessionOf(event.batch);
    const session = sessions.get(sessionId);
    if (session) session.push(event);
    else sessions.set(sessionId, [event]);
  }
  return [...sessions.values()];
};
var sharedFieldsOf = (batch) => JSON.stringify("eventList" in batch ? [batch.trackingId, batch.sessionId, batch.userId] : batch.trackingId);
var groupByRequest = (events) => {
  const requests = [];
  let previousKey;
  for (const event of events) {
    const key = sharedFieldsOf(event.batch);
    const request = requests[requests.length - 1];
    if (request && key === previousKey && request.length < MAX_BATCH_EVENTS) request.push(event);
    else requests.push([event]);
    previousKey = key;
  }
  return requests;
};
var mergeBatches = (events) => {
  const batches = events.map(({ batch }) => batch);
  const [first] = batches;
  return "eventList" in first ? { ...first, eventList: batches.flatMap((batch) => "eventList" in batch ? batch.eventList : []) } : {
    ...first,
    actionInteractions: batches.flatMap(
      (batch) => "eventList" in batch ? [] : batch.actionInteractions
    )
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
var classifySdkError = (error, size) => classifyResponse(toAnswer(error), {
  size,
  failures: 0,
  isReauthenticated: true,
  isBatchAnswer: true,
  jitter: () => 0
});

// src/server/kinesis-delivery.ts
var MAX_PARALLEL_SESSIONS = 50;
var deliverRecords = async (records, invocation, { forward, waitForTurn, onRejected, onError }) => {
  const pending = new Set(
    records.flatMap(({ events, rejected }) => [...events, ...rejected])
  );
  let hasFailed = false;
  const runWithTimeout = (what, run) => withTimeout(FORWARD_TIMEOUT_MS, (timeout) => {
    const signal = AbortSignal.any([timeout, invocation.over]);
    return rejectOnAbort(signal, what, () => run(signal));
  });
  const report = (rejected) => runWithTimeout("onRejected()", () => onRejected(rejected));
  const fail = (error) => {
    if (!hasFailed) onError(error);
    hasFailed = true;
  };
  const forwardRequest = async (request) => {
    try {
      await runWithTimeout("forward()", (signal) => forward(mergeBatches(request), signal));
      return void 0;
    } catch (error) {
      const outcome = classifySdkError(error, request.length);
      if (outcome.type !== "split" && outcome.type !== "reject") throw error;
      return outcome;
    }
  };
  const send = async (request) => {
    const [{ sequenceNumber, position, batch }] = request;
    if (!invocation.mayBegin() || !await waitForTurn(position, invocation.stopping)) return;
    if (!invocation.mayBegin()) return;
    const outcome = await forwardRequest(request);
    if (outcome?.type === "split") {
      for (const half of splitBatch(request)) await send(half);
      return;
    }
    if (outcome?.type === "reject") await report({ sequenceNumber, reason: outcome.reason, data: batch });
    for (const event of request) pending.delete(event);
  };
  const sendInOrder = async (requests) => {
    try {
      for (const request of requests) await send(request);
    } catch (error) {
      fail(error);
      invocation.stop();
    }
  };
  const sendAll = async () => {
    const events = records.flatMap((record) => record.events);
    const sessions = groupBySession(events).map(groupByRequest);
    const isOfFirstRecord = ([event]) => event?.position === events[0]?.position;
    await sendInOrder(sessions.flatMap((requests) => requests.filter(isOfFirstRecord)));
    const limit = pLimit(MAX_PARALLEL_SESSIONS);
    const rest = sessions.map((requests) => requests.filter((request) => !isOfFirstRecord(request)));
    await Promise.all(rest.map((requests) => limit(() => sendInOrder(requests))));
  };
  const reportInvalid = async () => {
    try {
      for (const rejected of records.flatMap((record) => record.rejected)) {
        await report(rejected);
        pending.delete(rejected);
      }
    } catch (error) {
      fail(error);
    }
  };
  await Promise.all([sendAll(), reportInvalid()]);
  const [first] = pending;
  return first;
};

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

// src/contract/validate-request.ts
var LIST = [
  `a list of 1-${MAX_BATCH_EVENTS}`,
  (value) => Array.isArray(value) && value.length > 0 && value.length <= MAX_BATCH_EVENTS
];
var OBJECT = ["an object", isPlainObject];
var parse = (json) => tryOrUndefined(() => JSON.parse(json));
var PROPERTIES = [
  EVENT_CHECKS.properties[0],
  (value) => hasLength(value, MAX_PROPERTIES_CHARACTERS) && isFlat(parse(value))
];
var { sentAt, ...ACTION_FIELD_CHECKS } = ACTION_CHECKS;
var SHAPES = {
  events: {
    envelope: { trackingId: ID, sessionId: ID, userId: ID, eventList: LIST },
    required: ["trackingId", "sessionId", "eventList"],
    list: "eventList",
    member: { ...EVENT_CHECKS, properties: PROPERTIES },
    requiredOfMember: ["eventType", "sentAt"]
  },
  "action-interactions": {
    envelope: { trackingId: ID, actionInteractions: LIST },
    required: ["trackingId", "actionInteractions"],
    list: "actionInteractions",
    member: { sessionId: ID, userId: ID, ...ACTION_FIELD_CHECKS, timestamp: sentAt, properties: PROPERTIES },
    requiredOfMember: ["sessionId", "actionId", "eventType", "timestamp"]
  }
};
var problemOfRequest = (operation, input) => {
  if (!isPlainObject(input)) return "the body must be a JSON object";
  const { envelope, required, list, member: checks, requiredOfMember } = SHAPES[operation];
  const problem = firstProblem(input, envelope, required);
  if (problem) return problem;
  for (const [index, member] of input[list].entries()) {
    const path = `${list}[${index}]`;
    if (!isPlainObject(member)) return firstProblem({ [path]: member }, { [path]: OBJECT }, [path]);
    const memberProblem = operation === "events" && "actionId" in member ? "actionId is unknown; actions go in actionInteractions" : firstProblem(member, checks, requiredOfMember) ?? problemOfNames(parse(member.properties));
    if (memberProblem) return `${path}.${memberProblem}`;
  }
  return void 0;
};

// src/contract/sha256.ts
var PRIMES = [];
for (let n = 2; n < 312; n++) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
var fractions = (root) => Int32Array.from(PRIMES, (prime) => root(prime) % 1 * 2 ** 32);
var START = fractions(Math.sqrt).slice(0, 8);
var ROUNDS = fractions(Math.cbrt);
var rotate = (x, by) => x >>> by | x << -by;
var sha256 = (message) => {
  const { length } = message;
  const bytes = new Uint8Array(length + 72 >> 6 << 6);
  bytes.set(message);
  bytes[length] = 128;
  const words = new DataView(bytes.buffer);
  words.setInt32(bytes.length - 4, length * 8);
  const state = START.slice();
  const w = new Int32Array(64);
  for (let block = 0; block < bytes.length; block += 64) {
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = words.getInt32(block + i * 4);
      else {
        const x = w[i - 15];
        const y = w[i - 2];
        w[i] = w[i - 16] + (rotate(x, 7) ^ rotate(x, 18) ^ x >>> 3) + w[i - 7] + (rotate(y, 17) ^ rotate(y, 19) ^ y >>> 10);
      }
      const t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (e & f ^ ~e & g) + ROUNDS[i] + w[i];
      const t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + (a & b ^ a & c ^ b & c);
      h = g;
      g = f;
      f = e;
      e = d + t1 | 0;
      d = c;
      c = b;
      b = a;
      a = t1 + t2 | 0;
    }
    state.set([a, b, c, d, e, f, g, h].map((value, i) => value + state[i]));
  }
  state.forEach((value, i) => {
    words.setInt32(i * 4, value);
  });
  return bytes.slice(0, 32);
};

// src/server/event-id.ts
var ID_BYTES = 16;
var digestOf = (value) => {
  const bytes = sha256(new TextEncoder().encode(JSON.stringify(value))).slice(0, ID_BYTES);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
};
var withEventIds = (batch, source = "") => {
  let digest;
  const withId = (event, index) => {
    if (event.eventId !== void 0) return event;
    digest ??= digestOf([source, batch]);
    return { ...event, eventId: `${digest}-${index}` };
  };
  return "eventList" in batch ? { ...batch, eventList: batch.eventList.map(withId) } : { ...batch, actionInteractions: batch.actionInteractions.map(withId) };
};

// src/server/kinesis-record.ts
var decode = (data) => new TextDecoder().decode(Uint8Array.from(atob(data), (character) => character.charCodeAt(0)));
var parse2 = (text2) => tryOrUndefined(() => JSON.parse(text2));
var readRecord = ({ kinesis }, position) => {
  const { sequenceNumber } = kinesis;
  const text2 = decode(kinesis.data);
  const body = Object(parse2(text2));
  const isOfActions = "actionInteractions" in body && !("eventList" in body);
  const operation = isOfActions ? "action-interactions" : "events";
  const list = isOfActions ? body.actionInteractions : body.eventList;
  if (!Array.isArray(list) || !list.length) {
    const reason = problemOfRequest(operation, parse2(text2)) ?? "the record is no batch";
    return { events: [], rejected: [{ sequenceNumber, reason, data: text2 }] };
  }
  const events = [];
  const rejected = [];
  for (const [index, { batch }] of splitBatchByEvent(body).entries()) {
    const reason = problemOfRequest(operation, batch);
    if (reason) rejected.push({ sequenceNumber, reason, data: batch });
    else {
      events.push({ sequenceNumber, position, batch: withEventIds(batch, `${sequenceNumber}/${index}`) });
    }
  }
  return { events, rejected };
};

// src/server/rate-limiter.ts
var SECOND_MS = 1e3;
var withLowestRank = (waiters) => [...waiters].reduce((first, other) => other.rank < first.rank ? other : first);
var createRateLimiter = (perSecond) => {
  const begun = [];
  const waiting = /* @__PURE__ */ new Set();
  let timer;
  const dismiss = (waiter, mayBegin) => {
    waiting.delete(waiter);
    waiter.resolve(mayBegin);
  };
  const admit = () => {
    clearTimeout(timer);
    while (waiting.size) {
      const [oldest = 0] = begun;
      const delayMs = begun.length < perSecond ? 0 : oldest + SECOND_MS - performance.now();
      if (delayMs > 0) {
        timer = setTimeout(admit, Math.ceil(delayMs));
        return;
      }
      begun.push(performance.now());
      if (begun.length > perSecond) begun.shift();
      dismiss(withLowestRank(waiting), true);
    }
  };
  const watched = /* @__PURE__ */ new WeakSet();
  const watch = (signal) => {
    if (watched.has(signal)) return;
    watched.add(signal);
    signal.addEventListener("abort", () => {
      for (const waiter of waiting) if (waiter.signal === signal) dismiss(waiter, false);
      admit();
    });
  };
  return (rank, signal) => new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    watch(signal);
    waiting.add({ rank, signal, resolve });
    admit();
  });
};

// src/server/kinesis-consumer.ts
var SERVICE_REQUESTS_PER_SECOND = 1e3;
var CHECKS = {
  forward: ["a function, such as toPersonalize(client)", (value) => typeof value === "function"],
  requestsPerSecond: [
    "a whole number from 1; with less than 1 for each consumer, have fewer of them",
    (value) => Number.isSafeInteger(value) && value >= 1
  ]
};
var createConsumer = ({
  forward,
  requestsPerSecond = SERVICE_REQUESTS_PER_SECOND,
  onRejected = ({ sequenceNumber, reason }) => console.error(`Record ${sequenceNumber}: ${reason}`),
  onError = console.error
}) => {
  const problem = firstProblem({ forward, requestsPerSecond }, CHECKS, ["forward"]);
  if (problem) throw new Error(`createConsumer: ${problem}`);
  const waitForTurn = createRateLimiter(requestsPerSecond);
  const reportError = (error) => {
    const notify = async () => onError(error);
    notify().catch(console.error);
  };
  return async ({ Records }, context) => {
    const invocation = startInvocation(context);
    const options = { forward, waitForTurn, onRejected, onError: reportError };
    const firstPending = await deliverRecords(Records.map(readRecord), invocation, options);
    invocation.end();
    return { batchItemFailures: firstPending ? [{ itemIdentifier: firstPending.sequenceNumber }] : [] };
  };
};

// src/server/kinesis-stream.ts
import { PutRecordCommand } from "@aws-sdk/client-kinesis";
var CHECKS2 = {
  client: ["a KinesisClient", isPlainObject],
  // Kinesis's own limit.
  streamName: text(128)
};
var THROTTLING = /Throttl|ThroughputExceeded|LimitExceeded/;
var toServiceError = (error) => {
  const { name, message, $metadata } = error;
  const status = $metadata?.httpStatusCode;
  if (!status || status >= 500) return error;
  const refusal = status === 429 || THROTTLING.test(name) ? (
    // A relay passes this message on to pages: the stream's own names the account.
    { name: "ThrottlingException", message: "the stream is full for now", status: 429 }
  ) : { name, message, status: 403 };
  return Object.assign(new Error(refusal.message), {
    name: refusal.name,
    $metadata: { ...$metadata, httpStatusCode: refusal.status },
    cause: error
  });
};
var recordsOf = (batch) => groupBySession(splitBatchByEvent(batch)).map(mergeBatches);
var toKinesis = ({ client, streamName }) => {
  const problem = firstProblem({ client, streamName }, CHECKS2, ["client", "streamName"]);
  if (problem) throw new Error(`toKinesis: ${problem}`);
  return async (batch, signal) => {
    try {
      for (const record of recordsOf(batch)) {
        await client.send(
          new PutRecordCommand({
            StreamName: streamName,
            PartitionKey: sessionOf(record),
            Data: new TextEncoder().encode(JSON.stringify(record))
          }),
          { ...signal && { abortSignal: signal } }
        );
      }
    } catch (error) {
      throw toServiceError(error);
    }
  };
};
export {
  createConsumer,
  toKinesis,
  toPersonalize
};
//# sourceMappingURL=relay-kinesis.js.map
