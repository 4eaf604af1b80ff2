// The function behind a function URL and the site's own /collect: puts the pages' batches on the stream.

import { KinesisClient } from '@aws-sdk/client-kinesis';
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { createRelay } from 'personalize-beacon/relay';
import { toKinesis } from 'personalize-beacon/relay/kinesis';

const relay = createRelay({
  trackingId: process.env.TRACKING_ID,
  origins: [process.env.ORIGIN],
  forward: toKinesis({ client: new KinesisClient(), streamName: process.env.STREAM_NAME }),
});

export const handler = handle(new Hono().all('*', ({ req }) => relay(req.raw)));
