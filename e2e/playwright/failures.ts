import { expect } from '@playwright/test';

/** The messages of the tests in user/failing.user.ts. */
export const FAILURES: Record<string, unknown[]> = {
  'another value': [
    `Error: expect(personalize).toHaveReceived(event)

Expected: {"eventType": "click", "itemId": "movie-7", "properties": {"genre": "Crime"}}
Received: 0 matching within 500 ms

Nearest event: 2. accepted click movie-7 {"genre":"Drama"}
  properties: expected {"genre": "Crime"}, received {"genre": "Drama"}

Events received:
  1. accepted click movie-12
  2. accepted click movie-7 {"genre":"Drama"}`,
  ],
  'too many': [
    `Error: expect(personalize).toHaveReceived(event)

Expected: {"itemId": "movie-12"}, 1 time
Received: 2 matching within 30000 ms

Events received:
  1. accepted click movie-12
  2. accepted click movie-12`,
  ],
  'an event that must not come': [
    `Error: expect(personalize).not.toHaveReceived(event)

Expected: not {"eventType": "view"}
Received: 1 matching within 30000 ms

Events received:
  1. accepted view late`,
  ],
  'no tracker on the page': [
    `Error: expect(personalize).toHaveReceived(event)

Expected: {"eventType": "click"}
Received: 0 matching within 500 ms

No request has come to Amazon Cognito, Amazon Personalize or personalizeOptions.endpoint. Possible causes:
  the page has no tracker, or its options are wrong: see the console of the page
  consent is required, or the visitor has opted out
  ignoreBots is set, which ignores browsers under automation
  the site sends to an endpoint of its own: name it in personalizeOptions.endpoint`,
  ],
  'another identity pool': [
    expect.stringMatching(
      /No event has come\. \d requests have come, \d failed\.\nRequests that failed:\n {2}GetId → 400 ResourceNotFoundException: IdentityPool 'eu-west-1:11111111-2222-4333-8444-555555555555' not found\./,
    ),
  ],
  'another tracker': [
    `Error: expect(personalize).toHaveReceived(event)

Expected: {"itemId": "movie-12"}
Received: 0 matching within 0 ms

Nearest event: 1. rejected click movie-12
  status: expected "accepted", received "rejected"

Events received:
  1. rejected click movie-12
    ResourceNotFoundException: Event tracker 7c9e6679-7425-40de-944b-e07fc1f90ae7 not found.
Requests that failed:
  POST /events → 404 ResourceNotFoundException: Event tracker 7c9e6679-7425-40de-944b-e07fc1f90ae7 not found.`,
  ],
  warnings: [
    `Error: expect(personalize).toHaveNoWarnings()

The dataset would drop something of 1 event:
  1. accepted click movie-7 {"genre":"Drama"}
    warning, properties.genre: it has no column and is dropped: add GENRE to the schema, or write genres`,
  ],
  'wrong use': [
    'Error: Events have no field eventtype; use eventType, itemId, actionId, eventValue, properties, recommendationId, impression, metricAttribution, sentAt, timestamp, eventId, trackingId, sessionId, userId, status, form.',
    'Error: toHaveReceived() takes an object, such as { eventType: \'click\' }; got "click"',
    'Error: toHaveReceived() has no option time; use times, timeout.',
    'Error: times must be a whole number from 1; got 0. For none, use .not.toHaveReceived().',
    'Error: timeout must be 0–2147483647 milliseconds; got -1',
    'Error: .not.toHaveReceived() takes no times.',
    'Error: toHaveReceived() takes the fixture: expect(personalize).toHaveReceived(…)',
    'Error: toHaveNoWarnings() needs the schema of the dataset, in personalizeOptions.schema.',
  ],
  'a wrong option': [
    'Error: personalizeOptions has no trackingIds; use trackingId, actionTrackingId, identityPoolId, region, schema, domain, endpoint.',
  ],
  'a proxy that replaces the own one': [
    'Error: test.use({ proxy }) replaces the proxy of personalize-beacon/playwright. Put it into `use` of the config, or of a project there: then both work.',
  ],
};
