import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFile,
  cp,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { PersonalizeEventsClient, PutEventsCommand } from '@aws-sdk/client-personalize-events';
import type { TestInfo } from '@playwright/test';
import fc from 'fast-check';
import { test as base, expect, type Service } from '../support/fixtures.js';
import { events, toShorthand } from '../support/shorthand-events.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

type Env = Record<string, string | undefined>;

/** Returns an environment with credentials of the local AWS and no configuration of the user. */
const guestOf = (aws: Service): Env => {
  const { accessKeyId, secretAccessKey, sessionToken } = aws.issueCredentials();
  return {
    ...withoutCredentials(),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_DEFAULT_REGION: 'us-east-1',
  };
};

const withoutCredentials = (): Env => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
  AWS_CONFIG_FILE: '/none',
  AWS_SHARED_CREDENTIALS_FILE: '/none',
  AWS_EC2_METADATA_DISABLED: 'true',
});

const resultOf = async (child: ChildProcess): Promise<Result> => {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (data) => {
      output[name] += data;
    });
  }
  const [code] = await once(child, 'close');
  return { code, ...output };
};

interface Fixtures {
  /** Starts `put-events` at the local AWS. */
  start(args: string[], env?: Env, cwd?: string): ChildProcess;
  /** Runs `put-events` to its end. */
  put(args: string[], env?: Env): Promise<Result>;
  /** Runs the same with the AWS CLI; skips the test if it is not installed. */
  official(args: string[]): Promise<Result>;
  /** Writes a CSV file and returns its path. */
  csv(lines: string[], name?: string): Promise<string>;
}

const test = base.extend<Fixtures, { hasOfficial: boolean }>({
  hasOfficial: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads a fixture's needs off this pattern
    async ({}, use) => {
      const version = await promisify(execFile)('aws', ['--version']).catch(() => undefined);
      await use(!!version);
    },
    { scope: 'worker' },
  ],
  start: async ({ aws }, use) => {
    const children: ChildProcess[] = [];
    await use((args, env = guestOf(aws), cwd = process.cwd()) => {
      const isElsewhere = args.includes('--endpoint-url');
      const at = isElsewhere ? [] : ['--endpoint-url', aws.url];
      const child = spawn(process.execPath, [CLI, 'put-events', ...at, ...args], { env, cwd });
      children.push(child);
      return child;
    });
    for (const child of children) if ((child.exitCode ?? child.signalCode) === null) child.kill('SIGKILL');
  },
  put: ({ start }, use) => use((args, env) => resultOf(start(args, env))),
  official: async ({ aws, hasOfficial }, use) => {
    test.skip(!hasOfficial, 'the aws command is not installed');
    await use((args) =>
      resultOf(
        spawn('aws', ['personalize-events', 'put-events', '--endpoint-url', aws.url, ...args], {
          env: guestOf(aws),
        }),
      ),
    );
  },
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads a fixture's needs off this pattern
  csv: async ({}, use, testInfo) => {
    await use(async (lines, name = 'interactions.csv') => {
      const path = testInfo.outputPath(name);
      await writeFile(path, lines.map((line) => `${line}\n`).join(''));
      return path;
    });
  },
});

const fileOf = async (testInfo: TestInfo, name: string, content: string) => {
  const path = testInfo.outputPath(name);
  await writeFile(path, content);
  return `file://${path}`;
};

/** Returns the events accepted so far, without the fields that the service adds. */
const accepted = (aws: Service) =>
  aws.acknowledged.map(({ trackingId, sessionId, userId, event }) => ({
    trackingId,
    sessionId,
    userId,
    event,
  }));

const TARGET = ['--tracking-id', 'demo-tracker', '--session-id', 's', '--user-id', 'ann'];

