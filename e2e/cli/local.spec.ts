import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PersonalizeEventsClient, PutEventsCommand } from '@aws-sdk/client-personalize-events';
import { expect } from '@playwright/test';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { NodeSha256 } from '../support/node-sha256.js';
import { test as base } from '../support/serve.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const STOREFRONT = fileURLToPath(new URL('../../demo/storefront/interactions.avsc', import.meta.url));

interface RunningCommand {
  child: ChildProcess;
  url: string;
  /** Returns the lines that were printed. */
  lines(): string[];
}

const test = base.extend<{ start: (...args: string[]) => Promise<RunningCommand> }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads a fixture's needs off this pattern
  start: async ({}, use) => {
    const children: ChildProcess[] = [];
    await use(async (...args) => {
      const child = spawn(process.execPath, [CLI, 'local', ...args], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
      const lines = () => output.split('\n').slice(0, -1);
      await expect.poll(() => lines().find((line) => /stops it|"started"/.test(line))).toBeTruthy();
      const [url = ''] = /http:\/\/localhost:\d+/.exec(output) ?? [];
      return { child, url, lines };
    });
    for (const child of children) child.kill('SIGKILL');
  },
});

const put = async (url: string, eventList: object[], trackingId = 'demo-tracker') => {
  const body = JSON.stringify({ trackingId, sessionId: 's1', eventList });
  return (await fetch(`${url}/collect/events`, { method: 'POST', body })).status;
};

const event = (more: object = {}) => ({
  eventType: 'click',
  itemId: 'movie-12',
  sentAt: 1_700_000_000,
  ...more,
});

/** Returns what was printed after the start, without the times. */
const reported = ({ lines }: RunningCommand) =>
  lines()
    .filter((line) => /^\d\d:\d\d:\d\d {2}/.test(line))
    .map((line) => line.replace(/^\S+\s+/, '').replace(/\s+/g, ' '));

test('local prints the tag, the options and the address, then each event with what to change', {
  tag: '@core',
}, async ({ start }) => {
  const command = await start('--port', '0', '--schema', STOREFRONT, '--tracking-id', 'shop');
  const printed = command.lines().join('\n');
  expect(printed).toContain(`Page        ${command.url}\n`);
  expect(printed).toContain(`<script async src="${command.url}/personalize.js"`);
  expect(printed).toContain('data-tracking-id="shop"');
  expect(printed).toContain(`"endpoint": "${command.url}"`);
  expect(printed).toContain(`endpoint "${command.url}/collect"`);

  const first = event({ eventId: 'e1', properties: '{"mood":"sad"}' });
  expect(await put(command.url, [first], 'shop')).toBe(200);
  expect(await put(command.url, [first], 'shop')).toBe(200);
  expect(await put(command.url, [event({ itemId: '' })], 'shop')).toBe(400);
  expect((await fetch(`${command.url}/nothing`, { method: 'POST' })).status).toBe(404);
  await expect
    .poll(() => reported(command))
    .toEqual([
      'accepted click movie-12 session s1',
      'warning properties.mood: it has no column and is dropped: add MOOD to the schema',
      'duplicate click movie-12 session s1',
      expect.stringMatching(/^rejected click session s1 itemId: InvalidInputException: Value at/),
      'failed POST /nothing 404 UnknownOperationException',
    ]);
});

test('text of a page cannot control the terminal', async ({ start }) => {
  const command = await start('--port', '0');
  await put(command.url, [event({ itemId: 'a\u001b[2Jb\naccepted' })]);
  await expect
    .poll(() => reported(command))
    .toEqual(['accepted click a\\u001b[2Jb\\u000aaccepted session s1']);
});

test('local --json prints a line of JSON for the start, each event and each request', async ({ start }) => {
  const command = await start('--port', '0', '--json', '--no-ui');
  await put(command.url, [event(), event({ itemId: 'b' })]);
  const parsed = () => command.lines().map((line) => JSON.parse(line));
  await expect.poll(parsed).toMatchObject([
    { type: 'started', url: command.url, initOptions: { trackingId: 'demo-tracker' } },
    { type: 'event', status: 'accepted', event: { itemId: 'movie-12' } },
    { type: 'event', status: 'accepted', event: { itemId: 'b' } },
    { type: 'request', path: '/collect/events', status: 200, eventCount: 2 },
  ]);
  expect((await fetch(command.url)).status).toBe(404);
});

test('local says once that older events are dropped', async ({ start }) => {
  const command = await start('--port', '0');
  const batch = (request: number) =>
    Array.from({ length: 10 }, (_, n) => event({ itemId: `${request}-${n}` }));
  for (let request = 0; request < 1002; request++) await put(command.url, batch(request));
  const notices = () => command.lines().filter((line) => line.includes('older ones are dropped'));
  await expect.poll(notices).toEqual(['The newest 10,000 events are kept; older ones are dropped.']);
  await expect.poll(() => reported(command).length).toBe(10_020);
  expect(notices()).toHaveLength(1);
});

test('if the port is taken, local uses a free one and says so', async ({ start, serve }) => {
  const taken = await serve((_, response) => response.end());
  const command = await start('--port', `${taken}`);
  const [, port] = /:(\d+)$/.exec(command.url) ?? [];
  expect(Number(port)).not.toBe(taken);
  expect(command.lines()).toContain(`Port ${taken} is taken; port ${port} is used.`);
  expect(await put(command.url, [event()])).toBe(200);
});

