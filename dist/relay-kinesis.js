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

// node_modules/p-throttle/index.js
var states = /* @__PURE__ */ new WeakMap();
var signalThrottleds = /* @__PURE__ */ new WeakMap();
var finalizationRegistry = new FinalizationRegistry(({ signalWeakRef, weakReference }) => {
  const signal = signalWeakRef.deref();
  if (!signal) {
    return;
  }
  const registration = signalThrottleds.get(signal);
  if (registration) {
    registration.throttleds.delete(weakReference);
    if (registration.throttleds.size === 0) {
      signal.removeEventListener("abort", registration.listener);
      signalThrottleds.delete(signal);
    }
  }
});
function pThrottle({ limit, interval, strict, signal, onDelay, weight }) {
  if (!Number.isFinite(limit)) {
    throw new TypeError("Expected `limit` to be a finite number");
  }
  if (!Number.isFinite(interval)) {
    throw new TypeError("Expected `interval` to be a finite number");
  }
  if (limit < 0) {
    throw new TypeError("Expected `limit` to be >= 0");
  }
  if (interval < 0) {
    throw new TypeError("Expected `interval` to be >= 0");
  }
  if (weight !== void 0 && typeof weight !== "function") {
    throw new TypeError("Expected `weight` to be a function");
  }
  if (weight && interval === 0) {
    throw new TypeError("The `weight` option cannot be used with `interval` of 0");
  }
  const state = {
    queue: /* @__PURE__ */ new Map(),
    strictTicks: [],
    // Track windowed algorithm state so it can be reset on abort
    currentTick: 0,
    activeWeight: 0
  };
  const strictCapacity = Math.max(limit, 1);
  const insertTickSorted = (tickRecord) => {
    if (state.strictTicks.length === 0 || tickRecord.time >= state.strictTicks.at(-1).time) {
      state.strictTicks.push(tickRecord);
    } else {
      const insertIndex = state.strictTicks.findIndex((tick) => tick.time > tickRecord.time);
      state.strictTicks.splice(insertIndex, 0, tickRecord);
    }
  };
  function windowedDelay(requestWeight) {
    const now = Date.now();
    if (now - state.currentTick > interval) {
      state.activeWeight = requestWeight;
      state.currentTick = now;
      return 0;
    }
    if (state.activeWeight + requestWeight <= limit) {
      state.activeWeight += requestWeight;
    } else {
      state.currentTick += interval;
      state.activeWeight = requestWeight;
    }
    return state.currentTick - now;
  }
  function weightedDelay(requestWeight, now, ticks) {
    const findBlockingTick = (time) => {
      let windowStart = 0;
      let windowWeight = 0;
      for (const [index, tick] of ticks.entries()) {
        if (tick.time >= time + interval) {
          break;
        }
        windowWeight += tick.weight;
        const windowEnd = Math.max(time, tick.time);
        while (windowStart <= index && ticks[windowStart].time <= windowEnd - interval) {
          windowWeight -= ticks[windowStart].weight;
          windowStart++;
        }
        if (windowWeight + requestWeight > limit) {
          return ticks[windowStart];
        }
      }
    };
    let nextExecutionTime = now;
    let blockingTick = findBlockingTick(nextExecutionTime);
    while (blockingTick) {
      nextExecutionTime = blockingTick.time + interval;
      blockingTick = findBlockingTick(nextExecutionTime);
    }
    const tickRecord = {
      time: nextExecutionTime,
      weight: requestWeight,
      isExecuted: false
    };
    insertTickSorted(tickRecord);
    return { delay: Math.max(0, nextExecutionTime - now), tickRecord };
  }
  function strictDelay(requestWeight) {
    const now = Date.now();
    if (state.strictTicks.length > 0 && now - state.strictTicks.at(-1).time > interval) {
      state.strictTicks.length = 0;
    }
    if (weight) {
      while (state.strictTicks.length > 0 && now - state.strictTicks[0].time >= interval) {
        state.strictTicks.shift();
      }
      return weightedDelay(requestWeight, now, state.strictTicks);
    }
    if (state.strictTicks.length < strictCapacity) {
      state.strictTicks.push({ time: now, weight: requestWeight });
      return { delay: 0 };
    }
    const oldestTime = state.strictTicks[0].time;
    const mostRecentTime = state.strictTicks.at(-1).time;
    const baseTime = oldestTime + interval;
    const minSpacing = interval > 0 ? Math.ceil(interval / strictCapacity) : 0;
    const nextExecutionTime = baseTime <= mostRecentTime ? mostRecentTime + minSpacing : baseTime;
    state.strictTicks.shift();
    const tickRecord = { time: nextExecutionTime, weight: requestWeight };
    state.strictTicks.push(tickRecord);
    return { delay: Math.max(0, nextExecutionTime - now), tickRecord };
  }
  const getDelay = strict ? strictDelay : windowedDelay;
  return (function_) => {
    const throttled = function(...arguments_) {
      if (!throttled.isEnabled) {
        return (async () => function_.apply(this, arguments_))();
      }
      let timeoutId;
      return new Promise((resolve, reject) => {
        let requestWeight = 1;
        if (weight) {
          try {
            requestWeight = weight(...arguments_);
          } catch (error) {
            reject(error);
            return;
          }
          if (!Number.isFinite(requestWeight) || requestWeight < 0) {
            reject(new TypeError("Expected `weight` to be a finite non-negative number"));
            return;
          }
          if (requestWeight > limit) {
            reject(new TypeError(`Expected \`weight\` (${requestWeight}) to be <= \`limit\` (${limit})`));
            return;
          }
        }
        const delayResult = getDelay(requestWeight);
        const delay = strict ? delayResult.delay : delayResult;
        let tickRecord = strict ? delayResult.tickRecord : void 0;
        const execute = () => {
          if (tickRecord) {
            const actualTime = Date.now();
            if (weight) {
              const index = state.strictTicks.indexOf(tickRecord);
              if (index !== -1) {
                state.strictTicks.splice(index, 1);
              }
              const executedTicks = state.strictTicks.filter((tick) => tick.isExecuted);
              const updatedDelayResult = weightedDelay(requestWeight, actualTime, executedTicks);
              tickRecord = updatedDelayResult.tickRecord;
              if (updatedDelayResult.delay > 0) {
                state.queue.delete(timeoutId);
                timeoutId = setTimeout(execute, updatedDelayResult.delay);
                state.queue.set(timeoutId, reject);
                return;
              }
              tickRecord.isExecuted = true;
            } else {
              tickRecord.time = actualTime;
            }
          }
          try {
            resolve(function_.apply(this, arguments_));
          } catch (error) {
            reject(error);
          }
          state.queue.delete(timeoutId);
        };
        if (delay > 0) {
          timeoutId = setTimeout(execute, delay);
          state.queue.set(timeoutId, reject);
          try {
            onDelay?.(...arguments_);
          } catch {
          }
        } else {
          execute();
        }
      });
    };
    signal?.throwIfAborted();
    if (signal) {
      let registration = signalThrottleds.get(signal);
      if (!registration) {
        registration = {
          throttleds: /* @__PURE__ */ new Set(),
          listener: null
        };
        registration.listener = () => {
          for (const weakReference2 of registration.throttleds) {
            const function_2 = weakReference2.deref();
            if (!function_2) {
              continue;
            }
            const functionState = states.get(function_2);
            if (!functionState) {
              continue;
            }
            for (const timeout of functionState.queue.keys()) {
              clearTimeout(timeout);
              functionState.queue.get(timeout)(signal.reason);
            }
            functionState.queue.clear();
            functionState.strictTicks.length = 0;
            functionState.currentTick = 0;
            functionState.activeWeight = 0;
          }
          signalThrottleds.delete(signal);
        };
        signalThrottleds.set(signal, registration);
        signal.addEventListener("abort", registration.listener, { once: true });
      }
      const weakReference = new WeakRef(throttled);
      registration.throttleds.add(weakReference);
      finalizationRegistry.register(throttled, {
        signalWeakRef: new WeakRef(signal),
        weakReference
      });
    }
    throttled.isEnabled = true;
    Object.defineProperty(throttled, "queueSize", {
      get() {
        return state.queue.size;
      }
    });
    states.set(throttled, state);
    return throttled;
  };
}

