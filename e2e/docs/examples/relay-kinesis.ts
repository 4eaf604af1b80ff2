import { writeFile } from 'node:fs/promises';
import { parseTemplate, readTemplate } from '../../support/cloudformation.js';
import { expect } from '../../support/fixtures.js';
import { openStream } from '../../support/kinesis-stream.js';
import type { Block } from '../markdown.js';
import { bundle, type Example, type World } from '../run.js';

/** Runs code that uses the block's exports as on a server, with the local AWS as AWS. */
const onServer = async (
  block: Block,
  { testInfo }: World,
  endpoints: Record<string, string>,
  // biome-ignore lint/suspicious/noExplicitAny: a block may export anything
  use: (exported: any) => Promise<void>,
) => {
  const file = testInfo.outputPath('server.cjs');
  await writeFile(file, await bundle(block, "export * from './snippet'", 'node'));
  const own = { ...process.env };
  Object.assign(process.env, { AWS_REGION: 'us-east-1', ...endpoints });
  try {
    await use(await import(file));
  } finally {
    process.env = own;
  }
};

const BATCH = {
  trackingId: 'demo-tracker',
  sessionId: 's',
  eventList: [{ eventType: 'view', itemId: 'movie-12', sentAt: 1_700_000_000 }],
};

export const relayKinesis: Record<string, Example> = {
  'Relay to stream': {
    async check(block, world) {
      const stream = await openStream();
      const env = {
        AWS_ENDPOINT_URL_KINESIS: stream.url,
        AWS_ACCESS_KEY_ID: 'anybody',
        AWS_SECRET_ACCESS_KEY: 'any',
      };
      await onServer(block, world, env, ({ forward }) => forward(BATCH));
      expect((await stream.read()).Records).toMatchObject([{ kinesis: { partitionKey: 's' } }]);
      stream.close();
    },
  },
  'Stream to service': {
    async check(block, world) {
      const { accessKeyId, secretAccessKey, sessionToken } = world.aws.issueCredentials();
      const env = {
        AWS_ENDPOINT_URL_PERSONALIZE_EVENTS: world.aws.url,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken,
      };
      await onServer(block, world, env, async ({ handler }) => {
        const data = Buffer.from(JSON.stringify(BATCH)).toString('base64');
        const event = { Records: [{ kinesis: { sequenceNumber: '1', data } }] };
        expect(await handler(event)).toEqual({ batchItemFailures: [] });
      });
      expect(world.aws.counted()).toMatchObject(BATCH.eventList);
    },
  },
  'Stream to service (2)': {
    check({ code }) {
      const { Mapping } = readTemplate('demo/examples/relay-kinesis/template.yaml').Resources;
      const { ParallelizationFactor, ...rest } = parseTemplate(code).Properties;
      expect({ ...Mapping, Properties: { ...Mapping.Properties, ParallelizationFactor } }).toEqual({
        Type: Mapping.Type,
        Properties: { ...rest, ParallelizationFactor },
      });
    },
  },
};
