import { expect, test } from '@playwright/test';
import { problemOfRequest } from '../../src/contract/validate-request.js';

const MANY = 10_000;

/** More than a message shows, or a limit allows, and far less than a stranger sends. */
const FEW = 1000;

const event = { eventType: 'click', itemId: 'a', sentAt: 1_700_000_000 };
const batch = { trackingId: 't', sessionId: 's', eventList: [event] };
const interaction = { actionId: 'join', sessionId: 's', eventType: 'Taken', timestamp: 1_700_000_000 };
const actions = { trackingId: 't', actionInteractions: [interaction] };

/** An object of which each look at a value is counted, and what is in it. */
const counted = <T extends object>(value: T, look: () => void): T =>
  new Proxy(value, {
    get(target, name) {
      look();
      const member = Reflect.get(target, name);
      return typeof member === 'object' && member !== null ? counted(member, look) : member;
    },
  });

const strangers = Object.fromEntries(Array.from({ length: MANY }, (_, n) => [`key${n}`, { n }]));
const list = (value: unknown) => Array(MANY).fill(value);

const OF_EVENTS: Record<string, unknown> = {
  'unknown fields': { ...strangers, ...batch },
  'unknown fields of an event': { ...batch, eventList: [{ ...strangers, ...event }] },
  'too many events': { ...batch, eventList: list(event) },
  'a list that is an object': { ...batch, eventList: strangers },
  'an ID that is an object': { ...batch, sessionId: strangers },
  'a list in a list': { ...batch, sessionId: list(list(1)) },
  'too many items shown': { ...batch, eventList: [{ ...event, impression: list('a') }] },
  'an item that is an object': { ...batch, eventList: [{ ...event, itemId: strangers }] },
  'properties that are no text': { ...batch, eventList: [{ ...event, properties: strangers }] },
  'sources of many kinds': { ...batch, eventList: [{ ...event, metricAttribution: strangers }] },
};
const OF_ACTIONS: Record<string, unknown> = {
  'unknown fields of actions': { ...strangers, ...actions },
  'unknown fields of an interaction': { ...actions, actionInteractions: [{ ...strangers, ...interaction }] },
  'too many interactions': { ...actions, actionInteractions: list(interaction) },
};

for (const [operation, requests] of [
  ['events', OF_EVENTS],
  ['action-interactions', OF_ACTIONS],
] as const) {
  for (const [what, request] of Object.entries(requests)) {
    test(`${what}: the first problem is the last that is looked at`, () => {
      let looks = 0;
      const problem = problemOfRequest(
        operation,
        counted(request as object, () => looks++),
      );
      expect(problem).toBeTruthy();
      expect(problem?.length).toBeLessThan(400);
      expect(looks).toBeLessThan(FEW);
    });
  }
}

test('a long text is neither taken apart, nor parsed, nor shown whole', () => {
  const long = 'x'.repeat(MANY);
  const requests = [
    { ...batch, sessionId: long },
    { ...batch, [long]: 1 },
    { ...batch, eventList: [{ ...event, itemId: long }] },
    { ...batch, eventList: [{ ...event, impression: [long] }] },
    { ...batch, eventList: [{ ...event, properties: JSON.stringify({ a: long }) }] },
    { ...batch, eventList: [{ ...event, metricAttribution: { eventAttributionSource: long } }] },
  ];
  // Spies: there is nothing else to count.
  const { parse } = JSON;
  const iterate = String.prototype[Symbol.iterator];
  let work = 0;
  JSON.parse = (text) => {
    work += text.length;
    return parse(text);
  };
  String.prototype[Symbol.iterator] = function () {
    work += this.length;
    return iterate.call(this);
  };
  let problems: (string | undefined)[] = [];
  try {
    problems = requests.map((request) => problemOfRequest('events', request));
  } finally {
    JSON.parse = parse;
    String.prototype[Symbol.iterator] = iterate;
  }
  expect(work).toBe(0);
  for (const problem of problems) expect(problem?.length).toBeLessThan(400);
});

test('properties are held to the length of their text', () => {
  const problemOf = (properties: string) =>
    problemOfRequest('events', { ...batch, eventList: [{ ...event, properties }] });
  const padded = (length: number) => `{"a":1${' '.repeat(length - 7)}}`;
  expect(problemOf(padded(1024))).toBeUndefined();
  expect(problemOf(padded(1025))).toMatch(/^eventList\[0]\.properties must be .*1024/);
  expect(problemOf('{"timestamp":1}')).toMatch(/^eventList\[0]\.properties\.timestamp /);
  for (const wrong of ['', 'null', '[]', '{', '{"a":{}}']) {
    expect(problemOf(wrong)).toMatch(/^eventList\[0]\.properties must be /);
  }
});