test.describe('compared with the AWS CLI', () => {
  const event = {
    eventId: 'e1',
    eventType: 'click',
    eventValue: 9.5,
    itemId: 'a',
    properties: '{"genre":"noir"}',
    sentAt: 1_700_000_000,
    recommendationId: 'RID-1',
    impression: ['a', 'b'],
    metricAttribution: { eventAttributionSource: 'mail' },
  };
  const { properties, ...plain } = event;

  const accepts: Record<string, (testInfo: TestInfo) => Promise<string[]> | string[]> = {
    'a list in JSON': () => [...TARGET, '--event-list', JSON.stringify([event, plain])],
    'events in JSON, one by one': () => [
      ...TARGET,
      '--event-list',
      JSON.stringify(event),
      JSON.stringify(plain),
    ],
    'an anonymous visitor': () => [...TARGET.slice(0, 4), `--event-list=${JSON.stringify([event])}`],
    'times as text': () => [
      ...[...TARGET, '--event-list', 'eventType=a,sentAt=2023-11-14T22:13:20Z'],
      ...['eventType=b,sentAt=2023-11-14T23:13:21+01:00', 'eventType=c,sentAt=2023-11-14T22:13:22'],
      ...['eventType=d,sentAt=2023-11-14', 'eventType=e,sentAt="1700000000"'],
    ],
    'a list in shorthand without brackets': () => [
      ...[...TARGET, '--event-list', 'eventType=a,impression=a,b,"c,d",sentAt=1,itemId=a\\,b'],
      'impression=a,sentAt=2,eventType=the end',
    ],
    'a structure and quotes': () => [
      ...[...TARGET, '--event-list'],
      `sentAt=1,metricAttribution={eventAttributionSource='it''s "mail"'},eventType=x`.replace("''", "\\'"),
      `sentAt=2,eventType="a \\"b\\" c",properties='{"a":"b,c","d":[]}'`.replace(',"d":[]', ''),
    ],
    'a file for the list': async (testInfo) => [
      ...[...TARGET, '--event-list', await fileOf(testInfo, 'list.json', JSON.stringify([event]))],
    ],
    'a file for the user, and for a value in shorthand': async (testInfo) => [
      ...[...TARGET.slice(0, 4), '--user-id', await fileOf(testInfo, 'user', 'bob'), '--event-list'],
      `eventType=a,sentAt=1,properties@=${await fileOf(testInfo, 'properties.json', '{"a": 1}\n')}`,
      'eventType=file://none,sentAt=1',
    ],
    'all in one JSON file, overridden by flags': async (testInfo) => {
      const input = { trackingId: 'other', sessionId: 'json', userId: 'json', eventList: [event] };
      const file = await fileOf(testInfo, 'input.json', JSON.stringify(input));
      return ['--tracking-id', 'demo-tracker', '--user-id', 'ann', '--cli-input-json', file];
    },
  };

  for (const [name, argsOf] of Object.entries(accepts)) {
    test(`${name} gives the same events`, async ({ aws, put, official }, testInfo) => {
      const args = await argsOf(testInfo);
      const theirs = await official(args);
      expect(theirs).toMatchObject({ code: 0 });
      const expected = accepted(aws);
      expect(expected.length).toBeGreaterThan(0);
      aws.clear();
      expect(await put(args)).toMatchObject({ code: 0, stdout: theirs.stdout });
      expect(accepted(aws)).toEqual(expected);
    });
  }

  test('random events in shorthand give the same events', async ({ aws, put, official }) => {
    const sample = fc.sample(events, { numRuns: 20, seed: 7 });
    for (let i = 0; i < sample.length; i += 10) {
      const args = [...TARGET, '--event-list', ...sample.slice(i, i + 10).map(toShorthand)];
      expect(await official(args)).toMatchObject({ code: 0 });
      const expected = accepted(aws);
      aws.clear();
      expect(await put(args)).toMatchObject({ code: 0 });
      expect(accepted(aws)).toEqual(expected);
      aws.clear();
    }
  });

  const refused: Record<string, string[]> = {
    'no time': [...TARGET, '--event-list', 'eventType=a'],
    'an invalid time': [...TARGET, '--event-list', 'eventType=a,sentAt=yesterday'],
    'a value that is not a number': [...TARGET, '--event-list', 'eventType=a,sentAt=1,eventValue=x'],
    'an unknown field': [...TARGET, '--event-list', 'eventType=a,sentAt=1,colour=red'],
    'an unknown flag': [...TARGET, '--event-lits', 'eventType=a,sentAt=1'],
    'an empty list': [...TARGET, '--event-list', '[]'],
    'an empty impression': [...TARGET, '--event-list', 'eventType=a,sentAt=1,impression=[]'],
    'properties that are not a string': [
      ...TARGET,
      ...['--event-list', '[{"eventType":"a","sentAt":1,"properties":{"a":1}}]'],
    ],
    'a quote that is not closed': [...TARGET, '--event-list', 'eventType="a,sentAt=1'],
    'a field twice': [...TARGET, '--event-list', 'eventType=a,sentAt=1,eventType=b'],
    'invalid JSON': [...TARGET, '--event-list', '[{"eventType":"a"'],
    'a missing file': [...TARGET, '--event-list', 'file:///none.json'],
    'no session': ['--tracking-id', 'demo-tracker', '--event-list', 'eventType=a,sentAt=1'],
    'an unknown kind of skeleton': ['--generate-cli-skeleton', 'both'],
  };
  for (const [name, args] of Object.entries(refused)) {
    test(`${name} is refused by both, and nothing is sent`, async ({ aws, put, official }) => {
      const theirs = await official(args);
      expect(theirs.code).not.toBe(0);
      expect(await put(args)).toMatchObject({ code: 2, stdout: '' });
      expect(aws.requests).toEqual([]);
    });
  }

  test('the skeleton is the same, byte for byte', async ({ aws, put, official }) => {
    const valid = [...TARGET, '--event-list', 'eventType=a,sentAt=1'];
    for (const args of [
      ['--generate-cli-skeleton'],
      ['--generate-cli-skeleton', 'input'],
      [...valid, '--generate-cli-skeleton', 'output'],
    ]) {
      const { code, stdout } = await official(args);
      expect(await put(args)).toMatchObject({ code, stdout });
    }
    expect(aws.requests).toEqual([]);
  });
});

test('an error message names the field, the limit and the value, and says what to write', {
  tag: '@core',
}, async ({ put }) => {
  const errorOf = async (args: string[]) => (await put(args)).stderr;
  expect(await errorOf([...TARGET, '--event-list', 'eventType=a'])).toContain(
    'eventList[0].sentAt must be a Date or Unix seconds; got null. Write when it happened: sentAt=1700000000',
  );
  expect(await errorOf(['--event-lits', 'a'])).toContain(
    'there is no --event-lits; did you mean --event-list?',
  );
  expect(await errorOf(['--session-id', '-1'])).toContain('is written --session-id=VALUE');
  expect(await errorOf([...TARGET, '--event-list', "eventType='a,sentAt=1"])).toContain(
    "--event-list: expected a closing ' here:\n  eventType='a,sentAt=1\n            ^",
  );
  expect(await errorOf([...TARGET, '--user-id', 'bob'])).toContain('--user-id is given twice');
  expect(await errorOf([...TARGET, '--from', 'a.csv'])).toContain('does not go with --from');
  expect(await errorOf([...TARGET, '--rate', '5'])).toContain('--rate goes only with --from');
});

test('an error of the service is printed, and the exit code is 1', async ({ aws, put }) => {
  const args = ['--session-id', 's', '--event-list', 'eventType=a,sentAt=1'];
  expect(await put(['--tracking-id', 'another', ...args])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('404 ResourceNotFoundException Event tracker another not found.'),
  });
  const env = { ...withoutCredentials(), AWS_REGION: 'us-east-1' };
  expect(await put([...TARGET, '--event-list', 'eventType=a,sentAt=1'], env)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('redentials'),
  });
  expect(aws.acknowledged).toEqual([]);
});

test("a profile's credentials and region take precedence over the environment's", async ({
  aws,
  put,
}, testInfo) => {
  const { accessKeyId, secretAccessKey, sessionToken } = aws.issueCredentials();
  const config = await fileOf(
    testInfo,
    'config',
    `[profile replay]\nregion = us-east-1\naws_access_key_id = ${accessKeyId}\n` +
      `aws_secret_access_key = ${secretAccessKey}\naws_session_token = ${sessionToken}\n`,
  );
  const env = {
    ...withoutCredentials(),
    AWS_CONFIG_FILE: config.replace('file://', ''),
    AWS_ACCESS_KEY_ID: 'nobody',
    AWS_SECRET_ACCESS_KEY: 'none',
  };
  const args = [...TARGET, '--event-list', 'eventType=a,sentAt=1'];
  expect(await put([...args, '--profile', 'replay'], env)).toMatchObject({ code: 0 });
  expect(await put(args, env)).toMatchObject({ code: 2, stderr: expect.stringContaining('--region') });
  expect(await put([...args, '--region', 'us-east-1'], env)).toMatchObject({ code: 1 });
  expect(aws.acknowledged).toHaveLength(1);
});

test('a guest of an identity pool can send events', { tag: '@core' }, async ({ aws, put }) => {
  const args = [...TARGET, '--event-list', 'eventType=a,sentAt=1', '--identity-endpoint-url', aws.url];
  const pool = 'us-east-1:00000000-0000-4000-8000-000000000000';
  expect(await put([...args, '--identity-pool-id', pool], withoutCredentials())).toMatchObject({ code: 0 });
  expect(aws.acknowledged).toHaveLength(1);
  const none = await put([...args, '--identity-pool-id', 'us-east-1:none'], withoutCredentials());
  expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('ResourceNotFoundException') });
});

