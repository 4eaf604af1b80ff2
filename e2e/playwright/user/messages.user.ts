import { expect, type Personalize, test } from 'personalize-beacon/playwright';

/** Resolves to the message of an assertion that fails, without colours. */
const failure = (assertion: Promise<void>) =>
  assertion.then(
    () => 'it has passed',
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it begins a colour's code
    ({ message }: Error) => message.replace(/\u001b\[\d+m/g, ''),
  );

test('too many', async ({ page, personalize }) => {
  await page.goto('/');
  await page.getByText('The Third Man').click();
  await page.getByText('The Third Man').click();
  await expect(personalize).toHaveReceived({ itemId: 'movie-12' }, { times: 2 });
  const error = await failure(expect(personalize).toHaveReceived({ itemId: 'movie-12' }, { times: 1 }));
  expect(error).toBe(`expect(personalize).toHaveReceived(event)

Expected: {"itemId": "movie-12"}, 1 time
Received: 2 matching within 30000 ms

Events received:
  1. accepted click movie-12
  2. accepted click movie-12`);
});

test('an event that must not come', async ({ page, personalize }) => {
  await page.goto('/');
  await page.evaluate(() => setTimeout(() => window.personalize.track('view', 'late'), 1000));
  const error = await failure(expect(personalize).not.toHaveReceived({ eventType: 'view' }));
  expect(error).toBe(`expect(personalize).not.toHaveReceived(event)

Expected: not {"eventType": "view"}
Received: 1 matching within 30000 ms

Events received:
  1. accepted view late`);
});

test('no tracker on the page', async ({ page, personalize }) => {
  await page.goto('/without-tracker');
  const error = await failure(expect(personalize).toHaveReceived({ eventType: 'click' }, { timeout: 500 }));
  expect(error).toBe(`expect(personalize).toHaveReceived(event)

Expected: {"eventType": "click"}
Received: 0 matching within 500 ms

No request has come to Amazon Cognito, Amazon Personalize or personalizeOptions.endpoint. Possible causes:
  the page has no tracker, or its options are wrong: see the console of the page
  consent is required, or the visitor has opted out
  ignoreBots is set, which ignores browsers under automation
  the site sends to an endpoint of its own: name it in personalizeOptions.endpoint`);
});

test.describe(() => {
  test.use({ personalizeOptions: { identityPoolId: 'eu-west-1:0000' } });

  test('another identity pool', async ({ page, personalize }) => {
    await page.goto('/');
    await page.getByText('The Third Man').click();
    await expect.poll(() => personalize.aws.requests.at(-1)?.status).toBe(400);
    const error = await failure(expect(personalize).toHaveReceived({ eventType: 'click' }, { timeout: 0 }));
    // The tracker may ask again meanwhile.
    expect(error).toMatch(
      /No event has come\. \d requests have come, \d failed\.\nRequests that failed:\n {2}GetId → 400 ResourceNotFoundException: IdentityPool 'eu-west-1:11111111-2222-4333-8444-555555555555' not found\./,
    );
  });
});

test.describe(() => {
  test.use({ personalizeOptions: { trackingId: 'another' } });

  test('another tracker', async ({ page, personalize }) => {
    await page.goto('/');
    await page.getByText('The Third Man').click();
    await expect.poll(() => personalize.aws.requests.at(-1)?.status).toBe(404);
    const error = await failure(expect(personalize).toHaveReceived({ itemId: 'movie-12' }, { timeout: 0 }));
    expect(error).toBe(`expect(personalize).toHaveReceived(event)

Expected: {"itemId": "movie-12"}
Received: 0 matching within 0 ms

Nearest event: 1. rejected click movie-12
  status: expected "accepted", received "rejected"

Events received:
  1. rejected click movie-12
    ResourceNotFoundException: Event tracker 7c9e6679-7425-40de-944b-e07fc1f90ae7 not found.
Requests that failed:
  POST /events → 404 ResourceNotFoundException: Event tracker 7c9e6679-7425-40de-944b-e07fc1f90ae7 not found.`);
  });
});

test.describe(() => {
  const columns = ['USER_ID', 'ITEM_ID', 'EVENT_TYPE', 'GENRES', 'IMPRESSION'];
  const fields = columns.map((name) => ({ name, type: name === 'GENRES' ? ['null', 'string'] : 'string' }));
  const schema = {
    type: 'record',
    name: 'Interactions',
    namespace: 'com.amazonaws.personalize.schema',
    fields: [...fields, { name: 'TIMESTAMP', type: 'long' }],
    version: '1.0',
  };
  test.use({ personalizeOptions: { schema } });

  test('warnings', async ({ page, personalize }) => {
    await page.goto('/');
    await page.evaluate(() => window.personalize.identify('ann'));
    await page.getByText('Metropolis').click();
    await expect(personalize).toHaveReceived({ itemId: 'movie-7' });
    const error = await failure((async () => expect(personalize).toHaveNoWarnings())());
    expect(error).toBe(`expect(personalize).toHaveNoWarnings()

The dataset would drop something of 1 event:
  1. accepted click movie-7 {"genre":"Drama"}
    warning, properties.genre: it has no column and is dropped: add GENRE to the schema, or write genres`);
  });
});

test('wrong use', async ({ page, personalize }) => {
  const timeout = 0;
  const { not } = expect(personalize);
  for (const [assertion, message] of [
    [
      expect(personalize).toHaveReceived({ eventtype: 'click' } as object),
      'Events have no field eventtype; use eventType, itemId, actionId, eventValue, properties, recommendationId, impression, metricAttribution, sentAt, timestamp, eventId, trackingId, sessionId, userId, status, form.',
    ],
    [
      expect(personalize).toHaveReceived('click' as never),
      'toHaveReceived() takes an object, such as { eventType: \'click\' }; got "click"',
    ],
    [
      expect(personalize).toHaveReceived({}, { timeout, time: 1 } as object),
      'toHaveReceived() has no option time; use times, timeout.',
    ],
    [
      expect(personalize).toHaveReceived({}, { times: 0 }),
      'times must be a whole number from 1; got 0. For none, use .not.toHaveReceived().',
    ],
    [
      expect(personalize).toHaveReceived({}, { timeout: -1 }),
      'timeout must be 0–2147483647 milliseconds; got -1',
    ],
    [not.toHaveReceived({}, { timeout, times: 2 }), '.not.toHaveReceived() takes no times.'],
    [
      expect(page as unknown as Personalize).toHaveReceived({}),
      'toHaveReceived() takes the fixture: expect(personalize).toHaveReceived(…)',
    ],
    [
      (async () => expect(personalize).toHaveNoWarnings())(),
      'toHaveNoWarnings() needs the schema of the dataset, in personalizeOptions.schema.',
    ],
  ] as const) {
    expect(await failure(assertion)).toBe(message);
  }
});
