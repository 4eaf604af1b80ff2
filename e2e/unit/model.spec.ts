import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fakeTimers } from './fake-timers.js';
import { createWorld, type Fault, type Settings } from './model.js';
import { runs, test } from './model-runs.js';

type World = ReturnType<typeof createWorld>;

const settings: fc.Arbitrary<Settings> = fc.record({
  flushSize: fc.constantFrom(1, 3, 10),
  flushIntervalMs: fc.constantFrom(0, 5000, 3_600_000),
  signed: fc.boolean(),
  hasFetchLater: fc.boolean(),
  keepalive: fc.boolean(),
  jitter: fc.constantFrom(0, 0.5, 1),
  listenersThrow: fc.boolean(),
});

const which = fc.nat(5);
const fault = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Fault>('none') },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Fault>(
      'lost',
      'unanswered',
      'unavailable',
      'throttled',
      'too large',
      'foreign',
      'unblamed',
      'odd',
    ),
  },
);

const command = (weight: number, name: keyof World, ...args: fc.Arbitrary<unknown>[]) => ({
  weight,
  arbitrary: fc.tuple(fc.constant(name), ...args),
});

const harmless = [
  command(2, 'open'),
  command(
    8,
    'add',
    which,
    fc.constantFrom(1, 2, 4, 11),
    fc.nat(3).map((n) => n === 0),
    fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
  ),
  command(20, 'step', fc.nat(20), fc.constant('none')),
  command(4, 'calm'),
  command(6, 'advance', fc.constantFrom(10, 1000, 2000, 5000, 12_000, 20_000, 29_000), fc.constant(true)),
  command(2, 'hide', which),
  command(2, 'show', which),
  command(1, 'online', which),
  command(1, 'flush', which),
  command(1, 'identify', fc.nat(2)),
];

const anything = [
  ...harmless,
  command(12, 'step', fc.nat(20), fault),
  command(3, 'advance', fc.constantFrom(4000, 31_000, 61_000, 200_000), fc.boolean()),
  command(1, 'setClock', fc.constantFrom(-600_000, -61_000, 61_000, 600_000)),
  command(2, 'freeze', which),
  command(4, 'unload', which, fc.boolean(), fc.constantFrom(0, 1, 4, 10), fc.nat(2)),
  command(3, 'restore', which),
  command(2, 'crash', which),
  command(1, 'stop', which),
  command(1, 'revoke'),
  command(1, 'deny', fc.subarray([true, false])),
  command(1, 'fillHandoffs', fc.boolean()),
  command(2, 'withdraw'),
  command(3, 'grant', which),
  command(1, 'emptyStore', fc.boolean()),
];

const play = async (world: World, commands: unknown[][]) => {
  await world.open();
  for (const [name, ...args] of commands) {
    await (world[name as 'step'] as (...args: unknown[]) => Promise<void>)(...args);
  }
};

const checkFates = (world: World, staying: Set<World['pages'][number]>) => {
  const check = (claim: boolean, message: string) => assert.ok(claim, `${message}\n${world.log.join('\n')}`);
  check(!world.violations.length, world.violations.join('\n'));
  for (const { name, queue, flushing } of staying) {
    check(!queue.events().length, `${name} still has ${queue.events().map(({ event }) => event.eventId)}`);
    check(!flushing, `${name} still flushes`);
  }
  check(![...world.records.keys()].length, `the store still has ${[...world.records.keys()]}`);
  check(!world.handoffs.size, `there are still handoffs of ${[...world.handoffs.keys()]}`);
  for (const { id, isBad, isExcused, requests, delivered, rejected, leftovers } of world.fates.values()) {
    const accepted = requests.filter(({ isAccepted }) => isAccepted);
    check(!(isBad ? delivered : rejected).length, `${id} is ${isBad ? 'delivered' : 'rejected'}`);
    check(!delivered.length || !!accepted.length, `${id} is reported as delivered but was not accepted`);
    const reports = [...delivered, ...rejected];
    check(isExcused || !!reports.length, `${id} is lost`);
    const excuses =
      leftovers + requests.filter((one) => one.isDoubtful || (one.isAccepted && !one.isCertain)).length;
    check(
      accepted.length <= 1 + excuses,
      `${id} is accepted ${accepted.length} times, with ${excuses} excuses`,
    );
    check(
      reports.length <= 1 + excuses,
      `${id} is reported ${reports.length} times, with ${excuses} excuses`,
    );
  }
};

const ends = fc.array(fc.constantFrom('stay' as const, 'unload' as const, 'crash' as const), {
  minLength: 1,
});

let restore = () => {};
test.beforeAll(() => {
  restore = fakeTimers();
});
test.afterAll(() => restore());

test('once all is well, a visible page delivers all waiting events, whatever went wrong before', async ({
  modelRuns,
}) => {
  test.setTimeout(600_000);
  await fc.assert(
    fc.asyncProperty(
      settings,
      fc.array(fc.oneof(...anything), { maxLength: 60, size: 'max' }),
      async (settings, commands) => {
        const world = createWorld(settings);
        await play(world, commands);
        for (const { page, waiting } of await world.recover()) {
          assert.deepEqual(waiting, [], `${page.name} still has them\n${world.log.join('\n')}`);
          assert.equal(page.flushing, 0, `${page.name} still flushes\n${world.log.join('\n')}`);
        }
      },
    ),
    runs(modelRuns),
  );
});

for (const [title, commands] of [
  ['whatever goes wrong, each event is settled once, or its page crashed before it was stored', anything],
  ['while tabs stay open and the network works, nothing is sent twice', harmless],
] as const) {
  test(title, async ({ modelRuns }) => {
    test.setTimeout(600_000);
    await fc.assert(
      fc.asyncProperty(
        settings,
        fc.array(fc.oneof(...commands), { maxLength: 60, size: 'max' }),
        ends,
        async (settings, commands, ends) => {
          const world = createWorld(settings);
          await play(world, commands);
          checkFates(world, await world.finish(ends));
        },
      ),
      runs(modelRuns),
    );
  });
}