test('the AWS SDK is needed for sending only, and an error says how to install it', async ({
  aws,
}, testInfo) => {
  const folder = join(tmpdir(), `personalize-beacon-${testInfo.testId}`);
  await cp(fileURLToPath(new URL('../../dist', import.meta.url)), folder, {
    recursive: true,
    filter: (path) => !/\.map$/.test(path),
  });
  const run = (args: string[]) =>
    resultOf(
      spawn(process.execPath, [join(folder, 'cli.js'), 'put-events', '--endpoint-url', aws.url, ...args], {
        env: guestOf(aws),
      }),
    );
  const args = [...TARGET, '--event-list', 'eventType=a,sentAt=1'];
  expect(await run([...args, '--dry-run'])).toMatchObject({
    code: 0,
    stdout:
      '{"trackingId":"demo-tracker","userId":"ann","sessionId":"s","eventList":[{"eventType":"a","sentAt":1}]}\n',
  });
  expect(await run(args)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('npx -p personalize-beacon -p @aws-sdk/client-personalize-events'),
  });
});

const HEADER = 'USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE';
/** Returns rows of four users in turn. */
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => `user-${i % 4},item-${i},${1_700_000_000 + i},view`);
const replayOf = (path: string, ...args: string[]) => [
  ...['--tracking-id', 'demo-tracker', '--from', path],
  ...args,
];
/** Slow enough for a test to interrupt it midway. */
const SLOW = ['--rate', '10'];
const FAST = ['--rate', '1000'];

/** Lists the folder of a file. */
const folderOf = async (path: string) => (await readdir(dirname(path))).sort();
/** Waits until a replay has recorded that some rows are settled. */
const waitUntilUnderWay = (path: string) =>
  expect
    .poll(
      async () => {
        const text = await readFile(`${path}.progress`, 'utf8').catch(() => '{}');
        const { readRows = 0, unsettledRows = [] } = JSON.parse(text);
        return readRows - unsettledRows.length;
      },
      { intervals: [100], timeout: 25_000 },
    )
    .toBeGreaterThan(40);
const itemsOf = (aws: Service) => aws.counted().map(({ itemId }) => itemId);

