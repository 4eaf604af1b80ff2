// The function that consumes the stream: sends its events to the service, within the given rate.

import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import { createConsumer, toPersonalize } from 'personalize-beacon/relay/kinesis';

export const handler = createConsumer({
  forward: toPersonalize(new PersonalizeEventsClient()),
  requestsPerSecond: Number(process.env.REQUESTS_PER_SECOND),
});
