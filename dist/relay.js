// src/command.ts
import {
  PutActionInteractionsCommand,
  PutEventsCommand
} from "@aws-sdk/client-personalize-events";
var toDate = (seconds) => new Date(Math.round(seconds * 1e3));
var toCommand = (body) => "eventList" in body ? new PutEventsCommand({
  ...body,
  eventList: body.eventList.map((event) => ({ ...event, sentAt: toDate(event.sentAt) }))
}) : new PutActionInteractionsCommand({
  ...body,
  actionInteractions: body.actionInteractions.map(
    (interaction) => ({ ...interaction, timestamp: toDate(interaction.timestamp) })
  )
});

// src/relay/forward.ts
var TIME_LIMIT_MS = 25e3;
var toPersonalize = (client) => async (batch) => {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIME_LIMIT_MS);
  await client.send(toCommand(batch), { abortSignal: abort.signal }).finally(() => clearTimeout(timer));
};

// src/lib/check.ts
var SHOWN_CHARACTERS = 60;
var show = (value) => {
  let shown;
  try {
    shown = typeof value === "number" ? `${value}` : JSON.stringify(value);
  } catch {
  }
  shown ??= typeof value;
  return shown.length > SHOWN_CHARACTERS ? `${shown.slice(0, SHOWN_CHARACTERS)}... (${shown.length} characters)` : shown;
};
var isPlainObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
var hasLength = (value, max) => typeof value === "string" && value !== "" && (value.length <= max || [...value].length <= max);
var text = (max) => [
  `a string of 1-${max} characters`,
  (value) => hasLength(value, max)
];
var oneOf = (...values) => [
  values.join(" or "),
  (value) => values.includes(value)
];
var check = (input, checks) => {
  const valid = {};
  const problems = [];
  const names = Object.keys(checks);
  for (const name of Object.keys(input)) {
    const value = input[name];
    if (value === void 0) continue;
    if (!names.includes(name)) problems.push(`${name} is unknown; use ${names.join(", ")}`);
    else if (checks[name][1](value)) valid[name] = value;
    else problems.push(`${name} must be ${checks[name][0]}; got ${show(value)}`);
  }
  return { valid, problems };
};

// src/event.ts
var MAX_ID_CHARACTERS = 256;
var MAX_PROPERTIES_CHARACTERS = 1024;
var MAX_RECOMMENDATION_ID_CHARACTERS = 40;
var MAX_IMPRESSION_ITEMS = 25;
var MAX_SOURCE_CHARACTERS = 1024;
var MAX_SENT_AT_SECONDS = 1e11;
var RESERVED = /^(userid|sessionid|eventtype|timestamp|recommendationid|impression)$/i;
var isSource = (value) => hasLength(value, MAX_SOURCE_CHARACTERS) && /^[ -~]*[!-~][ -~]*$/.test(value);
var isColumnValue = (value) => value == null || /string|boolean/.test(typeof value) || Number.isFinite(value);
var CHECKS = {
  eventType: text(MAX_ID_CHARACTERS),
  sentAt: [
    "a Date or Unix seconds",
    (value) => value instanceof Date ? +value > 0 : typeof value === "number" && value > 0 && value < MAX_SENT_AT_SECONDS
  ],
  eventId: text(MAX_ID_CHARACTERS),
  eventValue: [
    "a finite 32-bit number",
    (value) => typeof value === "number" && Number.isFinite(Math.fround(value))
  ],
  itemId: text(MAX_ID_CHARACTERS),
  properties: [
    `a flat object, at most ${MAX_PROPERTIES_CHARACTERS} characters as JSON`,
    (value) => isPlainObject(value) && Object.values(value).every(isColumnValue) && hasLength(JSON.stringify(value), MAX_PROPERTIES_CHARACTERS)
  ],
  recommendationId: text(MAX_RECOMMENDATION_ID_CHARACTERS),
  impression: [
    `an array of 1-${MAX_IMPRESSION_ITEMS} item IDs of 1-${MAX_ID_CHARACTERS} characters`,
    (value) => Array.isArray(value) && value.length > 0 && value.length <= MAX_IMPRESSION_ITEMS && [...value].every((item) => hasLength(item, MAX_ID_CHARACTERS))
  ],
  metricAttribution: [
    `{ eventAttributionSource } of 1-${MAX_SOURCE_CHARACTERS} printable ASCII characters, not blank`,
    (value) => isPlainObject(value) && `${Object.keys(value)}` === "eventAttributionSource" && isSource(value.eventAttributionSource)
  ]
};
var { itemId, eventValue, metricAttribution, ...OF_BOTH } = CHECKS;
var ACTION_CHECKS = {
  ...OF_BOTH,
  actionId: itemId,
  eventType: oneOf("Taken", "Not Taken", "Viewed")
};
var isAction = (event) => "actionId" in event;
var problemOf = (event) => {
  const checks = isAction(event) ? ACTION_CHECKS : CHECKS;
  const { problems, valid } = check({ ...event, eventType: event.eventType ?? null }, checks);
  const reserved = Object.keys(valid.properties ?? {}).find((key) => RESERVED.test(key));
  if (reserved) problems.push(`properties.${reserved} is a word the service reserves`);
  return problems[0];
};
var problemOfUserId = (userId) => check({ userId: userId ?? null }, { userId: CHECKS.itemId }).problems[0];