test.describe('a replayed CSV file', () => {
  test('that the service exported gives the same interactions', { tag: '@core' }, async ({
    aws,
    put,
    csv,
  }) => {
    const client = new PersonalizeEventsClient({
      region: 'us-east-1',
      endpoint: aws.url,
      credentials: aws.issueCredentials(),
    });
    for (let i = 0; i < 100; i++) {
      const event = {
        eventType: i % 2 ? 'view' : 'click',
        sentAt: new Date(1_700_000_000_000 + i * 1000),
        itemId: i % 5 ? `item-${i}` : `"quoted", with a comma ${i}\nand a line 🎬`,
        ...(i % 4 && { eventValue: i / 8 }),
        ...(i % 7 && { impression: ['a', `b${i}`] }),
        ...(i % 3 && { recommendationId: `RID-${i}` }),
      };
      const session = { trackingId: 'demo-tracker', sessionId: `session-${i % 3}`, userId: `user-${i % 3}` };
      await client.send(new PutEventsCommand({ ...session, eventList: [event] }));
    }
    const exported = aws.interactionsCsv();
    aws.clear();
    const path = await csv([exported.trimEnd()]);
    expect(await put(replayOf(path))).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('100 rows sent in 12 requests, 0 rejected'),
    });
    const rows = (text: string) =>
      text
        .trimEnd()
        .split(/\n(?=user-)/)
        .sort();
    expect(rows(aws.interactionsCsv())).toEqual(rows(exported));
    expect(await folderOf(path)).toEqual(['interactions.csv']);
  });

  test('may have its columns in any case and order, and each arrives', async ({ aws, put, csv }) => {
    const path = await csv([
      '\ufeffTimestamp,user_id,Item_Id,EVENT_TYPE,session_id,event_id,event_attribution_source,impression,NUMBER_OF_RATINGS,genre,deviceType',
      '1700000000,ann,a,click,s1,e1,mail,a|b|c,12,noir,phone',
      '1700000001.5,ann,b,,,,,,,,',
    ]);
    expect(await put(replayOf(path, '--event-type', 'view'))).toMatchObject({ code: 0 });
    expect(accepted(aws).sort((a, b) => a.event.sentAt - b.event.sentAt)).toEqual([
      {
        ...{ trackingId: 'demo-tracker', sessionId: 's1', userId: 'ann' },
        event: {
          ...{ eventId: 'e1', eventType: 'click', itemId: 'a', sentAt: 1_700_000_000 },
          impression: ['a', 'b', 'c'],
          metricAttribution: { eventAttributionSource: 'mail' },
          properties: '{"numberOfRatings":"12","genre":"noir","deviceType":"phone"}',
        },
      },
      {
        ...{ trackingId: 'demo-tracker', sessionId: 'ann', userId: 'ann' },
        event: {
          ...{ eventId: expect.any(String), eventType: 'view', itemId: 'b', sentAt: 1_700_000_001.5 },
        },
      },
    ]);
  });

  test('gives a row the same event ID each time, and equal rows different IDs', async ({ aws, put, csv }) => {
    const path = await csv([HEADER, ...rowsOf(20), 'ann,a,1700000000,view', 'ann,a,1700000000,view']);
    const ids = () => new Set(aws.acknowledged.map(({ eventId }) => eventId));
    for (const times of [1, 2]) {
      expect(await put(replayOf(path))).toMatchObject({ code: 0 });
      expect(aws.acknowledged).toHaveLength(22 * times);
      expect(ids().size).toBe(22);
    }
  });

  test('resumes after a kill, and each row is counted once', async ({ aws, start, put, csv }) => {
    const path = await csv([HEADER, ...rowsOf(400)]);
    const child = start(replayOf(path, ...SLOW));
    await waitUntilUnderWay(path);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(aws.acknowledged.length).toBeLessThan(400);
    const { code, stderr } = await put(replayOf(path, ...FAST));
    expect(code).toBe(0);
    expect(stderr).toContain('going on: ');
    expect(aws.counted()).toHaveLength(400);
    expect(new Set(itemsOf(aws)).size).toBe(400);
    // Settled rows are not sent again; rows in flight at the kill and those waiting beside them are.
    expect(aws.acknowledged.length).toBeLessThan(600);
    expect(await folderOf(path)).toEqual(['interactions.csv']);
  });

  test('stops at Ctrl+C once the requests in flight are answered', async ({ aws, start, put, csv }) => {
    const path = await csv([HEADER, ...rowsOf(400)]);
    const child = start(replayOf(path, ...SLOW));
    const end = resultOf(child);
    await waitUntilUnderWay(path);
    child.kill('SIGINT');
    expect(await end).toMatchObject({
      code: 130,
      stderr: expect.stringMatching(/stopped: interrupted\n\d+ rows settled; run the same command again/),
    });
    expect(aws.acknowledged.length).toBeLessThan(400);
    expect(aws.calls('/events').map(({ status }) => status)).not.toContain(0);
    expect(await folderOf(path)).toEqual(['interactions.csv', 'interactions.csv.progress']);
    expect(await put(replayOf(path, ...FAST))).toMatchObject({ code: 0 });
    expect(aws.counted()).toHaveLength(400);
    // No answered row is sent again.
    expect(aws.acknowledged).toHaveLength(400);
  });

  test('is not resumed after a change of the file or the destination', async ({ aws, put, csv }) => {
    const path = await csv([HEADER, ...rowsOf(20)]);
    const { size, mtime } = await stat(path);
    const progress = { readRows: 12, unsettledRows: [2, 5], size, modifiedAt: mtime.toISOString() };
    const destination = `demo-tracker at ${aws.url}`;
    const saveProgress = (change: object) =>
      writeFile(`${path}.progress`, JSON.stringify({ ...progress, destination, ...change }));
    await saveProgress({ size: 7 });
    expect(await put(replayOf(path))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/has changed since .*--restart/),
    });
    await saveProgress({ destination: 'another at us-east-1' });
    expect(await put(replayOf(path))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is of a replay to another at us-east-1, not to demo-tracker at'),
    });
    expect(aws.acknowledged).toEqual([]);
    await saveProgress({});
    expect(await put(replayOf(path))).toMatchObject({ code: 0 });
    expect(aws.acknowledged).toHaveLength(10);
    await saveProgress({ size: 7 });
    expect(await put(replayOf(path, '--restart'))).toMatchObject({ code: 0 });
    expect(aws.counted()).toHaveLength(20);
  });

  test('has its bad rows reported with line and reason and written to a file, and the rest arrive', async ({
    aws,
    put,
    csv,
  }) => {
    const bad = {
      3: ['ann,b,yesterday,view', 'sentAt must be'],
      5: ['ann,d,1700000000', 'it has 3 cells, the header 4'],
      6: ['ann,e,1700000000,', 'eventType must be'],
      8: ['ann,refused,1700000000,view', "Item 'refused' is refused."],
      9: [',h,1700000000,view', 'userId must be'],
      10: ['null,i,1700000000,view', 'a session called "null"'],
    };
    aws.fail({ refuseItem: 'refused' });
    const good = (itemId: string) => `ann,${itemId},1700000000,view`;
    const path = await csv([
      ...[HEADER, good('a'), bad[3][0], good('c'), bad[5][0], bad[6][0], good('f'), bad[8][0]],
      ...[bad[9][0], bad[10][0], good('j')],
    ] as string[]);
    const { code, stderr } = await put(replayOf(path));
    expect(code).toBe(1);
    for (const [line, [, reason]] of Object.entries(bad)) {
      expect(stderr).toMatch(new RegExp(`interactions\\.csv:${line}: .*${reason}`));
    }
    expect(stderr).toContain('6 rejected: ');
    expect(itemsOf(aws).sort()).toEqual(['a', 'c', 'f', 'j']);
    expect(await folderOf(path)).toEqual(['interactions.csv', 'interactions.rejected.csv']);

    // Once corrected, the file of rejected rows is a CSV like any other.
    aws.heal();
    const rejectedPath = path.replace('.csv', '.rejected.csv');
    const text = await readFile(rejectedPath, 'utf8');
    expect(text).toMatch(/^REJECTED_LINE,REJECTED_REASON,USER_ID/);
    expect(text.trimEnd().split('\n')).toHaveLength(7);
    const corrected = text
      .replaceAll('yesterday', '1700000000')
      .replace('d,1700000000', 'd,1700000000,view')
      .replace('e,1700000000,', 'e,1700000000,view')
      .replace(',,h', ',ann,h')
      .replace(',null,i', ',ann,i');
    await writeFile(rejectedPath, corrected);
    expect(await put(replayOf(rejectedPath))).toMatchObject({ code: 0 });
    expect(itemsOf(aws).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'h', 'i', 'j', 'refused']);
    expect(aws.counted().every((event) => !event.properties)).toBe(true);
  });

  test('has each bad row rejected once, also after a kill', async ({ aws, start, put, csv }) => {
    const path = await csv([HEADER, 'ann,a,1,view', 'ann,b,never,view', ...rowsOf(200), 'ann,c,never,view']);
    const child = start(replayOf(path, ...SLOW));
    await waitUntilUnderWay(path);
    child.kill('SIGKILL');
    await once(child, 'exit');
    // Resets the progress, as if no row had been recorded.
    const progress = JSON.parse(await readFile(`${path}.progress`, 'utf8'));
    await writeFile(`${path}.progress`, JSON.stringify({ ...progress, readRows: 1, unsettledRows: [1] }));
    expect(await put(replayOf(path, ...FAST))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('2 rejected'),
    });
    const text = await readFile(path.replace('.csv', '.rejected.csv'), 'utf8');
    expect(text.match(/never/g)).toHaveLength(4); // Once in the reason.
    expect(aws.counted()).toHaveLength(201);
  });

  test("is sent within the rate, the SDK's retries included", async ({ aws, put, csv }) => {
    const rate = 20;
    // One request a row; so few that the SDK does not give up retrying.
    const path = await csv([
      HEADER,
      ...Array.from({ length: 60 }, (_, i) => `u${i},a,${1_700_000_000 + i},view`),
    ]);
    aws.fail({ status: 503, times: 15 });
    expect(await put(replayOf(path, '--rate', `${rate}`))).toMatchObject({ code: 0 });
    expect(aws.counted()).toHaveLength(60);
    const times = aws.calls('/events').map(({ receivedAt }) => receivedAt);
    expect(times).toHaveLength(75);
    const inASecond = times.map((from) => times.filter((at) => at >= from && at < from + 1000).length);
    // On a busy machine some requests arrive late, and closer together than they were sent.
    expect(Math.max(...inASecond)).toBeLessThanOrEqual(rate * 1.5);
  });

  test('stops while the service is down, and resumes when it is up again', async ({ aws, put, csv }) => {
    const path = await csv([HEADER, ...rowsOf(40)]);
    aws.fail({ status: 503 });
    expect(await put(replayOf(path))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/stopped: 503 .*\n0 rows settled; run the same command again/),
    });
    expect(await folderOf(path)).toEqual(['interactions.csv', 'interactions.csv.progress']);
    aws.heal();
    expect(await put(replayOf(path))).toMatchObject({ code: 0 });
    expect(aws.counted()).toHaveLength(40);
  });

  test('stops at an error that no row is to blame for', async ({ aws, put, csv }) => {
    const path = await csv([HEADER, ...rowsOf(40)]);
    aws.fail({ status: 403, type: 'AccessDeniedException', message: 'Not authorized' });
    expect(await put(replayOf(path))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('stopped: 403 AccessDeniedException Not authorized grant the role'),
    });
    expect(await folderOf(path)).toEqual(['interactions.csv', 'interactions.csv.progress']);
  });

  test('is checked and printed in a dry run, and nothing is sent or written', async ({ aws, put, csv }) => {
    const path = await csv([HEADER, ...rowsOf(30), 'ann,a,never,view']);
    const { code, stdout, stderr } = await put(replayOf(path, '--dry-run'));
    expect(code).toBe(1);
    const bodies = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(bodies.map(({ eventList }) => eventList.length)).toEqual([8, 8, 7, 7]);
    expect(stderr).toContain('interactions.csv:32: sentAt must be');
    expect(stderr).toContain('30 rows would be sent in 4 requests, 1 row rejected');
    expect(aws.requests).toEqual([]);
    expect(await folderOf(path)).toEqual(['interactions.csv']);
    // The printed requests are those that are sent.
    await put(replayOf(path));
    expect(new Set(aws.acknowledged.map(({ eventId }) => eventId))).toEqual(
      new Set(
        bodies.flatMap(({ eventList }) => eventList.map((event: { eventId: string }) => event.eventId)),
      ),
    );
  });

  const malformed: Record<string, [lines: string[], message: string]> = {
    'without a column': [['USER_ID,ITEM_ID', 'ann,a'], 'there is no TIMESTAMP in "USER_ID,ITEM_ID"'],
    'without event types': [['USER_ID,ITEM_ID,TIMESTAMP'], 'Write --event-type'],
    'with a column twice': [[`${HEADER},user_id`], 'the column "USER_ID" is there twice'],
    'with nothing in it': [[], 'is empty'],
    'with a stray quote': [[HEADER, 'ann,"a"b,1700000000,view'], 'Invalid Closing Quote: got "b" at line 2'],
  };
  for (const [name, [lines, message]] of Object.entries(malformed)) {
    test(`${name} is refused before anything is sent`, async ({ aws, put, csv }) => {
      const path = await csv(lines);
      expect(await put(replayOf(path))).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
      expect(aws.requests).toEqual([]);
    });
  }

  test('shows a progress bar on a terminal', async ({ aws, csv }) => {
    const script = await promisify(execFile)('script', ['--version']).catch(() => undefined);
    test.skip(!script, 'the script command, which makes a terminal, is not installed');
    const path = await csv([HEADER, ...rowsOf(100), 'ann,a,never,view']);
    const command = [process.execPath, CLI, 'put-events', '--endpoint-url', aws.url, ...replayOf(path)];
    const { stdout } = await resultOf(
      spawn('script', ['-qec', command.join(' '), '/dev/null'], { env: guestOf(aws) }),
    );
    expect(stdout).toContain('100 %');
    expect(stdout).toContain('interactions.csv:102: sentAt must be');
    expect(aws.counted()).toHaveLength(100);
  });
});

