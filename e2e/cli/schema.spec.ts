import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const STOREFRONT = fileURLToPath(new URL('../../demo/storefront/interactions.avsc', import.meta.url));

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
};

const EVENTS = JSON.stringify([
  { eventType: 'View', itemId: 'movie-12', sentAt: 1_700_000_000, properties: '{"row":"popular"}' },
  { eventType: 'view', itemId: 'movie-7', sentAt: 1_700_000_001, properties: '{"mood":"sad"}' },
]);

const putEvents = (...args: string[]) => run('put-events', '--tracking-id', 't', '--dry-run', ...args);

test('put-events --schema warns of what the dataset would drop, and prints the request all the same', () => {
  const { status, stdout, stderr } = putEvents(
    ...['--session-id', 's1', '--event-list', EVENTS],
    ...['--schema', STOREFRONT, '--domain', 'ECOMMERCE'],
  );
  expect(stderr.trim().split('\n')).toEqual([
    'eventList[1]: warning: properties.mood: it has no column and is dropped: add MOOD to the schema',
    'eventList[1]: warning: eventType: no use case of ECOMMERCE reads "view": write View',
  ]);
  expect(JSON.parse(stdout).eventList).toHaveLength(2);
  expect(status).toBe(0);
});

test('put-events --schema prints each kind of warning about a CSV once, with its first line', () => {
  const file = test.info().outputPath('rows.csv');
  const rows = ['u1,a,1700000000,click,sad', 'u2,b,1700000001,click,glad', 'u3,c,1700000002,click,'];
  writeFileSync(file, ['USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE,MOOD', ...rows].join('\n'));
  const { status, stdout, stderr } = putEvents('--from', file, '--schema', STOREFRONT);
  expect(stderr.trim().split('\n')).toEqual([
    `${file}:2: warning: properties.mood: it has no column and is dropped: add MOOD to the schema`,
    '3 rows would be sent in 3 requests, 0 rows rejected',
  ]);
  expect(stdout.trim().split('\n')).toHaveLength(3);
  expect(status).toBe(0);
});

test('put-events prints twenty warnings about a CSV at most', () => {
  const file = test.info().outputPath('wide.csv');
  const columns = Array.from({ length: 25 }, (_, n) => `EXTRA${n}`);
  writeFileSync(
    file,
    `USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE,${columns}\nu1,a,1,click,${columns.map(() => 1)}`,
  );
  const lines = putEvents('--from', file, '--schema', STOREFRONT).stderr.trim().split('\n');
  expect(lines.filter((line) => line.includes('warning: properties.'))).toHaveLength(20);
  expect(lines).toContain(`${file}: further warnings are not printed`);
});

for (const [flags, reason] of [
  [['--schema', 'missing.avsc'], /--schema missing\.avsc: ENOENT/],
  [['--schema', 'package.json'], /--schema package\.json: it is not an Avro schema in JSON/],
  [['--schema', STOREFRONT, '--domain', 'SHOP'], /--domain must be ECOMMERCE or VIDEO_ON_DEMAND; got "SHOP"/],
  [['--domain', 'ECOMMERCE'], /--domain goes only with --schema/],
] as const) {
  test(`put-events ${flags.join(' ').replace(STOREFRONT, 'FILE')} is refused, and nothing is printed`, () => {
    const { status, stdout, stderr } = putEvents('--session-id', 's1', '--event-list', EVENTS, ...flags);
    expect(stderr).toMatch(reason);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
}

/** No request leaves this machine: nothing listens on the port. */
const check = (schema: string) =>
  run('check', '--tracking-id', 't', '--endpoint', 'http://127.0.0.1:9', '--json', '--schema', schema);

const schemaStepOf = (stdout: string) =>
  JSON.parse(stdout).steps.find(({ name }: { name: string }) => name === 'schema');

test('check --schema lists the properties that have a column', () => {
  expect(schemaStepOf(check(STOREFRONT).stdout)).toMatchObject({
    status: 'ok',
    detail: 'properties with a column: row (string), position (int)',
  });
});

test('check --schema fails for a file that is not an Interactions schema', () => {
  const { stdout, status } = check('package.json');
  expect(schemaStepOf(stdout)).toMatchObject({
    status: 'failed',
    detail: expect.stringContaining('not an Avro schema'),
    fix: expect.stringContaining('CreateSchema'),
  });
  expect(status).toBe(1);
});