// src/batch.ts
var MAX_BATCH_EVENTS = 10;

// src/wire.ts
var ID = text(256);
var LIST = [
  `a list of 1-${MAX_BATCH_EVENTS}`,
  (value) => Array.isArray(value) && value.length > 0 && value.length <= MAX_BATCH_EVENTS
];
var OBJECT = ["an object", isPlainObject];
var problemIn = (input, checks, optional = "") => {
  const required = Object.keys(checks).filter((name) => name !== optional);
  const given = Object.fromEntries(required.map((name) => [name, input[name] ?? null]));
  return check({ ...input, ...given }, checks).problems[0];
};
var fromText = (properties) => {
  if (typeof properties !== "string") return properties === void 0 ? void 0 : `${properties}`;
  try {
    return JSON.parse(properties);
  } catch {
    return properties;
  }
};
var problemOfEvent = ({ properties, sentAt, ...event }) => (
  // It would be checked as an action's, which have an operation of their own.
  "actionId" in event ? "actionId is unknown; actions go in actionInteractions" : problemOf({ ...event, properties: fromText(properties), sentAt: sentAt ?? null })
);
var problemOfInteraction = (input) => {
  const { properties, timestamp, sessionId, userId, ...event } = input;
  const action = { actionId: null, ...event, properties: fromText(properties), sentAt: timestamp ?? null };
  return problemIn({ sessionId, userId }, { sessionId: ID, userId: ID }, "userId") ?? problemOf(action)?.replace(/^sentAt/, "timestamp");
};
var problemOfRequest = (operation, input) => {
  if (!isPlainObject(input)) return "the body must be a JSON object";
  const isEvents = operation === "events";
  const list = isEvents ? "eventList" : "actionInteractions";
  const checks = isEvents ? { trackingId: ID, sessionId: ID, userId: ID, [list]: LIST } : { trackingId: ID, [list]: LIST };
  const problem = problemIn(input, checks, "userId");
  if (problem) return problem;
  for (const [index, member] of input[list].entries()) {
    const at = `${list}[${index}]`;
    const wrong = problemIn({ [at]: member }, { [at]: OBJECT }) ?? (isEvents ? problemOfEvent(member) : problemOfInteraction(member));
    if (wrong) return wrong.startsWith(at) ? wrong : `${at}.${wrong}`;
  }
  return void 0;
};

// src/relay/refusal.ts
var refuse = (status, kind, message, headers = {}) => new Response(JSON.stringify({ message }), {
  status,
  headers: { "content-type": "application/json", "x-amzn-ErrorType": kind, ...headers }
});
var refuseForNow = (seconds, message) => refuse(503, "ServiceUnavailableException", message, {
  "retry-after": `${Math.ceil(seconds * (1 - Math.random() / 2))}`
});

// src/relay/batch.ts
var toBatch = (operation, body, trackers) => {
  const problem = problemOfRequest(operation, body);
  if (problem) throw refuse(400, "InvalidInputException", problem);
  const batch = body;
  if (batch.trackingId !== trackers[operation]) {
    throw refuse(
      404,
      "ResourceNotFoundException",
      `${operation} of tracker ${batch.trackingId} are not relayed`
    );
  }
  return batch;
};
var withUserId = (batch, userId) => {
  const problem = userId === void 0 ? void 0 : problemOfUserId(userId);
  if (problem) throw new TypeError(`what the option userId resolves to: ${problem}`);
  return "eventList" in batch ? { ...batch, userId } : { ...batch, actionInteractions: batch.actionInteractions.map((one) => ({ ...one, userId })) };
};