const CASES = fileURLToPath(new URL('../support/cases/', import.meta.url));
/** Copies a case to where a replay can write beside it. */
const caseOf = async (testInfo: TestInfo, name: string) => {
  const path = testInfo.outputPath(name);
  await cp(join(CASES, name), path);
  return path;
};

test.describe('a CSV file of another program', () => {
  test('may mix line ends', async ({ aws, put }, testInfo) => {
    expect(await put(replayOf(await caseOf(testInfo, 'mixed-line-ends.csv')))).toMatchObject({ code: 0 });
    expect(itemsOf(aws).sort()).toEqual(['movie-12', 'movie-7']);
  });

  test('may end lines with CR, have empty lines, and lack the last line end', async ({
    aws,
    put,
  }, testInfo) => {
    const path = testInfo.outputPath('mac.csv');
    await writeFile(path, `${HEADER}\r\r${rowsOf(3).join('\r  \r')}`);
    expect(await put(replayOf(path))).toMatchObject({ code: 0 });
    expect(itemsOf(aws).sort()).toEqual(['item-0', 'item-1', 'item-2']);
  });

  test('may have white space around names and cells, also in quotes', async ({ aws, put, csv }) => {
    const path = await csv([
      ' USER_ID , "ITEM_ID",\tTIMESTAMP , " EVENT_TYPE " , IMPRESSION, genre ',
      ' ann , " movie, 12 " , 1700000000 ,\u00a0view\u00a0, a | b ,"  noir "',
      'ann,movie-7,1700000060,view,, ',
    ]);
    expect(await put(replayOf(path))).toMatchObject({ code: 0 });
    expect(aws.calls('/events')).toHaveLength(1);
    expect(aws.counted()).toEqual([
      {
        ...{ eventId: expect.any(String), eventType: 'view', itemId: 'movie, 12', sentAt: 1_700_000_000 },
        ...{ impression: ['a', 'b'], properties: '{"genre":"noir"}' },
      },
      { eventId: expect.any(String), eventType: 'view', itemId: 'movie-7', sentAt: 1_700_000_060 },
    ]);
    expect(accepted(aws)[0]).toMatchObject({ userId: 'ann', sessionId: 'ann' });
  });

  test('has its lines counted although cells hold line ends', async ({ put }, testInfo) => {
    const path = testInfo.outputPath('quoted.csv');
    await writeFile(
      path,
      `${HEADER}\r\nann,"a\r\nb",1700000000,view\r\nann,"c\nd",1700000001,view\r\nann,e,never,view\r\n`,
    );
    expect((await put(replayOf(path, '--dry-run'))).stderr).toContain('quoted.csv:6: sentAt must be');
  });

  test('may have columns without names and cells, as from spreadsheets', async ({ aws, put, csv }) => {
    const path = await csv([`${HEADER},,`, 'ann,a,1700000000,view,,', 'ann,b,1700000000,view,,x']);
    expect(await put(replayOf(path))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('interactions.csv:3: cell 6 has no name in the header'),
    });
    expect(aws.counted().map(({ itemId, properties }) => [itemId, properties])).toEqual([['a', undefined]]);
  });

  const row = 'ann,a,1700000000,view\n';
  const refused: Record<string, [content: string | Buffer, message: string]> = {
    'UTF-16, little-endian': [
      Buffer.from(`\ufeff${HEADER}\n${row}`, 'utf16le'),
      'is UTF-16. Save it as UTF-8',
    ],
    'UTF-16, big-endian': [
      Buffer.from(`\ufeff${HEADER}\n${row}`, 'utf16le').swap16(),
      'is UTF-16. Save it as UTF-8',
    ],
    'UTF-16 that does not say so': [Buffer.from(`${HEADER}\n${row}`, 'utf16le'), 'file.csv:1 has a NUL byte'],
    compressed: [gzipSync(`${HEADER}\n${row}`), 'is compressed'],
    'a workbook': ['PK\u0003\u0004…', 'is a ZIP archive'],
    'padded with NUL bytes by a crash': [`${HEADER}\n${row}${'\0'.repeat(64)}`, 'file.csv:3 has a NUL byte'],
    'cut within a letter': [
      Buffer.from(`${HEADER}\n${row}ann,café`).subarray(0, -1),
      'file.csv:3 is not UTF-8',
    ],
    'not UTF-8 far down': [
      Buffer.concat([
        Buffer.from([HEADER, ...rowsOf(8000)].join('\r\n')),
        Buffer.from('\r\nann,caf\xe9,1700000000,view\r\n', 'latin1'),
      ]),
      'file.csv:8002 is not UTF-8',
    ],
    'without a row or header but for a byte order mark': ['\ufeff', 'is empty'],
    'with one property under two names': [
      `${HEADER},GENRE,genre\n`,
      'the column "GENRE" is there twice, once as "genre"',
    ],
  };
  for (const [name, [content, message]] of Object.entries(refused)) {
    test(`is refused when it is ${name}, and nothing is sent or written`, async ({ aws, put }, testInfo) => {
      const path = testInfo.outputPath('file.csv');
      await writeFile(path, content);
      expect(await put(replayOf(path))).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
      expect(aws.requests).toEqual([]);
      expect(await folderOf(path)).toEqual(['file.csv']);
    });
  }

  test('is refused with the line that is not UTF-8', async ({ aws, put }, testInfo) => {
    expect(await put(replayOf(await caseOf(testInfo, 'windows-1252.csv')))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('windows-1252.csv:2 is not UTF-8'),
    });
    expect(aws.requests).toEqual([]);
  });

  test('is refused when it is a folder', async ({ put }, testInfo) => {
    const path = testInfo.outputPath('folder.csv');
    await mkdir(path, { recursive: true });
    expect(await put(replayOf(path))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is a folder'),
    });
  });

  for (const [name, change] of Object.entries({
    grows: (path: string) => appendFile(path, 'ann,more,1700000000,view\n'),
    'is cut': (path: string) => truncate(path, `${[HEADER, ...rowsOf(100)].join('\n')}\n`.length),
  })) {
    test(`that ${name} during the replay is reported, and can be replayed again`, async ({
      aws,
      start,
      put,
      csv,
    }) => {
      const path = await csv([HEADER, ...rowsOf(200)]);
      const end = resultOf(start(replayOf(path, ...SLOW)));
      await waitUntilUnderWay(path);
      await change(path);
      expect(await end).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('has changed while it was read'),
      });
      expect(await put(replayOf(path))).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('--restart'),
      });
      expect(await put(replayOf(path, '--restart', ...FAST))).toMatchObject({ code: 0 });
      expect(aws.counted().length).toBe(name === 'grows' ? 201 : 200);
    });
  }
});

