import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import { getRequestListener } from '@hono/node-server';
import { createRelay } from '../../../src/relay.js';
import { expect, type Service } from '../../support/fixtures.js';
import type { Block } from '../markdown.js';
import { bundle, type Example, type World } from '../run.js';
import { clickOn } from './markup.js';
import { isOfThisPackage } from './others.js';

const ORIGIN = 'https://www.example.com';
const event = { eventType: 'view', itemId: 'movie-12', sentAt: 1_700_000_000 };
const body = JSON.stringify({ trackingId: 'demo-tracker', sessionId: 's', eventList: [event] });
const headers = { 'content-type': 'application/json', origin: ORIGIN };

/** The environment that the AWS SDK reads. */
const environmentOf = (aws: Service) => {
  const { accessKeyId, secretAccessKey, sessionToken } = aws.issueCredentials();
  return {
    AWS_ENDPOINT_URL_PERSONALIZE_EVENTS: aws.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
};

const clientOf = (aws: Service) =>
  new PersonalizeEventsClient({
    region: 'us-east-1',
    endpoint: aws.url,
    credentials: aws.issueCredentials(),
  });

/** Writes the block as a file for Node. */
const write = async (block: Block, { testInfo }: World) => {
  const file = testInfo.outputPath('relay.cjs');
  await writeFile(file, await bundle(block, "export * from './snippet'", 'node'));
  return file;
};

/** Returns a block's exports, in the environment of a server. */
const load = async (block: Block, world: World) => {
  Object.assign(process.env, environmentOf(world.aws));
  return import(await write(block, world));
};

const arrived = ({ aws }: World) => expect(aws.acknowledged).toMatchObject([{ form: 'header', event }]);

export const relay: Record<string, Example> = {
  'Set up': { check: isOfThisPackage },
  'Set up (2)': {
    async check(block, world) {
      const file = await write({ ...block, code: block.code.replace('3000', '0') }, world);
      const env = { ...process.env, ...environmentOf(world.aws) };
      const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
      const [line] = await once(createInterface({ input: child.stdout }), 'line');
      const { origin } = new URL(line);
      const response = await fetch(`${origin}/collect/events`, {
        method: 'POST',
        body,
        headers: { ...headers, origin },
      });
      expect(response.status).toBe(200);
      arrived(world);
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    },
  },
  'Set up (3)': {
    async prepare({ page, aws, site, serve }) {
      const relay = createRelay({ trackingId: 'demo-tracker', client: clientOf(aws), origins: [site.url] });
      const listener = getRequestListener(relay, { overrideGlobalObjects: false });
      const port = await serve(listener);
      await page.route('**/collect/events', (route) =>
        route.continue({ url: `http://127.0.0.1:${port}/collect/events` }),
      );
    },
    visit: clickOn('The Third Man'),
  },
  'Next.js': {
    async check(block, world) {
      const { POST } = await load(block, world);
      const init = { method: 'POST', body, headers };
      const response = await POST(new Request(`${ORIGIN}/collect/events`, init));
      expect(response.status).toBe(200);
      arrived(world);
    },
  },
  'AWS Lambda': {
    async check(block, world) {
      const { handler } = await load(block, world);
      const domainName = 'abc.lambda-url.us-east-1.on.aws';
      const http = { method: 'POST', path: '/events' };
      const answer = await handler({
        version: '2.0',
        rawPath: '/events',
        rawQueryString: '',
        headers: { ...headers, host: domainName },
        requestContext: { domainName, http },
        body,
        isBase64Encoded: false,
      });
      expect(answer.statusCode).toBe(200);
      arrived(world);
    },
  },
  'The user': {
    async check(block, world) {
      const { makeRelay } = await load(block, world);
      const relay = makeRelay(clientOf(world.aws));
      for (const cookie of ['lang=en; session=3f9c', 'session=of-nobody']) {
        const init = { method: 'POST', body, headers: { ...headers, cookie } };
        expect((await relay(new Request(`${ORIGIN}/events`, init))).status).toBe(200);
      }
      expect(world.aws.acknowledged.map(({ userId }) => userId)).toEqual(['user-5', undefined]);
    },
  },
};