// src/relay/body.ts
var MAX_BODY_BYTES = 1024 * 1024;
var CONTENT_TYPE = /^(application\/json|text\/plain)\s*(;|$)/i;
var tooLarge = () => refuse(413, "RequestEntityTooLargeException", `the body must be at most ${MAX_BODY_BYTES} bytes`);
var collect = async (body) => {
  const chunks = [];
  const reader = body.getReader();
  let bytes = 0;
  for (; ; ) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    bytes += value.length;
    if (bytes > MAX_BODY_BYTES) {
      reader.cancel().catch(() => {
      });
      throw tooLarge();
    }
    chunks.push(value);
  }
};
var readWhole = async (request) => {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > MAX_BODY_BYTES) throw tooLarge();
  return [bytes];
};
var readText = async (request) => {
  const hasLength2 = request.headers.has("content-length");
  const chunks = hasLength2 || !request.body ? await readWhole(request) : await collect(request.body);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
};
var readJson = async (request) => {
  const { headers } = request;
  if (!CONTENT_TYPE.test(headers.get("content-type") ?? "")) {
    throw refuse(
      415,
      "UnsupportedMediaTypeException",
      "the content type must be application/json or text/plain"
    );
  }
  if (Number(headers.get("content-length")) > MAX_BODY_BYTES) throw tooLarge();
  try {
    return JSON.parse(await readText(request));
  } catch (error) {
    if (error instanceof Response) throw error;
    throw refuse(400, "SerializationException", "the body is not JSON in UTF-8, or did not arrive whole");
  }
};

// src/relay/failure.ts
var SILENCE_SECONDS = 10;
var REPAIR_SECONDS = 60;
var BLAMES_BATCH = /^(InvalidInput|Validation|Serialization)Exception$/;
var TOLD = [409, 413];
var IS_THROTTLED = /Throttl|TooMany|Exceeded/;
var read = (error) => {
  const { name = "Error", message = error, $metadata, $response } = Object(error);
  return {
    name: `${name}`,
    message: `${message}`.split("\n")[0],
    status: $metadata?.httpStatusCode,
    retryAfter: $response?.headers?.["retry-after"]
  };
};
var summaryOf = (error) => {
  const { name, message, status } = read(error);
  return [status, name, message].filter(Boolean).join(" ");
};
var answerTo = (error) => {
  const { name, message, status, retryAfter } = read(error);
  if (!status) return refuseForNow(SILENCE_SECONDS, "the service did not answer");
  const isThrottled = status === 429 || IS_THROTTLED.test(name);
  const isAtFault = status === 400 ? BLAMES_BATCH.test(name) : TOLD.includes(status);
  const isDown = status >= 500 && status < 600;
  if (!isThrottled && !isAtFault && !isDown) {
    return refuseForNow(REPAIR_SECONDS, "the service refused the relay, whose log says why");
  }
  return refuse(isThrottled ? 429 : status, name.replace(/\W/g, ""), message, {
    ...retryAfter && { "retry-after": retryAfter }
  });
};

// src/relay/operation.ts
var operationOf = ({ method, url }) => {
  if (method !== "POST" && method !== "OPTIONS") {
    throw refuse(405, "MethodNotAllowedException", "batches are posted", { allow: "POST, OPTIONS" });
  }
  const name = new URL(url).pathname.split("/").pop();
  if (name !== "events" && name !== "action-interactions") {
    throw refuse(404, "UnknownOperationException", "the path must end in /events or /action-interactions");
  }
  return name;
};