test.describe('rows from a pipe', () => {
  /** More than one read of 64 KiB. */
  const COUNT = 2400;
  const ROWS = `${[HEADER, ...rowsOf(COUNT)].join('\n')}\n`;

  /** The ways of a shell to pass rows on, with the command as `$@`. */
  const PIPES: Record<string, string> = {
    'standard input, as -': 'cat "$ROWS" | "$@" --from -',
    '/dev/stdin': 'cat "$ROWS" | "$@" --from /dev/stdin',
    'a named pipe': 'mkfifo rows.csv && { cat "$ROWS" > rows.csv & "$@" --from rows.csv; }',
    'a process substitution': '"$@" --from <(cat "$ROWS")',
    'standard input out of a file': '"$@" --from - < "$ROWS"',
  };
  for (const [name, script] of Object.entries(PIPES)) {
    test(`are sent once each: ${name}`, async ({ aws }, testInfo) => {
      const cwd = testInfo.outputPath('folder');
      await mkdir(cwd, { recursive: true });
      const path = testInfo.outputPath('rows');
      await writeFile(path, ROWS);
      const command = [
        process.execPath,
        CLI,
        'put-events',
        '--endpoint-url',
        aws.url,
        '--tracking-id',
        'demo-tracker',
      ];
      const { code, stderr } = await resultOf(
        spawn('bash', ['-c', script, 'bash', ...command, ...FAST], {
          cwd,
          env: { ...guestOf(aws), ROWS: path },
        }),
      );
      expect(stderr).toContain(`${COUNT.toLocaleString('en')} rows sent`);
      expect(code).toBe(0);
      expect(aws.acknowledged).toHaveLength(COUNT);
      expect(new Set(itemsOf(aws)).size).toBe(COUNT);
      expect((await readdir(cwd)).filter((file) => file !== 'rows.csv')).toEqual([]);
    });
  }

  test('have bad ones written to a new file in the working folder each time', async ({
    aws,
    start,
  }, testInfo) => {
    const cwd = testInfo.outputPath('folder');
    await mkdir(cwd, { recursive: true });
    const run = async (rows: string[]) => {
      const child = start(replayOf('-'), guestOf(aws), cwd);
      child.stdin?.end([HEADER, ...rows].join('\n'));
      return resultOf(child);
    };
    expect(await run(['ann,a,1700000000,view', 'ann,b,never,view'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /standard input:3: sentAt must be[\s\S]*1 rejected: put-events\.rejected\.csv/,
      ),
    });
    const first = await readFile(join(cwd, 'put-events.rejected.csv'), 'utf8');
    expect(await run(['ann,c,yesterday,view'])).toMatchObject({ code: 1 });
    expect((await readdir(cwd)).sort()).toEqual(['put-events.rejected-2.csv', 'put-events.rejected.csv']);
    expect(await readFile(join(cwd, 'put-events.rejected.csv'), 'utf8')).toBe(first);
  });

  test('that are not UTF-8 are refused with the line', async ({ start }) => {
    const child = start(replayOf('-'));
    child.stdin?.end(await readFile(join(CASES, 'windows-1252.csv')));
    expect(await resultOf(child)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('standard input:2 is not UTF-8'),
    });
  });

  test('end at Ctrl+C, although more rows may follow', async ({ aws, start }) => {
    const child = start(replayOf('-'));
    const end = resultOf(child);
    // Four users, each with two rows more than full batches hold.
    child.stdin?.write(`${[HEADER, ...rowsOf(88)].join('\n')}\n`);
    await expect.poll(() => aws.acknowledged.length).toBe(80);
    child.kill('SIGINT');
    expect(await end).toMatchObject({
      code: 130,
      stderr: expect.stringMatching(/stopped: interrupted\n80 rows settled; it cannot be read again/),
    });
  });
});

