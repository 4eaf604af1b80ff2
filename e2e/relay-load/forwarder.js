// @ts-check
// The minimal server that forwards a batch with the AWS SDK, without any check.
import { createServer } from 'node:http';
import { PersonalizeEventsClient, PutEventsCommand } from '@aws-sdk/client-personalize-events';
import { say } from './say.js';

const client = new PersonalizeEventsClient({ maxAttempts: 3 });

say(
  createServer(async (request, response) => {
    const chunks = await request.toArray();
    const batch = JSON.parse(Buffer.concat(chunks).toString());
    for (const event of batch.eventList) event.sentAt = new Date(event.sentAt * 1000);
    await client.send(new PutEventsCommand(batch));
    response.end();
  }),
);
