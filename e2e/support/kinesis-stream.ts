import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import {
  type _Record,
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import kinesalite from 'kinesalite';
import { test as base } from './fixtures.js';

export { expect } from './fixtures.js';

export interface Stream {
  url: string;
  client: KinesisClient;
  streamName: string;
  /** Makes Kinesis answer every request with this error and status 400. Without an argument it serves again. */
  refuse(type?: string): void;
  /** Operations requested from Kinesis, in order. */
  operations: string[];
  /** Makes Kinesis accept requests without an answer. */
  stall(): void;
  /** Reads all records of a shard from a sequence number, in the form of an event source mapping. */
  read(from?: string, shard?: number): Promise<KinesisStreamEvent>;
}

const STREAM_NAME = 'events';

const toLambda = (
  shardId: string | undefined,
  { SequenceNumber = '', PartitionKey = '', Data = new Uint8Array(), ApproximateArrivalTimestamp }: _Record,
): KinesisStreamRecord => ({
  awsRegion: 'us-east-1',
  eventID: `${shardId}:${SequenceNumber}`,
  eventName: 'aws:kinesis:record',
  eventSource: 'aws:kinesis',
  eventSourceARN: `arn:aws:kinesis:us-east-1:000000000000:stream/${STREAM_NAME}`,
  eventVersion: '1.0',
  invokeIdentityArn: 'arn:aws:iam::000000000000:role/consumer',
  kinesis: {
    approximateArrivalTimestamp: Number(ApproximateArrivalTimestamp) / 1000,
    data: Buffer.from(Data).toString('base64'),
    kinesisSchemaVersion: '1.0',
    partitionKey: PartitionKey,
    sequenceNumber: SequenceNumber,
  },
});

/** Opens an in-memory Kinesis stream. */
export const openStream = async (shardCount = 1): Promise<Stream & { close(): void }> => {
  const local = kinesalite({ createStreamMs: 0 });
  let refusal: string | undefined;
  let isStalled = false;
  const operations: string[] = [];
  // The Kinesis client uses HTTP/2.
  const server = createServer((request, response) => {
    operations.push(`${request.headers['x-amz-target']}`.split('.').pop() ?? '');
    if (isStalled) return;
    if (!refusal) return local.emit('request', request, response);
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ __type: refusal, message: 'Refused by the test.' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new KinesisClient({
    region: 'us-east-1',
    endpoint: url,
    credentials: { accessKeyId: 'anybody', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
  await client.send(new CreateStreamCommand({ StreamName: STREAM_NAME, ShardCount: shardCount }));
  const shards = async () => {
    const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName: STREAM_NAME }));
    return Shards.map(({ ShardId }) => ShardId);
  };
  await base.expect.poll(shards).toHaveLength(shardCount);
  return {
    client,
    streamName: STREAM_NAME,
    url,
    operations,
    refuse: (type) => {
      refusal = type;
    },
    stall: () => {
      isStalled = true;
    },
    async read(from, shard = 0) {
      const ShardId = (await shards())[shard];
      const { ShardIterator } = await client.send(
        new GetShardIteratorCommand({
          StreamName: STREAM_NAME,
          ShardId,
          ShardIteratorType: from ? 'AT_SEQUENCE_NUMBER' : 'TRIM_HORIZON',
          StartingSequenceNumber: from,
        }),
      );
      const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
      return { Records: Records.map((record) => toLambda(ShardId, record)) };
    },
    close() {
      client.destroy();
      server.close();
    },
  };
};

export const test = base.extend<{ shardCount: number; stream: Stream }>({
  shardCount: [1, { option: true }],
  stream: async ({ shardCount }, use) => {
    const stream = await openStream(shardCount);
    await use(stream);
    stream.close();
  },
});
