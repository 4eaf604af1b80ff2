// src/contract/limits.ts
var MAX_ID_CHARACTERS = 256;
var MAX_PROPERTIES_CHARACTERS = 1024;
var MAX_RECOMMENDATION_ID_CHARACTERS = 40;
var MAX_IMPRESSION_ITEMS = 25;
var MAX_SOURCE_CHARACTERS = 1024;
var MAX_BATCH_EVENTS = 10;

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
var problemOfId = (name, id) => firstProblem({ [name]: id }, { [name]: ID }, [name]);

// src/contract/try.ts
var tryOrUndefined = (run) => {
  try {
    return run();
  } catch {
    return void 0;
  }
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

// src/server/service-error.ts
var createServiceError = (status, kind, message, headers = {}) => new Response(JSON.stringify({ message }), {
  status,
  headers: { "content-type": "application/json", "x-amzn-ErrorType": kind, ...headers }
});
var createUnavailableError = (seconds, message) => createServiceError(503, "ServiceUnavailableException", message, {
  "retry-after": `${Math.ceil(seconds * (1 - Math.random() / 2))}`
});

// src/server/backpressure.ts
var RETRY_AFTER_SECONDS = 10;
var MAX_BYTES_IN_FLIGHT = 32 * 1024 * 1024;
var createBackpressure = (concurrency, maxWaiting) => {
  const limit = pLimit(concurrency);
  const admitted = /* @__PURE__ */ new Set();
  let admittedBytes = 0;
  let isClosed = false;
  return {
    /** Reserves `bytes` while `run` runs, and settles as it does. Throws the answer when a limit is reached. */
    async admit(bytes, run) {
      if (isClosed) throw createUnavailableError(RETRY_AFTER_SECONDS, "the relay is shutting down");
      if (admitted.size >= concurrency + maxWaiting || admittedBytes + bytes > MAX_BYTES_IN_FLIGHT) {
        throw createUnavailableError(RETRY_AFTER_SECONDS, "too many batches wait");
      }
      admittedBytes += bytes;
      const running = run().finally(() => {
        admitted.delete(running);
        admittedBytes -= bytes;
      });
      admitted.add(running);
      return running;
    },
    /** Runs `run` when its turn comes. Rejects without running it if the signal has been aborted by then. */
    runInTurn: (signal, run) => limit(() => {
      signal.throwIfAborted();
      return run();
    }),
    /** Admits no further requests. Resolves when all admitted ones have ended. */
    async close() {
      isClosed = true;
      await Promise.allSettled(admitted);
    }
  };
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

// src/contract/retry-policy.ts
var LONGEST_RETRY_AFTER_MS = 10 * 6e4;
var isThrottled = (status, kind) => status === 429 || /Throttl|TooMany|Exceeded/.test(kind);
var isInputError = (status, kind) => status === 413 || status === 400 && /Input|Validation|Serialization/.test(kind);

// src/server/error-response.ts
var NO_ANSWER_RETRY_SECONDS = 10;
var CONFIGURATION_RETRY_SECONDS = 60;
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
var toErrorResponse = (error) => {
  const { name, message, status, retryAfter } = readError(error);
  if (!status) return createUnavailableError(NO_ANSWER_RETRY_SECONDS, "the service did not answer");
  const mustSlowDown = isThrottled(status, name);
  const isDown = status === 409 || status >= 500 && status < 600;
  if (!mustSlowDown && !isDown && !isInputError(status, name)) {
    return createUnavailableError(
      CONFIGURATION_RETRY_SECONDS,
      "the service refused the relay, whose log says why"
    );
  }
  return createServiceError(mustSlowDown ? 429 : status, name.replace(/\W/g, ""), message, {
    ...retryAfter && { "retry-after": retryAfter }
  });
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

// src/server/operation.ts
var operationOf = ({ method, url }) => {
  if (method !== "POST" && method !== "OPTIONS") {
    throw createServiceError(405, "MethodNotAllowedException", "batches are posted", {
      allow: "POST, OPTIONS"
    });
  }
  const name = new URL(url).pathname.split("/").filter(Boolean).pop();
  if (name !== "events" && name !== "action-interactions") {
    throw createServiceError(
      404,
      "UnknownOperationException",
      "the path must end in /events or /action-interactions"
    );
  }
  return name;
};

// src/server/origin.ts
var PREFLIGHT_MAX_AGE_SECONDS = 86400;
var EXPOSED = "Date, Retry-After, x-amzn-ErrorType";
var isSameOrigin = ({ url, headers }) => {
  const site = headers.get("sec-fetch-site");
  return site ? site === "same-origin" : headers.get("origin") === new URL(url).origin;
};
var createOriginCheck = (origins) => {
  const listedOriginOf = ({ headers }) => origins.find((origin) => origin === headers.get("origin"));
  return {
    /** Throws the answer to a page that may not send. */
    check(request) {
      if (isSameOrigin(request) || listedOriginOf(request)) return;
      throw createServiceError(
        403,
        "ForbiddenException",
        "the page's origin is not among the relay's origins"
      );
    },
    /** Returns the headers without which a page of another origin cannot read the answer. */
    headersFor(request) {
      const origin = listedOriginOf(request);
      return origin ? { "access-control-allow-origin": origin, "access-control-expose-headers": EXPOSED, vary: "Origin" } : {};
    }
  };
};
var allowPost = () => new Response(null, {
  status: 204,
  headers: {
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "content-type",
    "access-control-max-age": `${PREFLIGHT_MAX_AGE_SECONDS}`
  }
});

// src/server/read-body.ts
var DEFAULT_MAX_BODY_BYTES = 64 * 1024;
var CONTENT_TYPE = /^(application\/json|text\/plain)\s*(;|$)/i;
var tooLarge = (maxBytes) => createServiceError(413, "RequestEntityTooLargeException", `the body must be at most ${maxBytes} bytes`);
var tooSlow = () => createServiceError(408, "RequestTimeoutException", "the body did not arrive in time", {
  connection: "close"
});
var announcedBytes = ({ headers }, maxBytes) => {
  if (!CONTENT_TYPE.test(headers.get("content-type") ?? "")) {
    throw createServiceError(
      415,
      "UnsupportedMediaTypeException",
      "the content type must be application/json or text/plain"
    );
  }
  const length = headers.get("content-length") ?? "";
  if (!/^\d+$/.test(length)) return maxBytes;
  if (Number(length) > maxBytes) throw tooLarge(maxBytes);
  return Number(length);
};
var readStream = async (body, maxBytes, signal) => {
  const chunks = [];
  const reader = body.getReader();
  const cancel = () => {
    reader.cancel().catch(() => {
    });
  };
  signal.addEventListener("abort", cancel, { once: true });
  let bytes = 0;
  for (; ; ) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    bytes += value.length;
    if (bytes > maxBytes) {
      cancel();
      throw tooLarge(maxBytes);
    }
    chunks.push(value);
  }
};
var readWhole = async (request, maxBytes) => {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return [bytes];
};
var readText = async (request, maxBytes, signal) => {
  const hasLength2 = request.headers.has("content-length");
  const chunks = hasLength2 || !request.body ? await readWhole(request, maxBytes) : await readStream(request.body, maxBytes, signal);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
};
var readJson = async (request, maxBytes, signal) => {
  try {
    return JSON.parse(await rejectOnAbort(signal, "the body", () => readText(request, maxBytes, signal)));
  } catch (error) {
    if (error instanceof Response) throw error;
    if (signal.aborted) throw tooSlow();
    throw createServiceError(
      400,
      "SerializationException",
      "the body is not JSON in UTF-8, or did not arrive whole"
    );
  }
};

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

// src/server/relay-options.ts
var DEFAULT_CONCURRENCY = 50;
var DEFAULT_MAX_WAITING = 500;
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
var DEFAULTS = {
  origins: [],
  concurrency: DEFAULT_CONCURRENCY,
  maxWaiting: DEFAULT_MAX_WAITING,
  maxBodyBytes: DEFAULT_MAX_BODY_BYTES,
  timeout: FORWARD_TIMEOUT_MS
};
var resolveRelayOptions = (options) => {
  const { trackingId, client, forward } = options;
  const { valid, problems } = check(
    { ...options, trackingId: trackingId ?? null },
    CHECKS
  );
  if (!client && !forward) problems.push("client is missing; give a PersonalizeEventsClient, or forward");
  if (client && forward) problems.push("client and forward are both given; give one of them");
  if (problems.length) throw new TypeError(`createRelay: ${problems.join("; ")}`);
  return {
    ...DEFAULTS,
    ...valid,
    forward: forward ?? toPersonalize(client)
  };
};

// src/server/validate-batch.ts
var toBatch = (operation, body, trackers) => {
  const problem = problemOfRequest(operation, body);
  if (problem) throw createServiceError(400, "InvalidInputException", problem);
  const batch = body;
  if (batch.trackingId !== trackers[operation]) {
    throw createServiceError(
      404,
      "ResourceNotFoundException",
      `${operation} of tracker ${batch.trackingId} are not relayed`
    );
  }
  return batch;
};
var withUserId = (batch, userId) => {
  const problem = userId === void 0 ? void 0 : problemOfId("userId", userId);
  if (problem) throw new TypeError(`what the option userId resolves to: ${problem}`);
  return "eventList" in batch ? { ...batch, userId } : { ...batch, actionInteractions: batch.actionInteractions.map((one) => ({ ...one, userId })) };
};

// src/server/request-handler.ts
var printError = (error) => console.error(`personalize-beacon/relay: ${summarizeError(error)}`);
var createRelay = (options) => {
  const {
    trackingId,
    actionTrackingId,
    userId,
    onError = printError,
    ...settings
  } = resolveRelayOptions(options);
  const { forward, maxBodyBytes, timeout } = settings;
  const trackers = { events: trackingId, "action-interactions": actionTrackingId };
  const origin = createOriginCheck(settings.origins);
  const backpressure = createBackpressure(settings.concurrency, settings.maxWaiting);
  const relayBatch = async (operation, request, signal) => {
    const received = withEventIds(
      toBatch(operation, await readJson(request, maxBodyBytes, signal), trackers)
    );
    const batch = userId ? withUserId(received, await rejectOnAbort(signal, "userId()", () => userId(request)) ?? void 0) : received;
    const forwardBatch = () => rejectOnAbort(signal, "forward()", () => forward(batch, signal));
    await rejectOnAbort(signal, "forward()", () => backpressure.runInTurn(signal, forwardBatch));
  };
  const answer = async (request) => {
    const operation = operationOf(request);
    origin.check(request);
    if (request.method === "OPTIONS") return allowPost();
    await backpressure.admit(
      announcedBytes(request, maxBodyBytes),
      () => withTimeout(timeout, (signal) => relayBatch(operation, request, signal))
    );
    return new Response();
  };
  const reportError = (error) => {
    const notify = async () => onError(error);
    notify().catch(printError);
  };
  const relay = async (request) => {
    const response = await answer(request).catch((thrown) => {
      if (thrown instanceof Response) return thrown;
      reportError(thrown);
      return toErrorResponse(thrown);
    });
    for (const [name, value] of Object.entries(origin.headersFor(request))) response.headers.set(name, value);
    return response;
  };
  return Object.assign(relay, { close: backpressure.close });
};
export {
  createRelay,
  problemOfRequest,
  toPersonalize
};
//# sourceMappingURL=relay.js.map
