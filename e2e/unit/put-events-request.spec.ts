import { expect, test } from '@playwright/test';
import { problemOfRequest } from '../../src/contract/validate-request.js';

const MANY = 10_000;

/** More than a message shows or a limit allows, and far less than a malicious request holds. */
const FEW = 1000;

const event = { eventType: 'click', itemId: 'a', sentAt: 1_700_000_000 };
const batch = { trackingId: 't', sessionId: 's', eventList: [event] };
const interaction = { actionId: 'join', sessionId: 's', eventType: 'Taken', timestamp: 1_700_000_000 };
const actions = { trackingId: 't', actionInteractions: [interaction] };

/** Returns the object, with each read of a value counted, nested ones too. */
const counted = <T extends object>(value: T, onRead: () => void): T =>
  new Proxy(value, {
    get(target, name) {
      onRead();
      const member = Reflect.get(target, name);
      return typeof member === 'object' && member !== null ? counted(member, onRead) : member;
    },
  });

const unknownFields = Object.fromEntries(Array.from({ length: MANY }, (_, n) => [`key${n}`, { n }]));
const list = (value: unknown) => Array(MANY).fill(value);

const OF_EVENTS: Record<string, unknown> = {
  'unknown fields': { ...unknownFields, ...batch },
  'unknown fields of an event': { ...batch, eventList: [{ ...unknownFields, ...event }] },
  'too many events': { ...batch, eventList: list(event) },
  'a list that is an object': { ...batch, eventList: unknownFields },
  'an ID that is an object': { ...batch, sessionId: unknownFields },
  'a list in a list': { ...batch, sessionId: list(list(1)) },
  'too many items shown': { ...batch, eventList: [{ ...event, impression: list('a') }] },
  'an item that is an object': { ...batch, eventList: [{ ...event, itemId: unknownFields }] },
  'properties that are no text': { ...batch, eventList: [{ ...event, properties: unknownFields }] },
  'sources of many kinds': { ...batch, eventList: [{ ...event, metricAttribution: unknownFields }] },
};
const OF_ACTIONS: Record<string, unknown> = {
  'unknown fields of actions': { ...unknownFields, ...actions },
  'unknown fields of an interaction': {
    ...actions,
    actionInteractions: [{ ...unknownFields, ...interaction }],
  },
  'too many interactions': { ...actions, actionInteractions: list(interaction) },
};

for (const [operation, requests] of [
  ['events', OF_EVENTS],
  ['action-interactions', OF_ACTIONS],
] as const) {
  for (const [what, request] of Object.entries(requests)) {
    test(`${what}: validation stops at the first problem`, () => {
      let reads = 0;
      const problem = problemOfRequest(
        operation,
        counted(request as object, () => reads++),
      );
      expect(problem).toBeTruthy();
      expect(problem?.length).toBeLessThan(400);
      expect(reads).toBeLessThan(FEW);
    });
  }
}

test('a long text is neither split, nor parsed, nor shown whole', () => {
  const long = 'x'.repeat(MANY);
  const requests = [
    { ...batch, sessionId: long },
    { ...batch, [long]: 1 },
    { ...batch, eventList: [{ ...event, itemId: long }] },
    { ...batch, eventList: [{ ...event, impression: [long] }] },
    { ...batch, eventList: [{ ...event, properties: JSON.stringify({ a: long }) }] },
    { ...batch, eventList: [{ ...event, metricAttribution: { eventAttributionSource: long } }] },
  ];
  // Spies on the built-ins: their work cannot be counted otherwise.
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

test('the limit of properties applies to their text', () => {
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
