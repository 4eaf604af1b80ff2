#!/usr/bin/env node

// src/lib/sha256.ts
var PRIMES = [];
for (let n = 2; n < 312; n++) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
var fractions = (root) => PRIMES.map((prime) => root(prime) % 1 * 2 ** 32 | 0);
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
  let state = START;
  const w = [];
  for (let block = 0; block < bytes.length; block += 64) {
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const at = (back) => w[i - back];
      w[i] = i < 16 ? words.getInt32(block + i * 4) : at(16) + (rotate(at(15), 7) ^ rotate(at(15), 18) ^ at(15) >>> 3) + at(7) + (rotate(at(2), 17) ^ rotate(at(2), 19) ^ at(2) >>> 10) | 0;
      const t = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (e & f ^ ~e & g) + ROUNDS[i] + at(0);
      const u = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + (a & b ^ a & c ^ b & c);
      [a, b, c, d, e, f, g, h] = [t + u | 0, a, b, c, d + t | 0, e, f, g];
    }
    state = [a, b, c, d, e, f, g, h].map((value, i) => value + state[i] | 0);
  }
  state.forEach((value, i) => {
    words.setInt32(i * 4, value);
  });
  return bytes.slice(0, 32);
};

// src/sign.ts
var ALGORITHM = "AWS4-HMAC-SHA256";
var BLOCK_BYTES = 64;
var utf8 = (text2) => new TextEncoder().encode(text2);
var hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
var hashOf = (text2) => hex(sha256(utf8(text2)));
var hmac = (key, text2) => {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? sha256(key) : key);
  const hash = (pad, message) => sha256([...block.map((byte) => byte ^ pad), ...message]);
  return hash(92, hash(54, utf8(text2)));
};
var encode = (text2) => encodeURIComponent(text2).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
var signature = (canonicalRequest, secret, time, scope) => {
  const stringToSign = [ALGORITHM, time, scope, hashOf(canonicalRequest)].join("\n");
  const signingKey = scope.split("/").reduce(hmac, utf8(`AWS4${secret}`));
  return hex(hmac(signingKey, stringToSign));
};
var prepare = ({ url, body }, { accessKeyId, secretAccessKey }, region, at) => {
  const time = new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${time.slice(0, 8)}/${region}/personalize/aws4_request`;
  const { host, pathname } = new URL(url);
  const sign = (query, headers) => {
    const canonicalRequest = [
      "POST",
      // Encoded once more than the URL is, as every service but S3 wants it.
      pathname.split("/").map(encode).join("/"),
      query,
      ...Object.entries(headers).map((header) => header.join(":")),
      "",
      Object.keys(headers).join(";"),
      hashOf(body)
    ].join("\n");
    return signature(canonicalRequest, secretAccessKey, time, scope);
  };
  return [time, `${accessKeyId}/${scope}`, host, sign];
};
var signHeaders = (request, credentials, region, at) => {
  const [time, credential, host, sign] = prepare(request, credentials, region, at);
  const headers = {
    "content-type": "application/json",
    host,
    "x-amz-date": time,
    ...credentials.sessionToken && { "x-amz-security-token": credentials.sessionToken }
  };
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${credential}, SignedHeaders=${Object.keys(headers).join(";")}, Signature=${sign("", headers)}`
  };
};
var presign = (request, credentials, region, at) => {
  const [time, credential, host, sign] = prepare(request, credentials, region, at);
  const { sessionToken } = credentials;
  const query = `X-Amz-Algorithm=${ALGORITHM}&X-Amz-Credential=${encode(credential)}&X-Amz-Date=${time}&X-Amz-Expires=3600${sessionToken ? `&X-Amz-Security-Token=${encode(sessionToken)}` : ""}&X-Amz-SignedHeaders=host`;
  return `${request.url}?${query}&X-Amz-Signature=${sign(query, { host })}`;
};
var createSigner = (credentials, region, now) => ({
  signHeaders: (request) => signHeaders(request, credentials, region, now()),
  presign: (request) => presign(request, credentials, region, now())
});

