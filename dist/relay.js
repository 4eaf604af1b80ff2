// src/batch.ts
var MAX_BATCH_EVENTS = 10;

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
var problemOfEvent = ({ properties, sentAt, ...event }) => problemOf({ ...event, properties: fromText(properties), sentAt: sentAt ?? null });
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
export {
  problemOfRequest
};
//# sourceMappingURL=relay.js.map
