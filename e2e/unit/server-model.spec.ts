import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fakeTimers } from './fake-timers.js';
import { runs, test } from './model-runs.js';
import { type ClientFault, createServerWorld, type ServerSettings } from './server-model.js';

type World = ReturnType<typeof createServerWorld>;

const settings: fc.Arbitrary<ServerSettings> = fc.record({
  flushSize: fc.constantFrom(1, 3, 10),
  flushInterval: fc.constantFrom(0, 5000, 3_600_000),
  concurrency: fc.constantFrom(1, 2, 50),
  maxWaiting: fc.constantFrom(1, 20, 10_000),
  maxAge: fc.constantFrom(60_000, 86_400_000),
  jitter: fc.constantFrom(0, 0.5, 1),
  listenersThrow: fc.boolean(),
});

const command = (weight: number, name: keyof World, ...args: fc.Arbitrary<unknown>[]) => ({
  weight,
  arbitrary: fc.tuple(fc.constant(name), ...args),
});

const seldom = fc.nat(5).map((n) => n === 0);

const harmless = [
  command(8, 'track', fc.nat(3), fc.constantFrom(1, 2, 4, 11, 25), seldom, seldom),
  command(12, 'answer', fc.nat(20), fc.constant('none')),
  command(4, 'advance', fc.constantFrom(10, 1000, 5000, 12_000)),
  command(2, 'flush'),
];

const anything = [
  ...harmless,
  command(
    10,
    'answer',
    fc.nat(20),
    fc.constantFrom<ClientFault>('unanswered', 'lost', 'unavailable', 'throttled', 'denied', 'odd'),
  ),
  command(3, 'advance', fc.constantFrom(26_000, 61_000, 200_000)),
  command(1, 'crash', fc.boolean()),
];

const play = async (world: World, commands: unknown[][]) => {
  for (const [name, ...args] of commands) {
    await (world[name as 'track'] as (...args: unknown[]) => Promise<void>)(...args);
  }
};

const checkFates = ({ fates, violations, log }: World, isClosed: boolean) => {
  const check = (claim: boolean, message: string) => assert.ok(claim, `${message}\n${log.join('\n')}`);
  check(!violations.length, violations.join('\n'));
  const lastAccepted = new Map<string, number>();
  for (const { id, itemId, lane, isBad, accepted, excuses, rejections, ids } of fates.values()) {
    check(
      [...ids].every((one) => one === id),
      `${itemId} is sent as ${[...ids]}, recorded as ${id}`,
    );
    check(rejections.length <= 1, `${itemId} is rejected ${rejections.length} times`);
    check(accepted.length + rejections.length > 0, `${itemId} is lost`);
    check(accepted.length <= excuses + 1, `${itemId} is accepted ${accepted.length} times`);
    const isGivenUp = /closeTimeout|maxAge/.test(rejections[0] ?? '');
    check(!rejections.length || isBad || isGivenUp, `${itemId} is rejected: ${rejections}`);
    check(!isBad || (!accepted.length && !!rejections.length), `${itemId} is delivered`);
    check(isClosed || !/closeTimeout/.test(rejections[0] ?? ''), `${itemId} is given up`);
    // A request that the tracker no longer waits for may reach the service at any time.
    if (rejections.length) continue;
    const [first = 0] = accepted;
    if (first) {
      check(first >= (lastAccepted.get(lane) ?? 0), `${itemId} overtakes an event of its session`);
      lastAccepted.set(lane, first);
    }
  }
};

let restore = () => {};
test.beforeAll(() => {
  const restoreTimers = fakeTimers();
  const { error } = console;
  // Errors of the site's own functions are printed.
  console.error = () => {};
  restore = () => {
    restoreTimers();
    console.error = error;
  };
});
test.afterAll(() => restore());

for (const [title, commands, isClosed] of [
  ['once all is well, every event is delivered once, in order, whatever went wrong before', anything, false],
  ['close() settles every event in time, whatever goes wrong', anything, true],
  ['while the network works, nothing is sent twice', harmless, false],
] as const) {
  test(title, async ({ modelRuns }) => {
    test.setTimeout(600_000);
    await fc.assert(
      fc.asyncProperty(
        settings,
        fc.array(fc.oneof(...commands), { maxLength: 60, size: 'max' }),
        async (settings, commands) => {
          const world = createServerWorld(settings);
          await play(world, commands);
          await (isClosed ? world.end() : world.recover());
          checkFates(world, isClosed);
        },
      ),
      runs(modelRuns),
    );
  });
}