// src/cli/check/answers.ts
var MAX_MESSAGE_CHARACTERS = 300;
var conceal = (text2, secrets) => secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]).reduce((rest, secret) => rest.replaceAll(secret, "(hidden)"), text2);
var tell = ({ status, kind, body }, secrets = []) => {
  const [message = ""] = `${body.message ?? body.Message ?? ""}`.split("\n");
  const shown = conceal(message, secrets).replace(new RegExp("\\p{Cc}", "gu"), " ").slice(0, MAX_MESSAGE_CHARACTERS);
  return [status, kind, shown].filter(Boolean).join(" ");
};
var generalFix = ({ status, kind }) => {
  if (status === 429 || /Throttl|TooMany/.test(kind)) {
    return "Too many requests: try again in a minute. If it goes on, have the quota raised.";
  }
  if (status >= 500) return "The service, or what stands before it, has failed: try again later.";
  if (status >= 300 && status < 400) return "Name the address that it redirects to.";
  return void 0;
};
var UNKNOWN = "See docs/troubleshooting.md, or what stands between this machine and the service.";
var COGNITO_FIXES = {
  NotAuthorizedException: 'Turn on guest ("unauthenticated") access in the identity pool, and give it a role.',
  ResourceNotFoundException: "There is no such pool in this region: copy --identity-pool-id from the Cognito console, region and colon included.",
  InvalidIdentityPoolConfigurationException: "Give the pool a guest role that it may assume: the role's trust policy names cognito-identity.amazonaws.com, with this pool's ID as cognito-identity.amazonaws.com:aud and unauthenticated as :amr.",
  InvalidParameterException: "Copy --identity-pool-id from the Cognito console, region and colon included."
};
var cognitoFix = (answer) => generalFix(answer) ?? COGNITO_FIXES[answer.kind] ?? UNKNOWN;
var statement = (action) => JSON.stringify({ Effect: "Allow", Action: `personalize:${action}`, Resource: "*" });
var putFix = (answer, action, flag, skew) => {
  const fixes = {
    AccessDeniedException: `Add this statement to the policy of the pool's guest role, with * and not the tracker's ARN: ${statement(action)}`,
    ResourceNotFoundException: `There is no such tracker in this region: ${flag} is its tracking ID (not the ARN), it must be ACTIVE, and --region its region.`,
    InvalidSignatureException: skew ? `This machine's clock is ${skew}. Set it; and let the answers expose Date, or visitors with a wrong clock are refused, too.` : "Look whether --region is that of the endpoint, and whether a proxy changes host, path or body, all of which are signed.",
    InvalidInputException: `Its message says what it dislikes; look at ${flag} first.`
  };
  const ofCredentials = "The credentials are not good here: let the identity pool and the event tracker be of one AWS account and partition.";
  return generalFix(answer) ?? fixes[answer.kind] ?? (/Token|UnrecognizedClient/.test(answer.kind) ? ofCredentials : UNKNOWN);
};
var relayFix = (answer, url, type) => {
  const { status } = answer;
  const fixes = {
    400: `Let it take a batch of PutEvents as ${type}; its message says what it dislikes.`,
    401: "Let it take batches without a login: visitors have none.",
    403: "Let it take batches without a login or a CSRF token: a page that is left can send none.",
    404: `Let it answer at ${url}: the tracker appends that last part to --endpoint.`,
    405: `Let it take POST at ${url}.`,
    415: `Let it take ${type}: the body is JSON all the same.`
  };
  return generalFix(answer) ?? fixes[status] ?? UNKNOWN;
};

// src/cli/check/walk.ts
var ok = (detail) => ({ status: "ok", detail });
var warning = (detail, fix) => ({ status: "warning", detail, fix });
var failed = (detail, fix) => ({ status: "failed", detail, fix });
var skipped = (detail) => ({ status: "skipped", detail });
var walk = async (steps, onDone) => {
  const results = [];
  const blame = /* @__PURE__ */ new Map();
  for (const { name: name2, needs = [], run } of steps) {
    const culprit = needs.map((need) => blame.get(need)).find(Boolean);
    const began = performance.now();
    const finding = culprit ? skipped(`because of ${culprit}`) : await run();
    const ms = Math.round(performance.now() - began);
    const result = { name: name2, ...finding, ...finding.status !== "skipped" && { ms } };
    if (culprit || finding.status === "failed") blame.set(name2, culprit ?? name2);
    results.push(result);
    onDone(result);
  }
  return results;
};

// src/cli/check/clock.ts
var MAX_SKEW_MS = 5 * 6e4;
var skewOf = ({ offset }) => {
  const seconds = Math.round(Math.abs(offset) / 1e3);
  const amount = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return offset ? `${amount} ${offset > 0 ? "behind" : "ahead"}` : "";
};
var clockStep = (measured) => ({
  name: "clock",
  run() {
    if (measured.known() === void 0) return skipped("no answer had a Date");
    const skew = skewOf(measured);
    if (!skew) return ok("agrees with the answers' Date, to ten seconds");
    const judge = Math.abs(measured.offset) > MAX_SKEW_MS ? failed : warning;
    return judge(
      `this machine's is ${skew}, by the answers' Date`,
      "Set it. The signatures here were corrected by what could be read of Date, as visitors' are by the tracker."
    );
  }
});