test.describe('a replay', () => {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    test(`stopped by ${signal} exits with ${code} although no request is answered, and can be resumed`, async ({
      aws,
      start,
      put,
      csv,
    }) => {
      aws.fail({ stall: true });
      const path = await csv([HEADER, ...rowsOf(40)]);
      const child = start(replayOf(path));
      const end = resultOf(child);
      await expect.poll(() => aws.calls('/events').length).toBeGreaterThan(2);
      child.kill(signal);
      expect(await end).toMatchObject({
        code,
        stderr: expect.stringMatching(/stopped: interrupted\n0 rows settled; run the same command again/),
      });
      aws.heal();
      expect(await put(replayOf(path))).toMatchObject({ code: 0 });
      expect(aws.counted()).toHaveLength(40);
    });
  }

  test('stopped twice exits at once', async ({ aws, start, csv }) => {
    aws.fail({ stall: true });
    const path = await csv([HEADER, ...rowsOf(40)]);
    const child = start(replayOf(path));
    let stderr = '';
    child.stderr?.on('data', (data) => {
      stderr += data;
    });
    await expect.poll(() => aws.calls('/events').length).toBeGreaterThan(2);
    child.kill('SIGINT');
    await expect.poll(() => stderr).toContain('again to stop at once');
    child.kill('SIGINT');
    await once(child, 'exit');
    expect(child.signalCode).toBe('SIGINT');
  });

  test('whose output is closed exits without an error message, and can be resumed', async ({
    aws,
    put,
    csv,
  }) => {
    const bad = Array.from({ length: 8 }, (_, i) => `ann,bad-${i},never,view`);
    const path = await csv([HEADER, ...rowsOf(100), ...bad, ...rowsOf(300).slice(100)]);
    const command = [
      process.execPath,
      CLI,
      'put-events',
      '--endpoint-url',
      aws.url,
      ...replayOf(path, ...SLOW),
    ];
    const { code, stdout } = await resultOf(
      spawn('bash', ['-c', '"$@" 2>&1 | head -n 1; exit $PIPESTATUS', 'bash', ...command], {
        env: { ...guestOf(aws), NODE_NO_WARNINGS: '1' },
      }),
    );
    expect(stdout).toMatch(/^[^\n]*interactions\.csv:102: sentAt must be [^\n]*\n$/);
    expect(code).toBe(141);
    expect(await folderOf(path)).toEqual([
      ...['interactions.csv', 'interactions.csv.progress', 'interactions.rejected.csv'],
    ]);
    expect(await put(replayOf(path, ...FAST))).toMatchObject({ code: 1 });
    expect(aws.counted()).toHaveLength(300);
    const text = await readFile(path.replace('.csv', '.rejected.csv'), 'utf8');
    expect(text.trimEnd().split('\n')).toHaveLength(1 + bad.length);
  });

  test('in a dry run whose output is closed exits without an error message', async ({ aws, csv }) => {
    const path = await csv([HEADER, ...rowsOf(20_000)]);
    const command = [process.execPath, CLI, 'put-events', ...replayOf(path, '--dry-run')];
    const { code, stdout, stderr } = await resultOf(
      spawn('bash', ['-c', '"$@" | head -n 1; exit $PIPESTATUS', 'bash', ...command], {
        env: guestOf(aws),
      }),
    );
    expect({ code, stderr }).toEqual({ code: 141, stderr: '' });
    expect(stdout).toMatch(/^\{[^\n]*\}\n$/);
  });

  for (const [name, answer] of Object.entries<RequestListener>({
    'a web page': (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html>Log in'),
    'a redirect': (_, response) => response.writeHead(302, { location: '/login' }).end(),
    'a 401 of a proxy': (_, response) => response.writeHead(401).end(),
    'a 403 of a firewall': (_, response) =>
      response.writeHead(403, { 'content-type': 'text/html' }).end('<html>blocked</html>'),
    'a 400 without a kind': (_, response) =>
      response.writeHead(400, { 'content-type': 'text/html' }).end('<html><h1>400 Bad Request</h1></html>'),
    'a 400 that blames no input': (_, response) =>
      response.writeHead(400, { 'x-amzn-errortype': 'RequestAbortedException' }).end('{}'),
    'a message that is no text': (_, response) =>
      response
        .writeHead(404, { 'x-amzn-errortype': 'ResourceNotFoundException' })
        .end('{"message":{"toString":1,"valueOf":1}}'),
  })) {
    test(`stopped by ${name} keeps its rows, and can be resumed`, async ({ aws, put, csv, serve }) => {
      let isUp = false;
      const handler: RequestListener = (request, response) =>
        isUp ? aws.handler(request, response) : answer(request, response);
      const url = `http://127.0.0.1:${await serve(handler)}`;
      const path = await csv([HEADER, ...rowsOf(40)]);
      const args = replayOf(path, '--endpoint-url', url);
      expect(await put(args)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/stopped: \d{3} .*\n0 rows settled; run the same command again/),
      });
      expect(await folderOf(path)).toEqual(['interactions.csv', 'interactions.csv.progress']);
      isUp = true;
      expect(await put(args)).toMatchObject({ code: 0 });
      expect(aws.counted()).toHaveLength(40);
    });
  }

  test('stopped because the service refuses all rows alike keeps its rows', async ({ aws, put, csv }) => {
    aws.fail({ status: 400, type: 'InvalidInputException', message: 'The tracking ID is invalid' });
    const path = await csv([HEADER, ...rowsOf(60)]);
    expect(await put(replayOf(path))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /0 rejected\nstopped: 400 InvalidInputException The tracking ID is invalid.* Check --tracking-id/,
      ),
    });
    expect(await folderOf(path)).toEqual(['interactions.csv', 'interactions.csv.progress']);
    aws.heal();
    expect(await put(replayOf(path))).toMatchObject({ code: 0 });
    expect(aws.counted()).toHaveLength(60);
  });

  test('with only a few rows rejects them, even if all are refused alike', async ({ aws, put, csv }) => {
    aws.fail({ status: 400, type: 'InvalidInputException', message: 'Bad event' });
    const path = await csv([HEADER, ...rowsOf(3)]);
    expect(await put(replayOf(path))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('3 rejected: '),
    });
    expect(await folderOf(path)).toEqual(['interactions.csv', 'interactions.rejected.csv']);
  });
});

