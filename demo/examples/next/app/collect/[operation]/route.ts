import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import { createRelay } from 'personalize-beacon/relay';

// For pages whose tracker has `endpoint: '/collect'` and no identity pool. Region and credentials are the server's own.
export const POST = createRelay({
  trackingId: 'demo-tracker',
  client: new PersonalizeEventsClient({ maxAttempts: 3 }),
});
