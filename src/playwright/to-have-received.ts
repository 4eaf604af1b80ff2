import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test';
import type { LocalAws } from '../local/local-aws.js';
import type { ReceivedEvent } from '../local/received.js';
import { describeEvent, describeReceived } from './describe-received.js';
import { checkExpected, compareEvent, type ExpectedEvent } from './expected-event.js';
import { findNearest } from './nearest-event.js';
import { checkReceiver, type Personalize } from './personalize.js';

/** Options of `toHaveReceived()`. */
export interface ToHaveReceivedOptions {
  /** Exact number of matching events. Default: one or more. */
  times?: number;
  /**
   * How long to wait, in milliseconds; 0 checks once. Default: the project's `expect.timeout`, and 10 s where that is
   * Playwright's 5 s.
   */
  timeout?: number;
}

/** The default of Playwright, which is also the tracker's `flushInterval`: the third event of a page would be late. */
const PLAYWRIGHT_TIMEOUT_MS = 5000;
const DEFAULT_TIMEOUT_MS = 10_000;

/** The maximal delay of a timer in Node. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

const checkOptions = ({ times, timeout, ...others }: ToHaveReceivedOptions, isNot: boolean) => {
  const [unknown] = Object.keys(others);
  if (unknown) throw new Error(`toHaveReceived() has no option ${unknown}; use times, timeout.`);
  if (times !== undefined && isNot) throw new Error('.not.toHaveReceived() takes no times.');
  if (times !== undefined && !(Number.isInteger(times) && times >= 1)) {
    throw new Error(
      `times must be a whole number from 1; got ${times}. For none, use .not.toHaveReceived().`,
    );
  }
  if (timeout !== undefined && !(timeout >= 0 && timeout <= MAX_TIMEOUT_MS)) {
    throw new Error(`timeout must be 0–${MAX_TIMEOUT_MS} milliseconds; got ${timeout}`);
  }
};

/** Waits until an event makes the condition true. Resolves anyway after the timeout. */
const waitForEvent = (aws: LocalAws, isDone: () => boolean, timeoutMs: number): Promise<void> =>
  new Promise((resolve) => {
    const finish = () => {
      removeListener();
      clearTimeout(timer);
      resolve();
    };
    const removeListener = aws.on('event', () => isDone() && finish());
    const timer = setTimeout(finish, timeoutMs);
    if (isDone() || timeoutMs === 0) finish();
  });

const countText = (count: number) => (count === 1 ? '1 time' : `${count} times`);

/** Describes the event that is most like the expected one. */
const describeNearest = (
  events: readonly ReceivedEvent[],
  expected: ExpectedEvent,
  wanted: ExpectedEvent,
  { printExpected, printReceived }: ExpectMatcherState['utils'],
): string[] => {
  const nearest = findNearest(events, expected, wanted);
  if (!nearest) return [];
  return [
    `Nearest event: ${describeEvent(nearest.event)}`,
    ...nearest.differences.map(
      ({ field, expected, received }) =>
        `  ${field}: expected ${printExpected(expected)}, received ${printReceived(received)}`,
    ),
    '',
  ];
};

/** Waits until an event with these values has been received. With \`.not\` it watches for the whole timeout. */
export async function toHaveReceived(
  this: ExpectMatcherState,
  personalize: Personalize,
  expected: ExpectedEvent,
  options: ToHaveReceivedOptions = {},
): Promise<MatcherReturnType> {
  checkReceiver('toHaveReceived', personalize);
  checkExpected(expected);
  checkOptions(options, this.isNot);
  const { aws } = personalize;
  const { times, timeout = this.timeout === PLAYWRIGHT_TIMEOUT_MS ? DEFAULT_TIMEOUT_MS : this.timeout } =
    options;
  const wanted: ExpectedEvent = { status: 'accepted', ...expected };
  const count = () => aws.events.filter((event) => !compareEvent(event, wanted).length).length;
  await waitForEvent(aws, () => count() >= (times ?? 1), timeout);
  const found = count();
  const { utils, isNot } = this;
  const message = () =>
    [
      utils.matcherHint('toHaveReceived', 'personalize', 'event', { isNot }),
      '',
      `Expected: ${isNot ? 'not ' : ''}${utils.printExpected(expected)}${times ? `, ${countText(times)}` : ''}`,
      `Received: ${utils.printReceived(found)} matching within ${timeout} ms`,
      '',
      ...(found ? [] : describeNearest(aws.events, expected, wanted, utils)),
      ...describeReceived(aws),
    ].join('\n');
  return { name: 'toHaveReceived', pass: times ? found === times : found > 0, message, expected };
}