test.describe("a user's own file", () => {
  const OWN_CONTENT = 'Mine, and no other command has written it.\n';
  const BAD_ROW = 'ann,b,never,view';

  test('at the path of rejected rows is kept', async ({ put, csv }) => {
    const path = await csv([HEADER, ...rowsOf(3), BAD_ROW]);
    const ownFile = path.replace('.csv', '.rejected.csv');
    await writeFile(ownFile, OWN_CONTENT);
    expect(await put(replayOf(path))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`1 rejected: ${path.replace('.csv', '.rejected-2.csv')}`),
    });
    expect(await readFile(ownFile, 'utf8')).toBe(OWN_CONTENT);
    expect(await readFile(path.replace('.csv', '.rejected-2.csv'), 'utf8')).toContain('never');
  });

  test('put at the path of rejected rows between two runs is kept', async ({ aws, put, csv }) => {
    aws.fail({ status: 403, type: 'AccessDeniedException', message: 'no' });
    const path = await csv([HEADER, ...rowsOf(3)]);
    expect(await put(replayOf(path))).toMatchObject({ code: 1 });
    const ownFile = path.replace('.csv', '.rejected.csv');
    await writeFile(ownFile, OWN_CONTENT);
    expect(await put(replayOf(path))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Move it away'),
    });
    expect(await readFile(ownFile, 'utf8')).toBe(OWN_CONTENT);
  });

  test('at the path of the progress is kept, also with --restart', async ({ aws, put, csv }) => {
    const path = await csv([HEADER, ...rowsOf(3)]);
    for (const content of [OWN_CONTENT, '{"readRows":"all"}', '[]', '']) {
      await writeFile(`${path}.progress`, content);
      for (const args of [replayOf(path), replayOf(path, '--restart')]) {
        expect(await put(args)).toMatchObject({ code: 2, stderr: expect.stringContaining('Move it away') });
      }
      expect(await readFile(`${path}.progress`, 'utf8')).toBe(content);
    }
    expect(aws.requests).toEqual([]);
  });

  test('beside the progress is kept', async ({ put, csv }) => {
    const path = await csv([HEADER, ...rowsOf(3)]);
    await writeFile(`${path}.progress.new`, OWN_CONTENT);
    expect(await put(replayOf(path))).toMatchObject({ code: 0 });
    expect(await readFile(`${path}.progress.new`, 'utf8')).toBe(OWN_CONTENT);
  });

  test('is not overwritten through a symbolic link', async ({ put, csv }, testInfo) => {
    const path = await csv([HEADER, ...rowsOf(3), BAD_ROW]);
    const target = testInfo.outputPath('elsewhere');
    for (const link of [
      'interactions.rejected.csv',
      'interactions.csv.progress',
      'interactions.csv.progress.new',
    ]) {
      await symlink(target, testInfo.outputPath(link));
    }
    expect(await put(replayOf(path))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Move it away'),
    });
    await rm(`${path}.progress`);
    expect(await put(replayOf(path))).toMatchObject({ code: 1 });
    expect(await folderOf(path)).toEqual([
      ...['interactions.csv', 'interactions.csv.progress.new', 'interactions.rejected-2.csv'],
      'interactions.rejected.csv',
    ]);
  });
});

test('a byte order mark before JSON is ignored', async ({ aws, put, csv }, testInfo) => {
  const list = [{ eventType: 'a', sentAt: 1 }];
  const input = { trackingId: 'demo-tracker', sessionId: 's', eventList: list };
  const file = (name: string, content: unknown) => fileOf(testInfo, name, `\ufeff${JSON.stringify(content)}`);
  for (const args of [
    ['--cli-input-json', await file('input.json', input)],
    ['--cli-input-json', `\ufeff${JSON.stringify(input)}`],
    [...TARGET, '--event-list', await file('list.json', list)],
    [
      ...TARGET,
      '--event-list',
      `eventType=a,sentAt=1,properties@=${await file('properties.json', { a: 1 })}`,
    ],
    [
      ...TARGET.slice(0, 4),
      '--user-id',
      await fileOf(testInfo, 'user', '\ufeffann\r\n'),
      '--event-list',
      'eventType=a,sentAt=1',
    ],
  ]) {
    aws.clear();
    expect(await put(args)).toMatchObject({ code: 0 });
    expect(aws.acknowledged).toHaveLength(1);
  }
  expect(aws.acknowledged[0]).toMatchObject({ userId: 'ann' });

  const path = await csv([HEADER, ...rowsOf(20)]);
  aws.fail({ status: 403, type: 'AccessDeniedException', message: 'no' });
  await put(replayOf(path));
  aws.heal();
  const progress = JSON.parse(await readFile(`${path}.progress`, 'utf8'));
  await writeFile(
    `${path}.progress`,
    `\ufeff${JSON.stringify({ ...progress, readRows: 12, unsettledRows: [2, 5] })}`,
  );
  aws.clear();
  expect(await put(replayOf(path))).toMatchObject({ code: 0 });
  expect(aws.acknowledged).toHaveLength(10);
});

test('JSON is refused if it is not UTF-8, too large or a folder', async ({ aws, put }, testInfo) => {
  const input = JSON.stringify({ trackingId: 'demo-tracker', sessionId: 'é', eventList: [] }, null, 1);
  const write = async (content: Buffer | string) => {
    await writeFile(testInfo.outputPath('input.json'), content);
    return put(['--cli-input-json', `file://${testInfo.outputPath('input.json')}`]);
  };
  const refused = (message: string) => ({ code: 2, stderr: expect.stringContaining(message) });
  expect(await write(Buffer.from(input, 'latin1'))).toMatchObject(refused('input.json:3 is not UTF-8'));
  expect(await write(Buffer.from(`\ufeff${input}`, 'utf16le'))).toMatchObject(refused('is UTF-16'));
  expect(await write(' '.repeat(2_097_153))).toMatchObject(refused('larger than 2097152 bytes'));
  expect(await put(['--cli-input-json', `file://${testInfo.outputDir}`])).toMatchObject(refused('EISDIR'));
  expect(aws.requests).toEqual([]);
});

/** Characters that control a terminal or change the direction of its text. */
const CONTROL = /[^\n\t -~\u00a0-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff]/;
const HOSTILE = '\u001b]0;owned\u0007\u001b[2J\r\u009b31m\u202egnp\u2028\u007f\u0000';

test("neither a server's nor a file's text can control the terminal", async ({ aws, put, csv }) => {
  const path = await csv([
    `${HEADER},genre`,
    `ann,a,${HOSTILE.replace('\r', '')},view,`,
    'ann,b,1700000000,view,',
  ]);
  aws.fail({ status: 403, type: 'AccessDeniedException', message: `Refused ${HOSTILE}\nAll is well` });
  const single = [...TARGET, '--event-list', 'eventType=a,sentAt=1'];
  for (const args of [single, replayOf(path), replayOf(path, '--dry-run')]) {
    const { stdout, stderr } = await put(args);
    expect(stdout + stderr).not.toMatch(CONTROL);
    expect(stderr).not.toContain('\nAll is well');
  }
  aws.heal();
});