test('a port that is taken on IPv6 alone counts as taken', async ({ start }) => {
  const server = createServer().listen(0, '::1');
  const isListening = await Promise.race([
    once(server, 'listening').then(() => true),
    once(server, 'error').then(() => false),
  ]);
  test.skip(!isListening, 'this machine has no IPv6');
  const { port } = server.address() as AddressInfo;
  const command = await start('--port', `${port}`);
  expect(command.url).not.toContain(`:${port}`);
  server.close();
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} stops local, although a page still reads the stream`, async ({ start }) => {
    test.skip(process.platform === 'win32', 'Windows has no signals');
    const { child, url } = await start('--port', '0');
    const stream = await fetch(`${url}/api/stream`);
    const exited = once(child, 'exit');
    child.kill(signal);
    expect(await exited).toEqual([0, null]);
    await expect(stream.text()).rejects.toThrow();
  });
}

for (const [args, message] of [
  [['--port', '99999'], '--port must be a number from 0 to 65535; got "99999"'],
  [['--port', 'x'], '--port must be a number from 0 to 65535; got "x"'],
  [['--tracking-id', ''], '--tracking-id must not be empty'],
  [['--schema', 'missing.avsc'], '--schema missing.avsc: ENOENT'],
  [['--domain', 'ECOMMERCE'], '--domain goes only with --schema'],
  [['--domain', 'SHOP', '--schema', STOREFRONT], '--domain must be ECOMMERCE or VIDEO_ON_DEMAND; got "SHOP"'],
  [['--colour'], "Unknown option '--colour'"],
  [['now'], "Unexpected argument 'now'"],
] as const) {
  test(`local ${args.join(' ')} ends with exit code 2 and the reason`, () => {
    const { status, stderr } = spawnSync(process.execPath, [CLI, 'local', ...args], { encoding: 'utf8' });
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
}

test('local --help lists the flags', () => {
  const { status, stdout } = spawnSync(process.execPath, [CLI, 'local', '--help'], { encoding: 'utf8' });
  for (const flag of ['--port', '--schema', '--domain', '--json', '--no-ui', '--tracking-id', '--region']) {
    expect(stdout).toContain(flag);
  }
  expect(status).toBe(0);
});

/** Reads the access key that the command prints for the AWS CLI and SDKs. */
const readKey = ({ lines }: RunningCommand) => {
  const [, accessKeyId = '', secretAccessKey = ''] =
    /AWS_ACCESS_KEY_ID=(\S+) AWS_SECRET_ACCESS_KEY=(\S+)/.exec(lines().join('\n')) ?? [];
  return { accessKeyId, secretAccessKey };
};

test("AWS's CLI sends to local with the printed key", async ({ start }) => {
  const run = promisify(execFile);
  test.skip(!(await run('aws', ['--version']).catch(() => undefined)), 'the aws command is not installed');
  const command = await start('--port', '0', '--region', 'eu-west-1');
  const { accessKeyId, secretAccessKey } = readKey(command);
  const send = (secret: string) =>
    run(
      'aws',
      [
        ...['personalize-events', 'put-events', '--endpoint-url', command.url, '--region', 'eu-west-1'],
        ...['--tracking-id', 'demo-tracker', '--session-id', 's1', '--event-list', JSON.stringify([event()])],
      ],
      { env: { ...process.env, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secret } },
    );
  await send(secretAccessKey);
  await expect(send(`${secretAccessKey}x`)).rejects.toThrow('InvalidSignatureException');
  await expect
    .poll(() => reported(command))
    .toEqual([
      'accepted click movie-12 session s1',
      expect.stringMatching(/^rejected click movie-12 session s1 InvalidSignatureException/),
    ]);
});

test('the AWS SDK sends to local with the printed key', async ({ start }) => {
  const command = await start('--port', '0');
  const client = new PersonalizeEventsClient({
    region: 'us-east-1',
    endpoint: command.url,
    credentials: readKey(command),
  });
  const input = { trackingId: 'demo-tracker', sessionId: 's1', userId: 'ann' };
  const sent = { eventType: 'click', itemId: 'movie-12', sentAt: new Date() };
  await client.send(new PutEventsCommand({ ...input, eventList: [sent] }));
  await expect.poll(() => reported(command)).toEqual(['accepted click movie-12 user ann']);
});

test('local refuses a signature of which one byte is changed', { tag: '@core' }, async ({ start }) => {
  const command = await start('--port', '0');
  const body = JSON.stringify({ trackingId: 'demo-tracker', sessionId: 's1', eventList: [event()] });
  const signer = new SignatureV4({
    service: 'personalize',
    region: 'us-east-1',
    credentials: readKey(command),
    sha256: NodeSha256,
  });
  const { host } = new URL(command.url);
  const { headers } = await signer.sign(
    new HttpRequest({ method: 'POST', path: '/events', headers: { host }, body }),
  );
  const { host: _, authorization = '', ...rest } = headers;
  const send = async (signature: string) =>
    (
      await fetch(`${command.url}/events`, {
        method: 'POST',
        headers: { ...rest, authorization: signature },
        body,
      })
    ).status;
  const changed = authorization.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  expect(await send(changed)).toBe(403);
  expect(await send(authorization)).toBe(200);
});
