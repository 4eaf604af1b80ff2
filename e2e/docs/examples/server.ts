import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { expect } from '../../support/fixtures.js';
import { credentialsOf } from '../../support/packed-package.js';
import { type Block, docs } from '../markdown.js';
import { bundle, type Example, runInPage, type World } from '../run.js';
import { clickOn } from './markup.js';
import { isOfThisPackage } from './others.js';

/** The timeout of a child that a failed test leaves behind. */
const CHILD_TIMEOUT_MS = 60_000;

const SECRET = 'of-the-provider';

/** A child that runs a block's exports, with the local AWS as AWS. */
interface Program {
  child: ChildProcess;
  /** Returns the next line that it has printed. */
  line(): Promise<string>;
  exit: Promise<unknown[]>;
}

/** Starts Node with a block and code that uses its `exported`. */
const start = async (block: Block, { testInfo, aws }: World, use: string): Promise<Program> => {
  const file = testInfo.outputPath('server.cjs');
  await writeFile(file, await bundle(block, "export * from './snippet'", 'node'));
  const code = `const exported = require(${JSON.stringify(file)}); ${use}`;
  const child = spawn(process.execPath, ['-e', code], {
    cwd: testInfo.outputDir,
    env: { ...process.env, ...credentialsOf(aws), WEBHOOK_SECRET: SECRET },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: CHILD_TIMEOUT_MS,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, line: async () => (await lines.next()).value, exit: once(child, 'exit') };
};

const STAY = "setInterval(() => {}, 1000); console.log('ready');";

/** Calls the webhook as a provider does. Resolves to the answer's status. */
const callWebhook = async (url: string, payment: object, type = 'payment.succeeded', secret = SECRET) => {
  const body = JSON.stringify({ type, payment });
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return (await fetch(url, { method: 'POST', body, headers: { 'x-signature': signature } })).status;
};

const paymentOf = (session: string) => ({
  id: 'payment-1001',
  created: 1_700_000_000,
  items: [
    { itemId: 'movie-12', price: 9.99 },
    { itemId: 'movie-7', price: 4.99 },
  ],
  metadata: { session, user: 'user-5' },
});

const LISTEN = `require('node:http')
  .createServer(exported.handleWebhook)
  .listen(0, '127.0.0.1', function () { console.log('http://127.0.0.1:' + this.address().port); });`;

const webhook = docs
  .find(({ file }) => file === 'docs/server.md')
  ?.blocks.find(({ code }) => code.startsWith('// webhook.js')) as Block;

const PURCHASES = [
  { eventType: 'purchase', itemId: 'movie-12', eventValue: 9.99, eventId: 'payment-1001-movie-12' },
  { eventType: 'purchase', itemId: 'movie-7', eventValue: 4.99, eventId: 'payment-1001-movie-7' },
];

const LINK = '<a data-personalize-item="movie-12" href="#reviews">The Third Man</a>';

export const server: Record<string, Example> = {
  'Set up': { check: isOfThisPackage },
  'Set up (2)': {
    async check(block, world) {
      const { child, line, exit } = await start(
        block,
        world,
        `exported.tracker.track({ sessionId: 's' }, 'view', 'movie-12'); ${STAY}`,
      );
      expect(await line()).toBe('ready');
      child.kill('SIGTERM');
      expect(await exit).toEqual([0, null]);
      expect(world.aws.counted()).toMatchObject([{ eventType: 'view', itemId: 'movie-12' }]);
    },
  },
  'Set up (3)': {
    async check(block, world) {
      const { child, line, exit } = await start(block, world, STAY);
      expect(await line()).toBe('ready');
      child.kill('SIGTERM');
      expect(await exit).toEqual([0, null]);
      const visitor = { sessionId: 'session-of-the-page', userId: 'user-5' };
      expect(world.aws.acknowledged).toMatchObject([
        { ...visitor, event: { eventType: 'purchase', itemId: 'movie-12', eventValue: 9.99 } },
        { ...visitor, event: { eventType: 'rate', itemId: 'movie-7', eventValue: 4 } },
      ]);
    },
  },
  // The whole way: a click on the page, the form, the payment's metadata, the webhook.
  'Session and user': {
    async check(block, world) {
      const { page, aws } = world;
      await runInPage(world, block, {
        html: LINK,
        visit: clickOn('The Third Man'),
        arrives: [{ eventType: 'click', itemId: 'movie-12' }],
      });
      const posted = page.waitForRequest('**/checkout');
      await page.getByText('Pay').click();
      const session = new URLSearchParams((await posted).postData() ?? '').get('session') ?? '';
      const { child, line } = await start(webhook, world, LISTEN);
      expect(await callWebhook(await line(), paymentOf(session))).toBe(200);
      child.kill();
      const sessions = aws.acknowledged.map(({ sessionId, event }) => [event.eventType, sessionId]);
      expect(sessions.filter(([type]) => type === 'purchase')).toEqual(Array(2).fill(['purchase', session]));
      expect(sessions).toContainEqual(['click', session]);
    },
  },
  'Session and user (2)': {
    async visit(page) {
      const sessionId = await page.evaluate(() => window.personalize.ready);
      const cookie = { name: 'personalize-session', value: encodeURIComponent(sessionId) };
      await expect.poll(() => page.context().cookies()).toMatchObject([cookie]);
    },
  },
  "A purchase from a payment's webhook": {
    async check(block, world) {
      const { aws } = world;
      const payment = paymentOf('session-of-the-page');
      const first = await start(block, world, LISTEN);
      const url = await first.line();
      expect(await callWebhook(url, payment, 'payment.succeeded', 'of-nobody')).toBe(401);
      expect(await callWebhook(url, payment, 'payment.created')).toBe(200);
      expect(await callWebhook(url, { ...payment, metadata: {} })).toBe(200);
      expect(aws.requests).toEqual([]);
      // The provider calls twice, although the second call finds the answer of the first one lost.
      aws.fail({ drop: 'answer', times: 1 });
      expect(await callWebhook(url, payment)).toBe(200);
      expect(await callWebhook(url, payment)).toBe(200);
      first.child.kill('SIGKILL');

      const second = await start(block, world, LISTEN);
      const newUrl = await second.line();
      expect(await callWebhook(newUrl, payment)).toBe(200);
      expect(aws.counted()).toMatchObject(PURCHASES.map((event) => ({ ...event, sentAt: payment.created })));
      expect(aws.events.filter(({ status }) => status === 'duplicate').length).toBeGreaterThanOrEqual(4);
      aws.fail({ refuseItem: 'movie-9' });
      const refused = { ...payment, items: [{ itemId: 'movie-9', price: 1 }, ...payment.items] };
      expect(await callWebhook(newUrl, refused)).toBe(503);
      expect(await callWebhook(newUrl, payment)).toBe(200);
      expect(aws.counted()).toHaveLength(2);
      second.child.kill('SIGKILL');
    },
  },
  'Undelivered events': {
    async check(block, world) {
      const { aws } = world;
      const undo = aws.fail({ status: 503 });
      const first = await start(
        block,
        world,
        "exported.tracker.track({ sessionId: 's' }, 'view', 'movie-12', { eventId: 'one' }); exported.tracker.close();",
      );
      expect(await first.exit).toEqual([0, null]);
      undo();
      const second = await start(
        block,
        world,
        'exported.trackStored().then(() => exported.tracker.close());',
      );
      expect(await second.exit).toEqual([0, null]);
      expect(aws.counted()).toMatchObject([{ eventId: 'one', itemId: 'movie-12' }]);
    },
  },
};
