import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  PersonalizeEventsClient,
  PutActionInteractionsCommand,
  PutEventsCommand,
} from '@aws-sdk/client-personalize-events';
import { expect, test } from '../support/fixtures.js';

const run = promisify(execFile);

const event = { eventType: 'click', itemId: 'a', sentAt: new Date() };
const batch = { trackingId: 'demo-tracker', sessionId: 's', eventList: [event] };
const interaction = { actionId: 'join', sessionId: 's', eventType: 'Taken', timestamp: new Date() };
const actions = { trackingId: 'demo-action-tracker', actionInteractions: [interaction] };

test("the local AWS accepts AWS's own SDK, and refuses a signature with one byte changed", {
  tag: '@core',
}, async ({ aws }) => {
  const client = new PersonalizeEventsClient({
    region: 'us-east-1',
    endpoint: aws.url,
    credentials: aws.issueCredentials(),
  });
  const { $metadata } = await client.send(new PutEventsCommand(batch));
  expect($metadata.httpStatusCode).toBe(200);
  await client.send(
    new PutActionInteractionsCommand({
      ...actions,
      actionInteractions: [{ ...interaction, userId: 'ann', properties: { row: 'top' } }],
    }),
  );
  expect(aws.acknowledged).toMatchObject([
    { form: 'header', status: 'accepted', event: { itemId: 'a' } },
    {
      form: 'header',
      status: 'accepted',
      userId: 'ann',
      event: { actionId: 'join', properties: '{"row":"top"}' },
    },
  ]);
  const click = { ...interaction, eventType: 'click' };
  await expect(
    client.send(new PutActionInteractionsCommand({ ...actions, actionInteractions: [click] })),
  ).rejects.toMatchObject({ name: 'InvalidInputException', message: expect.stringContaining('eventType') });

  client.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers.authorization = (headers.authorization as string).replace(/.$/, (c) => (c === '0' ? '1' : '0'));
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'changeOneByte' },
  );
  for (const send of [
    () => client.send(new PutEventsCommand(batch)),
    () => client.send(new PutActionInteractionsCommand(actions)),
  ]) {
    await expect(send()).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  }
  expect(aws.acknowledged).toHaveLength(2);
});

test("the local AWS accepts AWS's own CLI, and refuses a wrong secret", async ({ aws }) => {
  const version = await run('aws', ['--version']).catch(() => undefined);
  test.skip(!version, 'the aws command is not installed');
  const { accessKeyId, secretAccessKey, sessionToken } = aws.issueCredentials();
  const env = (secret: string) => ({
    ...process.env,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  });
  const putEvents = [
    ...['personalize-events', 'put-events', '--endpoint-url', aws.url, '--tracking-id', 'demo-tracker'],
    ...['--session-id', 's', '--event-list', JSON.stringify([{ ...event, sentAt: 1_700_000_000 }])],
  ];
  const putActions = [
    ...['personalize-events', 'put-action-interactions', '--endpoint-url', aws.url],
    ...['--tracking-id', 'demo-action-tracker', '--action-interactions'],
    JSON.stringify([{ ...interaction, timestamp: 1_700_000_000 }]),
  ];
  for (const command of [putEvents, putActions]) await run('aws', command, { env: env(secretAccessKey) });
  const arrived = [
    { form: 'header', status: 'accepted', event: { itemId: 'a' } },
    { form: 'header', status: 'accepted', event: { actionId: 'join' } },
  ];
  expect(aws.acknowledged).toMatchObject(arrived);
  for (const command of [putEvents, putActions]) {
    await expect(run('aws', command, { env: env(`${secretAccessKey}x`) })).rejects.toThrow(
      'InvalidSignatureException',
    );
  }
  expect(aws.acknowledged).toHaveLength(2);
});

test('the local AWS refuses a presigned request with one byte of its body changed', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  site.add('/', `${site.tag()}<a href="/next">go</a>`);
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await page.evaluate(() => {
    window.personalize.track('warm-up', 'a');
    return window.personalize.flush();
  });
  // Captures the page's beacon instead of sending it.
  const [url, body] = await page.evaluate(() => {
    const written: [string, string][] = [];
    navigator.sendBeacon = (to, data) => written.push([`${to}`, `${data}`]) > 0;
    window.personalize.track('click', 'b');
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    return written[0] as [string, string];
  });
  const post = (text: string) =>
    fetch(url, { method: 'POST', body: text, headers: { 'content-type': 'text/plain;charset=UTF-8' } });
  const changed = await post(body.replace('"itemId":"b"', '"itemId":"c"'));
  expect(changed.status).toBe(403);
  expect(changed.headers.get('x-amzn-errortype')).toContain('InvalidSignatureException');
  expect((await post(body)).status).toBe(200);
  expect(aws.acknowledged.map((a) => [a.event.itemId, a.form])).toEqual([
    ['a', 'header'],
    ['b', 'query'],
  ]);
});