// src/relay/options.ts
var DEFAULT_CONCURRENCY = 50;
var DEFAULT_MAX_WAITING = 500;
var FUNCTION = ["a function", (value) => typeof value === "function"];
var wholeFrom = (min) => [
  `a whole number from ${min}`,
  (value) => Number.isSafeInteger(value) && value >= min
];
var isOrigin = (value) => URL.canParse(`${value}`) && new URL(`${value}`).origin === value;
var CHECKS2 = {
  trackingId: text(256),
  actionTrackingId: text(256),
  client: [
    "a PersonalizeEventsClient",
    (value) => typeof value?.send === "function"
  ],
  forward: FUNCTION,
  origins: [
    "a list of origins like https://www.example.com",
    (value) => Array.isArray(value) && value.every(isOrigin)
  ],
  concurrency: wholeFrom(1),
  maxWaiting: wholeFrom(0),
  userId: FUNCTION,
  onError: FUNCTION
};
var forwardOf = (options) => {
  const { trackingId, client, forward } = options;
  const { problems } = check(
    { ...options, trackingId: trackingId ?? null },
    CHECKS2
  );
  if (!client && !forward) problems.push("client is missing; give a PersonalizeEventsClient, or forward");
  if (client && forward) problems.push("client and forward are both given; give one of them");
  if (problems.length) throw new TypeError(`createRelay: ${problems.join("; ")}`);
  return forward ?? toPersonalize(client);
};

// src/relay/origin.ts
var PREFLIGHT_MAX_AGE_SECONDS = 86400;
var EXPOSED = "Date, Retry-After, x-amzn-ErrorType";
var isFromOwn = ({ url, headers }) => {
  const site = headers.get("sec-fetch-site");
  return site ? site === "same-origin" : headers.get("origin") === new URL(url).origin;
};
var createOriginCheck = (origins) => {
  const listedOf = ({ headers }) => origins.find((origin) => origin === headers.get("origin"));
  return {
    /** Throws the answer to a page that may not. */
    check(request) {
      if (isFromOwn(request) || listedOf(request)) return;
      throw refuse(403, "ForbiddenException", "the page's origin is not among the relay's origins");
    },
    /** Without these a page of another origin cannot read the answer. */
    headersFor(request) {
      const origin = listedOf(request);
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

// src/relay/turns.ts
var RETRY_AFTER_SECONDS = 10;
var createTurns = (concurrency, maxWaiting) => {
  const limit = pLimit(concurrency);
  const underWay = /* @__PURE__ */ new Set();
  let isClosed = false;
  return {
    /** Settles as `run` does; throws the answer where there is no room. */
    async take(run) {
      if (isClosed) throw refuseForNow(RETRY_AFTER_SECONDS, "the relay is shutting down");
      if (underWay.size >= concurrency + maxWaiting) {
        throw refuseForNow(RETRY_AFTER_SECONDS, "too many batches wait");
      }
      const turn = limit(run);
      underWay.add(turn);
      await turn.finally(() => underWay.delete(turn));
    },
    /** Lets nobody in any more; resolves when all who are in have ended. */
    async close() {
      isClosed = true;
      await Promise.allSettled(underWay);
    }
  };
};

// src/relay/relay.ts
var print = (error) => console.error(`personalize-beacon/relay: ${summaryOf(error)}`);
var createRelay = (options) => {
  const forward = forwardOf(options);
  const { trackingId, actionTrackingId, userId, onError = print } = options;
  const { origins = [], concurrency = DEFAULT_CONCURRENCY, maxWaiting = DEFAULT_MAX_WAITING } = options;
  const trackers = { events: trackingId, "action-interactions": actionTrackingId };
  const origin = createOriginCheck(origins);
  const turns = createTurns(concurrency, maxWaiting);
  const answer = async (request) => {
    const operation = operationOf(request);
    origin.check(request);
    if (request.method === "OPTIONS") return allowPost();
    const said = toBatch(operation, await readJson(request), trackers);
    const batch = userId ? withUserId(said, await userId(request) ?? void 0) : said;
    await turns.take(() => forward(batch));
    return new Response();
  };
  const tell = async (error) => onError(error);
  const relay = async (request) => {
    const response = await answer(request).catch((thrown) => {
      if (thrown instanceof Response) return thrown;
      tell(thrown).catch(print);
      return answerTo(thrown);
    });
    for (const [name, value] of Object.entries(origin.headersFor(request))) response.headers.set(name, value);
    return response;
  };
  return Object.assign(relay, { close: turns.close });
};
export {
  createRelay,
  problemOfRequest,
  toPersonalize
};
//# sourceMappingURL=relay.js.map
