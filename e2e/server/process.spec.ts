import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test as base, expect } from '../support/fixtures.js';
import { credentialsOf } from '../support/packed-package.js';

/** The timeout of a child that does not end by itself. */
const CHILD_TIMEOUT_MS = 60_000;

/** Code of a server's process, in which `tracker` is the tracker. */
const program = (code: string) => `
  import { appendFileSync, existsSync, readFileSync } from 'node:fs';
  import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
  import { createServerTracker } from 'personalize-beacon/server';

  const FILE = process.env.FILE;
  const tracker = createServerTracker({
    client: new PersonalizeEventsClient({ maxAttempts: 1 }),
    trackingId: 'demo-tracker',
    closeTimeout: 1000,
    onError() {},
    onRejected: (undelivered) => appendFileSync(FILE, JSON.stringify(undelivered) + '\\n'),
  });
  const ann = { sessionId: 's1', userId: 'ann' };
  ${code}`;

const SERVER = program(`
  const running = setInterval(() => {}, 1000);
  process.once('SIGTERM', async () => {
    clearInterval(running);
    await tracker.close();
    console.log('closed');
  });
  if (existsSync(FILE)) {
    for (const line of readFileSync(FILE, 'utf8').trim().split('\\n')) {
      const { visitor, event } = JSON.parse(line);
      tracker.track(visitor, event);
    }
  } else {
    for (let i = 0; i < 25; i++) tracker.track(ann, 'view', 'movie-' + i);
  }
  console.log('tracked');`);

interface Child {
  child: ChildProcess;
  lines: AsyncIterator<string>;
  /** Resolves to exit code and signal. */
  exit: Promise<unknown[]>;
}

const test = base.extend<{ run: (code: string) => Child }>({
  run: async ({ aws }, use, testInfo) => {
    const children: ChildProcess[] = [];
    await use((code) => {
      const env = { ...process.env, ...credentialsOf(aws), FILE: testInfo.outputPath('undelivered.jsonl') };
      const cwd = fileURLToPath(new URL('../../', import.meta.url));
      const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
        ...{ cwd, env, timeout: CHILD_TIMEOUT_MS },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      children.push(child);
      return {
        child,
        lines: createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator](),
        exit: once(child, 'exit'),
      };
    });
    for (const child of children) child.kill('SIGKILL');
  },
});

const items = (count: number) => [...Array(count).keys()].map((i) => `movie-${i}`);

test('on SIGTERM the process delivers what waits, and ends', { tag: '@core' }, async ({ aws, run }) => {
  const { child, lines, exit } = run(SERVER);
  expect((await lines.next()).value).toBe('tracked');
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
  expect(aws.counted().map(({ itemId }) => itemId)).toEqual(items(25));
});

test('what a process cannot deliver before it ends, the next one does, once', async ({ aws, run }) => {
  const undo = aws.fail({ drop: 'answer' });
  const first = run(SERVER);
  expect((await first.lines.next()).value).toBe('tracked');
  await expect.poll(() => aws.requests.length).toBeGreaterThan(0);
  first.child.kill('SIGTERM');
  expect((await first.lines.next()).value).toBe('closed');
  expect(await first.exit).toEqual([0, null]);

  undo();
  const second = run(SERVER);
  expect((await second.lines.next()).value).toBe('tracked');
  second.child.kill('SIGTERM');
  expect(await second.exit).toEqual([0, null]);
  expect(aws.counted().map(({ itemId }) => itemId)).toEqual(items(25));
  expect(aws.events.length).toBeGreaterThan(25);
});

test('waiting events keep no process alive, flush() does', async ({ aws, run }) => {
  const undo = aws.fail({ status: 503, times: 1 });
  expect(await run(program("tracker.track(ann, 'view', 'lost');")).exit).toEqual([0, null]);
  expect(aws.requests).toEqual([]);
  const { exit } = run(program("tracker.track(ann, 'view', 'movie-0'); await tracker.flush();"));
  expect(await exit).toEqual([0, null]);
  expect(aws.counted().map(({ itemId }) => itemId)).toEqual(items(1));
  undo();
});
