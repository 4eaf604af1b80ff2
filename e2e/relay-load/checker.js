// @ts-check
// The relay with a forward() that does nothing, to measure its checks alone.
import { serve } from '@hono/node-server';
import { createRelay } from 'personalize-beacon/relay';

const relay = createRelay({ trackingId: 'demo-tracker', forward: async () => {} });
serve({ fetch: relay, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
  console.log(`http://127.0.0.1:${port}/`),
);
