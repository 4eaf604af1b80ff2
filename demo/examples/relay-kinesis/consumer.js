// The function at the stream's other end: takes events off it and to the service, at the rate that it is given.

import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import { createConsumer, toPersonalize } from 'personalize-beacon/relay/kinesis';

export const handler = createConsumer({
  forward: toPersonalize(new PersonalizeEventsClient()),
  requestsPerSecond: Number(process.env.REQUESTS_PER_SECOND),
});