// src/cognito.ts
var askCognito = async (ask, url, identityPoolId, kept) => {
  const call = async (operation, input) => {
    const answer = await ask({
      url,
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSCognitoIdentityService.${operation}`
      },
      body: JSON.stringify(input)
    });
    if (answer.status !== 200) throw { answer };
    return answer.body;
  };
  const identityId = kept ?? (await call("GetId", { IdentityPoolId: identityPoolId })).IdentityId;
  try {
    const { Credentials: c } = await call("GetCredentialsForIdentity", { IdentityId: identityId });
    return {
      identityId,
      credentials: {
        accessKeyId: c.AccessKeyId,
        secretAccessKey: c.SecretKey,
        sessionToken: c.SessionToken,
        expiration: new Date(c.Expiration * 1e3)
      }
    };
  } catch (error) {
    const { answer } = error;
    if (kept && answer?.kind === "ResourceNotFoundException") return askCognito(ask, url, identityPoolId);
    throw error;
  }
};

// src/lib/attempt.ts
var attempt = (run) => {
  try {
    return run();
  } catch {
    return void 0;
  }
};

// src/lib/http.ts
var NO_ANSWER = { status: 0, kind: "", body: {}, retryAfterMs: 0 };
var toAnswer = async (response) => {
  const content = await response.json().catch(() => {
  }) ?? {};
  const kind = response.headers.get("x-amzn-errortype") ?? content.__type ?? "";
  return {
    status: response.status,
    // `Kind:http://…` in the header, `namespace#Kind` in some bodies.
    kind: kind.replace(/:.*|.*#/g, ""),
    body: content,
    retryAfterMs: Number(response.headers.get("retry-after")) * 1e3
  };
};
var KEEPALIVE_BYTES = 64 * 1024;

// src/cli/check/cors.ts
var listOf = (headers, name2) => (headers.get(name2) ?? "").split(",").map((entry) => entry.trim().toLowerCase()).filter(Boolean);
var isCrossOrigin = (url, origin) => new URL(url).origin !== origin;
var allowsOrigin = (headers, origin) => ["*", origin].includes(headers.get("access-control-allow-origin") ?? "");
var exposes = (headers, name2) => {
  const exposed = listOf(headers, "access-control-expose-headers");
  return exposed.includes("*") || exposed.includes(name2.toLowerCase());
};
var allowOriginFix = (headers, origin) => {
  const allowed = headers.get("access-control-allow-origin");
  return `Let it answer with Access-Control-Allow-Origin: ${origin}, or *; it has ${allowed ? `"${allowed}"` : "none"}. AWS itself allows all: what answers in its place is a proxy or another host.`;
};

// src/cli/check/preflight.ts
var isAllowed = (name2, allowed) => allowed.includes(name2) || allowed.includes("*") && name2 !== "authorization";
var keptFor = (headers) => {
  const seconds = Number(headers.get("access-control-max-age") ?? Number.NaN);
  return Number.isFinite(seconds) ? `kept for ${seconds} s` : "kept for 5 s, without Access-Control-Max-Age";
};
var judgePreflight = ({ answer: { status }, headers, trouble }, asked, origin) => {
  if (trouble) return failed(trouble.detail, trouble.fix);
  if (status < 200 || status > 299) {
    return failed(
      `OPTIONS is answered ${status}`,
      "Let it answer OPTIONS with a status of 200 to 299, without a login and without a redirect."
    );
  }
  if (!allowsOrigin(headers, origin)) {
    return failed(`does not allow ${origin}`, allowOriginFix(headers, origin));
  }
  const allowed = listOf(headers, "access-control-allow-headers");
  const missing = asked.filter((name2) => !isAllowed(name2, allowed));
  if (missing.length) {
    return failed(
      `does not allow ${missing.join(", ")}`,
      `Let it answer OPTIONS with Access-Control-Allow-Headers: ${asked.join(", ")}.`
    );
  }
  return ok(`allows the origin, ${asked.join(", ")}; ${keptFor(headers)}`);
};
var preflightStep = (browser, name2, needs, url, asked) => ({
  name: name2,
  needs,
  run: async () => isCrossOrigin(url, browser.origin) ? judgePreflight(await browser.preflight(url, asked), asked, browser.origin) : skipped("not asked for within one origin")
});

// src/cli/check/readable.ts
var READ_OF_AWS = {
  Date: "a visitor's wrong clock cannot be corrected by it, and from five minutes off his requests are refused",
  "x-amzn-ErrorType": "a refusal for good is not told from a passing one"
};
var READ_OF_ENDPOINT = {
  Date: "the time of events cannot be corrected by it where a visitor's clock is wrong"
};
var judgeReadable = ({ answer: { status }, headers }, url, origin, read) => {
  if (!isCrossOrigin(url, origin)) return ok(`${status}`);
  if (!allowsOrigin(headers, origin)) {
    return failed(
      `${status}, and ${origin} may not read it: the tracker would send the same again and again`,
      allowOriginFix(headers, origin)
    );
  }
  const hidden = Object.keys(read).filter((name2) => !exposes(headers, name2));
  return hidden.length ? warning(
    `${status}, ${hidden.join(" and ")} not exposed: ${hidden.map((name2) => read[name2]).join("; ")}`,
    `Let it answer with Access-Control-Expose-Headers: ${Object.keys(read).join(", ")}.`
  ) : ok([`${status}, readable from the origin`, ...Object.keys(read)].join(", "));
};

// src/cli/check/cognito.ts
var NOT_COGNITO = "Something else answers in the place of Cognito Identity: a proxy, or another host.";
var judgeRefusal = ({ answer, trouble }) => trouble ? failed(trouble.detail, trouble.fix) : failed(tell(answer), cognitoFix(answer));
var about = (ms) => `${Math.round(ms / 6e4)} min`;
var cognitoSteps = (browser, identityUrl, identityPoolId, onCredentials) => {
  let identityId = "";
  const getId = {
    name: "GetId",
    needs: ["Cognito preflight"],
    async run() {
      const replies = [];
      const askOnce = async (request) => {
        if (replies.length) return NO_ANSWER;
        const reply2 = await browser.post(request);
        replies.push(reply2);
        return reply2.answer;
      };
      await askCognito(askOnce, identityUrl, identityPoolId).catch(() => {
      });
      const [reply] = replies;
      if (reply.answer.status !== 200) return judgeRefusal(reply);
      identityId = reply.answer.body.IdentityId;
      if (!identityId) return failed("200 without an IdentityId", NOT_COGNITO);
      return judgeReadable(reply, identityUrl, browser.origin, {});
    }
  };
  const getCredentials = {
    name: "GetCredentialsForIdentity",
    needs: ["GetId"],
    async run() {
      let reply;
      const ask = async (request) => {
        reply = await browser.post(request);
        return reply.answer;
      };
      try {
        const { credentials } = await askCognito(ask, identityUrl, identityPoolId, identityId);
        onCredentials(credentials);
        return ok(
          `guest credentials for ${about(+credentials.expiration - browser.measured.now())}`
        );
      } catch {
        const last = reply;
        return last.answer.status === 200 ? failed("200 without credentials", NOT_COGNITO) : judgeRefusal(last);
      }
    }
  };
  return [
    preflightStep(browser, "Cognito preflight", ["options"], identityUrl, ["content-type", "x-amz-target"]),
    getId,
    getCredentials
  ];
};

// src/cli/check/host.ts
var hostStep = (browser, name2, url) => ({
  name: name2,
  needs: ["options"],
  async run() {
    const { trouble } = await browser.get(url);
    return trouble ? failed(trouble.detail, trouble.fix) : ok(`${new URL(url).host} answers`);
  }
});

// src/cli/check/options.ts
var isLocal = ({ hostname }) => /^(localhost|.+\.localhost|127\..+|\[::1\])$/.test(hostname);
var optionsStep = ({ settings, origin, isOriginAssumed }) => ({
  name: "options",
  run() {
    const { trackingId, identityPoolId, region, endpointUrl, identityEndpoint, identityUrl } = settings;
    const insecure = [endpointUrl, ...identityPoolId ? [identityUrl] : []].map((url) => new URL(url)).find((url) => url.protocol === "http:" && !isLocal(url));
    if (insecure && origin.startsWith("https:")) {
      return failed(
        `${origin} is HTTPS, ${insecure.href} is not`,
        "Browsers block that as mixed content: serve it by HTTPS."
      );
    }
    const poolRegion = identityPoolId?.split(":")[0];
    if (poolRegion !== region) {
      const detail = `region is ${region}, the pool is in ${poolRegion}`;
      return identityEndpoint ? warning(detail, `That is right if the event tracker is in ${region}; else leave out --region.`) : failed(
        detail,
        `Leave out --region if the event tracker is in ${poolRegion}. If it is in ${region}, say where the pool is: --identity-endpoint-url https://cognito-identity.${poolRegion}.amazonaws.com, on the tag data-identity-endpoint.`
      );
    }
    const assumed = isOriginAssumed ? " (assumed; --origin tells another)" : "";
    return ok(
      `tracker ${trackingId}, ${identityPoolId ? `region ${region}` : "unsigned"}, origin ${origin}${assumed}`
    );
  }
});

// src/cli/check/probe.ts
import { randomUUID } from "node:crypto";

// src/batch.ts
var isOfAction = ({ event }) => !!event.actionId;
var toRequest = ({ trackingId, actionTrackingId, endpointUrl }, batch, offset) => {
  const [first] = batch;
  const { sessionId, userId } = first;
  const list = batch.map((item) => {
    const time = Math.round(item.event.sentAt * 1e3 + (item.offset ?? offset)) / 1e3;
    return isOfAction(item) ? { ...item.event, sentAt: void 0, timestamp: time, sessionId, userId } : { ...item.event, sentAt: time };
  });
  const [path, body] = isOfAction(first) ? ["action-interactions", { trackingId: actionTrackingId, actionInteractions: list }] : ["events", { trackingId, sessionId, eventList: list, userId }];
  return { url: `${endpointUrl}/${path}`, body: JSON.stringify(body) };
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
  for (const name2 of Object.keys(input)) {
    const value = input[name2];
    if (value === void 0) continue;
    if (!names.includes(name2)) problems.push(`${name2} is unknown; use ${names.join(", ")}`);
    else if (checks[name2][1](value)) valid[name2] = value;
    else problems.push(`${name2} must be ${checks[name2][0]}; got ${show(value)}`);
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
var recordEvent = (event, now, mint) => {
  const named = {
    ...event,
    eventId: event.eventId ?? mint(),
    properties: event.properties && JSON.stringify(event.properties),
    sentAt: typeof event.sentAt === "number" ? event.sentAt : +(event.sentAt ?? now) / 1e3
  };
  return JSON.parse(JSON.stringify(named, [...Object.keys(CHECKS), "eventAttributionSource", "actionId"]));
};

// src/cli/check/probe.ts
var IGNORED_SESSION_ID = "null";
var TEST_ID = "personalize-beacon-check";
var probe = (settings, operation, offset) => {
  const now = Date.now();
  const event = operation === "events" ? { eventType: TEST_ID, itemId: TEST_ID } : { eventType: "Viewed", actionId: TEST_ID };
  const item = {
    event: recordEvent(event, now, randomUUID),
    recordedAt: now,
    size: 0,
    sessionId: IGNORED_SESSION_ID
  };
  return toRequest(settings, [item], offset);
};

// src/cli/check/aws.ts
var SIGNED_HEADERS = ["authorization", "content-type", "x-amz-date", "x-amz-security-token"];
var PUTS = {
  events: { action: "PutEvents", flag: "--tracking-id" },
  "action-interactions": { action: "PutActionInteractions", flag: "--action-tracking-id" }
};
var KEEPALIVE = `Set exitTransport: 'keepalive' (data-exit-transport="keepalive" on the tag): pages are then left by keepalive requests with signed headers. Then check again with --exit-transport keepalive.`;
var awsSteps = (setup, browser) => {
  const { settings } = setup;
  const { endpointUrl, identityUrl, region } = settings;
  const { clock, measured, origin } = browser;
  let credentials;
  let signer;
  const judge = (reply, operation) => {
    const { answer, trouble } = reply;
    if (trouble) return failed(trouble.detail, trouble.fix);
    if (answer.status === 200) {
      return judgeReadable(reply, `${endpointUrl}/${operation}`, origin, READ_OF_AWS);
    }
    const { secretAccessKey, sessionToken } = credentials;
    const { action, flag } = PUTS[operation];
    return failed(
      tell(answer, [secretAccessKey, sessionToken]),
      putFix(answer, action, flag, clock.offset ? "" : skewOf(measured))
    );
  };
  const putSteps = (operation) => {
    const { action } = PUTS[operation];
    const preflight2 = `${action} preflight`;
    const post = () => {
      const request = probe(settings, operation, clock.offset);
      return browser.post({ ...request, headers: signer.signHeaders(request) });
    };
    return [
      preflightStep(browser, preflight2, ["region"], `${endpointUrl}/${operation}`, SIGNED_HEADERS),
      {
        name: action,
        needs: [preflight2, "GetCredentialsForIdentity"],
        async run() {
          const { offset } = clock;
          const reply = await post();
          const isCorrected = reply.answer.status === 403 && clock.offset !== offset;
          return judge(isCorrected ? await post() : reply, operation);
        }
      }
    ];
  };
  const presigned = {
    name: "PutEvents presigned",
    needs: ["PutEvents"],
    async run() {
      if (settings.exitTransport === "keepalive") return skipped("not used with keepalive");
      const request = probe(settings, "events", clock.offset);
      const reply = await browser.beacon(signer.presign(request), request.body);
      const { answer, trouble } = reply;
      if (answer.status === 200) return ok("200 to a text/plain body, as a page that is left sends it");
      const finding = judge(reply, "events");
      return trouble || generalFix(answer) ? finding : { ...finding, fix: KEEPALIVE };
    }
  };
  const guest = cognitoSteps(browser, identityUrl, settings.identityPoolId, (got) => {
    credentials = got;
    signer = createSigner(got, region, clock.now);
  });
  const [preflight, putEvents2] = putSteps("events");
  return [
    optionsStep(setup),
    hostStep(browser, "region", endpointUrl),
    preflight,
    ...guest,
    putEvents2,
    presigned,
    ...settings.actionTrackingId ? putSteps("action-interactions") : [],
    clockStep(measured)
  ];
};

// src/lib/clock.ts
var NOISE_MS = 1e4;
var createClock = (now = Date.now, elapsed = () => performance.now()) => {
  const zero = () => now() - elapsed();
  let learntAt;
  const clock = {
    offset: 0,
    now: () => now() + clock.offset,
    // Before anything is learnt the difference is NaN, which is below nothing.
    known: () => Math.abs(zero() - learntAt) < NOISE_MS ? clock.offset : void 0,
    learn(date) {
      const told = Date.parse(date ?? "");
      if (!told) return;
      const offset = told - now();
      learntAt = zero();
      if (Math.abs(offset - clock.offset) > NOISE_MS) clock.offset = Math.abs(offset) > NOISE_MS ? offset : 0;
    }
  };
  return clock;
};

// src/cli/check/trouble.ts
var REGIONS = "https://docs.aws.amazon.com/general/latest/gr/personalize.html";
var RESOLVES = {
  detail: "no name server answers",
  fix: "Look at the network and the DNS of this machine."
};
var UNREACHABLE = { detail: "cannot be reached", fix: "Look for a firewall, or for a proxy." };
var CUT = {
  detail: "ended the connection without an answer",
  fix: "Try again; if it goes on, look for a firewall or a proxy in between."
};
var TROUBLES = {
  ENOTFOUND: {
    detail: "there is no such host",
    fix: `Look whether the region is spelled right and has the service (${REGIONS}), and whether this machine is online.`
  },
  EAI_AGAIN: RESOLVES,
  ECONNREFUSED: {
    detail: "refuses connections",
    fix: "Look whether host and port are right, and whether something listens there."
  },
  ECONNRESET: CUT,
  UND_ERR_SOCKET: CUT,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  UND_ERR_CONNECT_TIMEOUT: UNREACHABLE
};
var isOfTls = (code) => /CERT|TLS|SSL|UNABLE_TO_|SELF_SIGNED/.test(code);
var proxyHint = () => {
  const name2 = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"].find((name3) => process.env[name3]);
  return name2 ? ` ${name2} is set, and not used: Node does so from 24 on with NODE_USE_ENV_PROXY=1. Else try where no proxy is needed.` : "";
};
var troubleOf = (url, error, timeLimitMs) => {
  const { code = "", message = error.message } = error.cause ?? {};
  const trouble = () => {
    if (error.name === "TimeoutError") {
      return {
        detail: `no answer within ${timeLimitMs / 1e3} s`,
        fix: "Try again, or give it more time by --timeout; if it goes on, look for a firewall or a proxy in between."
      };
    }
    if (isOfTls(code)) {
      return {
        detail: `TLS fails: ${message} (${code})`,
        fix: "The certificate is not one that this machine trusts: a proxy that reads along (NODE_EXTRA_CA_CERTS names its CA), or another host under this name."
      };
    }
    return TROUBLES[code] ?? {
      detail: `no answer: ${[message, code].filter(Boolean).join(" ")}`,
      fix: "Look at the network of this machine."
    };
  };
  const { detail, fix } = trouble();
  return { detail: `${new URL(url).host}: ${detail}`, fix: fix + proxyHint() };
};

// src/cli/check/browser.ts
var createBrowser = (origin, timeLimitMs) => {
  const clock = createClock();
  const measured = createClock();
  const ask = async (url, init) => {
    try {
      const response = await fetch(url, {
        ...init,
        headers: { ...init.headers, origin },
        // Of a preflight it is an error, and nobody who means to take events answers with one.
        redirect: "manual",
        signal: AbortSignal.timeout(timeLimitMs)
      });
      return { answer: await toAnswer(response), headers: response.headers };
    } catch (error) {
      return {
        answer: NO_ANSWER,
        headers: new Headers(),
        trouble: troubleOf(url, error, timeLimitMs)
      };
    }
  };
  const post = async ({ url, headers, body }) => {
    const reply = await ask(url, { method: "POST", headers, body });
    const date = reply.headers.get("date");
    measured.learn(date);
    const isReadable = !isCrossOrigin(url, origin) || allowsOrigin(reply.headers, origin) && exposes(reply.headers, "Date");
    if (isReadable) clock.learn(date);
    return reply;
  };
  return {
    origin,
    clock,
    measured,
    get: (url) => ask(url, {}),
    preflight: (url, asked) => ask(url, {
      method: "OPTIONS",
      headers: {
        "access-control-request-method": "POST",
        "access-control-request-headers": asked.join(",")
      }
    }),
    post,
    beacon: (url, body) => post({ url, body, headers: { "content-type": "text/plain;charset=UTF-8" } })
  };
};

// src/cli/check/relay.ts
var JSON_TYPE = "application/json";
var TEXT_TYPE = "text/plain";
var isSuccess = ({ answer: { status } }) => status >= 200 && status < 300;
var relaySteps = (setup, browser) => {
  const { settings } = setup;
  const { endpointUrl, actionTrackingId, exitTransport } = settings;
  const refusal = ({ answer, trouble }, url, type) => trouble ? failed(trouble.detail, trouble.fix) : failed(`${type} is answered ${tell(answer)}`, relayFix(answer, url, type));
  const putSteps = (operation) => {
    const url = `${endpointUrl}/${operation}`;
    const preflight = `/${operation} preflight`;
    return [
      preflightStep(browser, preflight, ["endpoint"], url, ["content-type"]),
      {
        name: `/${operation}`,
        needs: [preflight],
        async run() {
          const { body } = probe(settings, operation, browser.clock.offset);
          const reply = await browser.post({ url, body, headers: { "content-type": JSON_TYPE } });
          return isSuccess(reply) ? judgeReadable(reply, url, browser.origin, READ_OF_ENDPOINT) : refusal(reply, url, JSON_TYPE);
        }
      },
      {
        name: `/${operation} as text`,
        needs: ["endpoint"],
        async run() {
          if (exitTransport === "keepalive") return skipped("not used with keepalive");
          const { body } = probe(settings, operation, browser.clock.offset);
          const reply = await browser.beacon(url, body);
          return isSuccess(reply) ? ok(`${reply.answer.status} to a ${TEXT_TYPE} body, as a page that is left sends it`) : refusal(reply, url, TEXT_TYPE);
        }
      }
    ];
  };
  return [
    optionsStep(setup),
    hostStep(browser, "endpoint", endpointUrl),
    ...putSteps("events"),
    ...actionTrackingId ? putSteps("action-interactions") : [],
    clockStep(browser.measured)
  ];
};

// src/cli/check/report.ts
import { styleText } from "node:util";

// src/cli/check/tag.ts
var quote = (text2) => text2.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
var tagOf = ({ settings }) => {
  const { trackingId, actionTrackingId, identityPoolId, region, endpoint, identityEndpoint, exitTransport } = settings;
  const attributes = {
    "tracking-id": trackingId,
    "action-tracking-id": actionTrackingId,
    "identity-pool-id": identityPoolId,
    region: identityPoolId?.startsWith(`${region}:`) ? void 0 : region,
    endpoint,
    "identity-endpoint": identityEndpoint,
    "exit-transport": exitTransport
  };
  const given = Object.entries(attributes).filter(([, value]) => value !== void 0);
  const text2 = given.map(([name2, value]) => ` data-${name2}="${quote(value)}"`).join("");
  return `<script async src="/personalize-${"0.1.0"}.js"${text2}></script>`;
};

// src/cli/check/report.ts
var MARKS = {
  ok: { mark: "\u2713", colour: "green" },
  warning: { mark: "!", colour: "yellow" },
  failed: { mark: "\u2717", colour: "red" },
  skipped: { mark: "\u2013", colour: "gray" }
};
var hasColours = () => process.stdout.isTTY && process.stdout.hasColors();
var paint = (colour, text2) => hasColours() ? styleText(colour, text2) : text2;
var lineOf = ({ name: name2, status, detail, fix, ms }, width) => {
  const { mark, colour } = MARKS[status];
  const time = ms ? paint("gray", ` (${ms} ms)`) : "";
  const line = `${paint(colour, mark)} ${name2.padEnd(width)}  ${detail}${time}`;
  return fix ? `${line}
  ${" ".repeat(width)}  \u2192 ${fix}` : line;
};
var namesOf = (results, status) => results.filter((result) => result.status === status).map(({ name: name2 }) => name2).join(", ");
var verdictOf = (results, setup) => {
  const failures = namesOf(results, "failed");
  if (failures) return paint("red", `To fix: ${failures}.`);
  const warnings = namesOf(results, "warning");
  const verdict = paint("green", `All is well${warnings && `, but for warnings: ${warnings}`}.`);
  return `${verdict} The tag:

${tagOf(setup)}`;
};

// src/options.ts
var EVENT_TYPES = {
  load: "view",
  submit: "purchase",
  change: "rate",
  media: "watch"
};
var DEFAULTS = {
  flushInterval: 5e3,
  flushSize: 10,
  sessionMaxAge: 30,
  impressionShare: 50,
  impressionTime: 1e3,
  impressionItems: "seen",
  attribution: true,
  ignoreBots: false,
  respectGpc: true,
  debug: false
};
var within = (min, max, unit) => [
  `${unit} from ${min} to ${max}`,
  (value) => typeof value === "number" && value >= min && value <= max
];
var matching = (expected, pattern) => [
  expected,
  (value) => typeof value === "string" && pattern.test(value)
];
var TEXT = text(256);
var FLAG = oneOf(true, false);
var ADDRESS = ["a URL", (value) => typeof value === "string" && !!value && !!toUrl(value)];
var CHECKS2 = {
  trackingId: TEXT,
  actionTrackingId: TEXT,
  region: matching("like us-east-1", /^[a-z]+(-[a-z]+)+-\d+$/),
  identityPoolId: matching("like us-east-1:0123-...", /^[a-z]+(-[a-z]+)+-\d+:[\w-]+$/),
  credentials: ["a function", (value) => typeof value === "function"],
  userId: TEXT,
  endpoint: ADDRESS,
  identityEndpoint: ADDRESS,
  flushInterval: within(0, 36e5, "milliseconds"),
  flushSize: within(1, 10, "events"),
  sessionMaxAge: within(0, 3650, "days"),
  clickEvent: TEXT,
  domain: oneOf("ECOMMERCE", "VIDEO_ON_DEMAND"),
  impressionShare: within(1, 100, "percent"),
  impressionTime: within(0, 6e4, "milliseconds"),
  impressionItems: oneOf("seen", "all"),
  exitTransport: oneOf("beacon", "keepalive"),
  attribution: FLAG,
  ignoreBots: FLAG,
  consent: oneOf("required"),
  respectGpc: FLAG,
  debug: FLAG
};
function toUrl(address) {
  return attempt(() => new URL(address, document.baseURI));
}
var resolveOptions = (input) => {
  const { valid: options, problems } = check(input, CHECKS2);
  const { trackingId, identityPoolId, credentials, endpoint, identityEndpoint, clickEvent, domain } = options;
  const isSigned = identityPoolId || credentials;
  const region = isSigned && (options.region ?? identityPoolId?.split(":")[0]);
  const missing = (name2, others = "") => {
    if (input[name2] === void 0) problems.push(`${name2}${others} is missing`);
  };
  if (!trackingId) missing("trackingId");
  if (!isSigned && !endpoint) missing("identityPoolId", ", credentials or endpoint");
  if (credentials && !region) missing("region");
  if (!trackingId || !(isSigned ? region : endpoint)) return { problems };
  if (credentials) delete options.identityPoolId;
  const aws = (service) => `https://${service}.${region}.amazonaws.com${/^cn-/.test(region) ? ".cn" : ""}/`;
  const absolute = (address) => toUrl(address)?.href;
  return {
    problems,
    settings: {
      ...DEFAULTS,
      ...options,
      region,
      eventTypeOf(trigger) {
        const name2 = EVENT_TYPES[trigger] ?? trigger;
        if (clickEvent && trigger === "click") return clickEvent;
        return domain ? name2[0].toUpperCase() + name2.slice(1) : name2;
      },
      endpointUrl: absolute(endpoint ?? aws("personalize-events")).replace(/\/+$/, ""),
      identityUrl: absolute(identityEndpoint ?? aws("cognito-identity"))
    }
  };
};

// src/cli/flags.ts
import { parseArgs } from "node:util";
var readFlags = (args2, flags) => {
  try {
    return { values: parseArgs({ args: args2, options: flags }).values };
  } catch (error) {
    return { problem: error.message };
  }
};

// src/cli/check/setup.ts
var EXAMPLE_ORIGIN = "https://shop.example";
var TIME_LIMIT_SECONDS = 10;
var LONGEST_LIMIT_SECONDS = 30;
var FLAGS = {
  "tracking-id": { type: "string" },
  "action-tracking-id": { type: "string" },
  region: { type: "string" },
  "identity-pool-id": { type: "string" },
  "exit-transport": { type: "string" },
  endpoint: { type: "string" },
  "endpoint-url": { type: "string" },
  "identity-endpoint-url": { type: "string" },
  origin: { type: "string" },
  timeout: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" }
};
var OF_AWS = ["identity-pool-id", "region", "endpoint-url", "identity-endpoint-url"];
var HELP = `Walks the chain that a browser walks to Amazon Personalize, and says at each step what to fix.

  npx personalize-beacon check --tracking-id ID --identity-pool-id REGION:ID [--region REGION]
  npx personalize-beacon check --tracking-id ID --endpoint https://shop.example/collect

  --tracking-id ID             the event tracker's
  --action-tracking-id ID      of the tracker for actions: checks PutActionInteractions, too
  --identity-pool-id ID        Cognito identity pool with guest access
  --region REGION              the event tracker's; default the pool's
  --endpoint URL               in place of AWS: where the site takes batches unsigned
  --origin URL                 the page's; default ${EXAMPLE_ORIGIN}, or the endpoint's own
  --exit-transport keepalive   as the tracker's option: no presigned request is tried
  --endpoint-url URL           another Personalize Events than the region's
  --identity-endpoint-url URL  another Cognito Identity than the region's
  --timeout SECONDS            of each request; default ${TIME_LIMIT_SECONDS}, at most ${LONGEST_LIMIT_SECONDS}
  --json                       one JSON document in place of text:
                               { ok, steps: [{ name, status, detail, fix?, ms? }] },
                               status is ok, warning, failed or skipped
  --help                       this

The test events have the session "null", which the service answers and ignores: they leave no trace in the dataset.
Each run makes one guest identity in the pool. Nothing secret is printed.

Exit code: 0 all is well, perhaps with warnings; 1 a step failed; 2 the flags are wrong.
`;
var originOf = (address) => {
  try {
    const { origin, protocol } = new URL(address);
    return /^https?:$/.test(protocol) ? origin : void 0;
  } catch {
    return void 0;
  }
};
var kebab = (name2) => name2.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
var inFlags = (problem, isOfAws) => problem.replace("identityPoolId, credentials or endpoint", "--identity-pool-id or --endpoint").replace(
  /^[a-z]\w*/i,
  (option) => isOfAws && /endpoint$/i.test(option) ? `--${kebab(option)}-url` : `--${kebab(option)}`
);
var resolveAt = (baseURI, options) => {
  Object.assign(globalThis, { document: { baseURI } });
  const resolved = resolveOptions(options);
  Reflect.deleteProperty(globalThis, "document");
  return resolved;
};
var readSetup = (args2) => {
  const { values, problem } = readFlags(args2, FLAGS);
  if (!values) return { problems: [problem] };
  if (values.help) return { problems: [] };
  const { endpoint } = values;
  const problems = [];
  const origin = originOf(values.origin ?? originOf(endpoint ?? "") ?? EXAMPLE_ORIGIN);
  if (!origin)
    problems.push(`--origin must be a page's address like ${EXAMPLE_ORIGIN}; got "${values.origin}"`);
  const seconds = Number(values.timeout ?? TIME_LIMIT_SECONDS);
  if (!(seconds > 0 && seconds <= LONGEST_LIMIT_SECONDS)) {
    problems.push(`--timeout must be seconds up to ${LONGEST_LIMIT_SECONDS}; got "${values.timeout}"`);
  }
  const superfluous = endpoint === void 0 ? void 0 : OF_AWS.find((name2) => values[name2] !== void 0);
  if (superfluous) {
    problems.push(
      `--${superfluous} does not go with --endpoint, which takes batches unsigned; another AWS is --endpoint-url`
    );
  }
  if (values["endpoint-url"] !== void 0 && values["identity-pool-id"] === void 0) {
    problems.push("--endpoint-url needs --identity-pool-id, to sign with");
  }
  const options = {
    trackingId: values["tracking-id"],
    actionTrackingId: values["action-tracking-id"],
    region: values.region,
    identityPoolId: values["identity-pool-id"],
    exitTransport: values["exit-transport"],
    endpoint: endpoint ?? values["endpoint-url"],
    identityEndpoint: values["identity-endpoint-url"]
  };
  const { settings, problems: wrong } = resolveAt(values.origin && origin, options);
  problems.push(...wrong.map((each) => inFlags(each, endpoint === void 0)));
  if (problems.length || !settings || !origin) return { problems };
  return {
    problems,
    setup: {
      settings,
      origin,
      isOriginAssumed: values.origin === void 0,
      timeLimitMs: seconds * 1e3,
      isJson: !!values.json
    }
  };
};

// src/cli/check.ts
var check2 = {
  summary: "Walks the chain that a browser walks to the service, and says what to fix",
  async run(args2) {
    const { setup, problems } = readSetup(args2);
    if (problems.length) {
      console.error(`${problems.join("\n")}

npx personalize-beacon check --help tells what there is.`);
      return 2;
    }
    if (!setup) {
      console.log(HELP);
      return 0;
    }
    const toSteps = setup.settings.identityPoolId ? awsSteps : relaySteps;
    const steps = toSteps(setup, createBrowser(setup.origin, setup.timeLimitMs));
    const width = Math.max(...steps.map(({ name: name2 }) => name2.length));
    const results = await walk(steps, (result) => {
      if (!setup.isJson) console.log(lineOf(result, width));
    });
    const isWell = results.every(({ status }) => status !== "failed");
    console.log(
      setup.isJson ? JSON.stringify({ ok: isWell, steps: results }, null, 2) : `
${verdictOf(results, setup)}`
    );
    return isWell ? 0 : 1;
  }
};

// src/cli/put-events.ts
var putEvents = {
  summary: "Sends events by hand, or replays a CSV of past ones",
  async run() {
    throw new Error("not yet");
  }
};

// src/cli/index.ts
var COMMANDS = { check: check2, "put-events": putEvents };
var HELP2 = `personalize-beacon ${"0.1.0"}

  npx personalize-beacon <command> [options]

${Object.entries(COMMANDS).map(([name2, { summary }]) => `  ${name2.padEnd(12)}${summary}`).join("\n")}

Each command tells of its options by --help.
`;
var [name, ...args] = process.argv.slice(2);
var command = COMMANDS[name ?? ""];
if (command) process.exitCode = await command.run(args);
else if (name === "--version") console.log("0.1.0");
else if (name === void 0 || name === "--help" || name === "help") console.log(HELP2);
else {
  console.error(`There is no command "${name}".

${HELP2}`);
  process.exitCode = 2;
}
//# sourceMappingURL=cli.js.map
