import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import { serve } from '@hono/node-server';
import { createRelay } from 'personalize-beacon/relay';

const { TRACKING_ID, ACTION_TRACKING_ID, ORIGINS, PORT = '3000', HOST } = process.env;

// Region and credentials come from the environment, a profile, or the role of the machine.
const client = new PersonalizeEventsClient({ maxAttempts: 3 });

const relay = createRelay({
  trackingId: TRACKING_ID,
  actionTrackingId: ACTION_TRACKING_ID,
  origins: ORIGINS?.split(','),
  client,
});

const server = serve({ fetch: relay, port: Number(PORT), hostname: HOST }, ({ port }) => {
  console.log(`Relays what is posted to http://localhost:${port}/collect`);
});

/** The time for the last answers to be written before idle connections are closed. */
const GRACE_MS = 1000;

process.once('SIGTERM', async () => {
  server.close();
  await relay.close();
  setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  client.destroy();
});