// src/batch.ts
var MAX_BATCH_EVENTS = 10;
var halves = (batch) => {
  const middle = batch.length >> 1;
  return [batch.slice(0, middle), batch.slice(middle)];
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

// src/settle.ts
var FIRST_RETRY_MS = 1e3;
var LONGEST_RETRY_MS = 6e4;
var LONGEST_WAIT_MS = 36e5;
var backoff = (failures, jitter) => jitter() * Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
var FIXES = {
  // What the role may not do stands in the service's message.
  AccessDeniedException: 'allow the role that on Resource "*"',
  ResourceNotFoundException: "check trackingId, identityPoolId, region",
  NotAuthorizedException: "allow guest access"
};
var settle = (answer, { size, failures, resigned, posted, jitter }) => {
  const { status, kind, retryAfterMs, body } = answer;
  if (status >= 200 && status < 300) return { do: "forget" };
  if (!status || [408, 409, 429].includes(status) || status >= 500 || /Throttl|TooMany/.test(kind)) {
    return { do: "retry", inMs: Math.min(retryAfterMs || backoff(failures, jitter), LONGEST_WAIT_MS) };
  }
  if (status === 403 && posted && !resigned && kind !== "AccessDeniedException") {
    return { do: "resign", renew: kind !== "InvalidSignatureException" };
  }
  const isBatchAtFault = posted && (status === 413 || status === 400 && !(kind in FIXES));
  if (isBatchAtFault && size > 1) return { do: "split" };
  const [message] = `${body.message ?? body.Message ?? ""}`.split("\n");
  const because = [status, kind, message, FIXES[kind]].filter(Boolean).join(" ");
  return { do: isBatchAtFault ? "drop" : "halt", because };
};

// src/sdk-error.ts
var answerOf = (error) => {
  const { name, message, $metadata } = error;
  return { status: $metadata?.httpStatusCode ?? 0, kind: name ?? "", body: { message }, retryAfterMs: 0 };
};
var verdictOf = (error, size) => settle(answerOf(error), { size, failures: 0, resigned: true, posted: true, jitter: () => 0 });

// src/lib/attempt.ts
var attempt = (run) => {
  try {
    return run();
  } catch {
    return void 0;
  }
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

// src/relay/regroup.ts
var apart = (batch) => "eventList" in batch ? batch.eventList.map((event) => ({ batch: { ...batch, eventList: [event] } })) : batch.actionInteractions.map((one) => ({ batch: { ...batch, actionInteractions: [one] } }));
var sessionOf = (batch) => "eventList" in batch ? batch.sessionId : batch.actionInteractions[0]?.sessionId;
var bySession = (singles) => {
  const sessions = /* @__PURE__ */ new Map();
  for (const single of singles) {
    const session = sessionOf(single.batch);
    const before = sessions.get(session);
    if (before) before.push(single);
    else sessions.set(session, [single]);
  }
  return [...sessions.values()];
};
var envelopeOf = (batch) => JSON.stringify("eventList" in batch ? [batch.trackingId, batch.sessionId, batch.userId] : batch.trackingId);
var byRequest = (singles) => {
  const requests = [];
  let before;
  for (const single of singles) {
    const envelope = envelopeOf(single.batch);
    const request = requests[requests.length - 1];
    if (request && envelope === before && request.length < MAX_BATCH_EVENTS) request.push(single);
    else requests.push([single]);
    before = envelope;
  }
  return requests;
};
var join = (singles) => {
  const batches = singles.map(({ batch }) => batch);
  const [first] = batches;
  return "eventList" in first ? { ...first, eventList: batches.flatMap((batch) => "eventList" in batch ? batch.eventList : []) } : {
    ...first,
    actionInteractions: batches.flatMap(
      (batch) => "eventList" in batch ? [] : batch.actionInteractions
    )
  };
};

// src/relay/record.ts
var decode = (data) => new TextDecoder().decode(Uint8Array.from(atob(data), (character) => character.charCodeAt(0)));
var parse = (text2) => attempt(() => JSON.parse(text2));
var read = ({ kinesis }) => {
  const { sequenceNumber } = kinesis;
  const text2 = decode(kinesis.data);
  const body = Object(parse(text2));
  const isOfActions = "actionInteractions" in body && !("eventList" in body);
  const operation = isOfActions ? "action-interactions" : "events";
  const list = isOfActions ? body.actionInteractions : body.eventList;
  if (!Array.isArray(list) || !list.length) {
    const reason = problemOfRequest(operation, parse(text2)) ?? "the record is no batch";
    return { singles: [], rejected: [{ sequenceNumber, reason, data: text2 }] };
  }
  const singles = [];
  const rejected = [];
  for (const { batch } of apart(body)) {
    const reason = problemOfRequest(operation, batch);
    if (reason) rejected.push({ sequenceNumber, reason, data: batch });
    else singles.push({ sequenceNumber, batch });
  }
  return { singles, rejected };
};

// src/relay/consumer.ts
var SERVICE_REQUESTS_PER_SECOND = 1e3;
var MAX_SESSIONS_AT_A_TIME = 50;
var LAST_REQUEST_MS = 2e3;
var CHECKS2 = {
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
  const [problem] = check({ forward: forward ?? null, requestsPerSecond }, CHECKS2).problems;
  if (problem) throw new Error(`createConsumer: ${problem}`);
  const turn = pThrottle({ limit: requestsPerSecond, interval: 1e3, strict: true })(() => {
  });
  const beside = pLimit(MAX_SESSIONS_AT_A_TIME);
  return async ({ Records }, context) => {
    const records = Records.map(read);
    for (const { rejected } of records) for (const one of rejected) await onRejected(one);
    const singles = records.flatMap((record) => record.singles);
    const undelivered = new Set(singles);
    let isStopped = false;
    const mayGoOn = () => !isStopped && !(context && context.getRemainingTimeInMillis() < LAST_REQUEST_MS);
    const send = async (request) => {
      await turn();
      if (!mayGoOn()) return;
      const [{ sequenceNumber, batch }] = request;
      try {
        await forward(join(request));
      } catch (error) {
        const verdict = verdictOf(error, request.length);
        if (verdict.do === "split") {
          for (const half of halves(request)) await send(half);
          return;
        }
        if (verdict.do !== "drop") throw error;
        await onRejected({ sequenceNumber, reason: verdict.because, data: batch });
      }
      for (const single of request) undelivered.delete(single);
    };
    const sendSession = async (session) => {
      try {
        for (const request of byRequest(session)) if (mayGoOn()) await send(request);
      } catch (error) {
        if (!isStopped) onError(error);
        isStopped = true;
      }
    };
    await Promise.all(bySession(singles).map((session) => beside(() => sendSession(session))));
    const [first] = undelivered;
    return { batchItemFailures: first ? [{ itemIdentifier: first.sequenceNumber }] : [] };
  };
};

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

// src/relay/kinesis.ts
import { PutRecordCommand } from "@aws-sdk/client-kinesis";
var CHECKS3 = {
  client: ["a KinesisClient", isPlainObject],
  // Kinesis's own limit.
  streamName: text(128)
};
var THROTTLING = /Throttl|ThroughputExceeded|LimitExceeded/;
var inTermsOfTheService = (error) => {
  const { name, message, $metadata } = error;
  const status = $metadata?.httpStatusCode;
  if (!status || status >= 500) return error;
  const refusal = status === 429 || THROTTLING.test(name) ? (
    // A relay hands this on to pages: the stream's own words name the account.
    { name: "ThrottlingException", message: "the stream is full for now", status: 429 }
  ) : { name, message, status: 403 };
  return Object.assign(new Error(refusal.message), {
    name: refusal.name,
    $metadata: { ...$metadata, httpStatusCode: refusal.status },
    cause: error
  });
};
var recordsOf = (batch) => bySession(apart(batch)).map(join);
var toKinesis = ({ client, streamName }) => {
  const [problem] = check({ client: client ?? null, streamName: streamName ?? null }, CHECKS3).problems;
  if (problem) throw new Error(`toKinesis: ${problem}`);
  return async (batch) => {
    try {
      for (const record of recordsOf(batch)) {
        await client.send(
          new PutRecordCommand({
            StreamName: streamName,
            PartitionKey: sessionOf(record),
            Data: new TextEncoder().encode(JSON.stringify(record))
          })
        );
      }
    } catch (error) {
      throw inTermsOfTheService(error);
    }
  };
};
export {
  createConsumer,
  toKinesis,
  toPersonalize
};
//# sourceMappingURL=relay-kinesis.js.map
