import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { createRelay } from 'personalize-beacon/relay';

const { TRACKING_ID, ACTION_TRACKING_ID, ORIGINS } = process.env;

const relay = createRelay({
  trackingId: TRACKING_ID,
  actionTrackingId: ACTION_TRACKING_ID,
  // A function URL has its own host, so the pages are of another origin.
  origins: ORIGINS?.split(','),
  // Region and credentials are the function's.
  client: new PersonalizeEventsClient({ maxAttempts: 3 }),
});

export const handler = handle(new Hono().all('*', ({ req }) => relay(req.raw)));
