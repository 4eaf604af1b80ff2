// Credentials of a site's own, in whichever form its server gives them.
import type { Page } from '@playwright/test';
import { test } from '../support/console-errors.js';
import { expect, type Service, type Site } from '../support/fixtures.js';
import { counted, flush, PATIENT, record } from '../support/visits.js';

/** Starts a tracker whose `credentials` run `body`, with `issued` and how often they have been `asked`. */
const open = async (page: Page, site: Site, aws: Service, body: string) => {
  const { expiration, ...rest } = aws.issueCredentials();
  const issued = JSON.stringify({ ...rest, expiration: +expiration });
  site.add(
    '/',
    `<script src="/personalize.js"></script><script>
      asked = 0;
      errors = [];
      issued = ${issued};
      { const { accessKeyId, secretAccessKey, sessionToken } = issued;
        sdk = { accessKeyId, secretAccessKey, sessionToken };
        sts = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken };
        cognito = { AccessKeyId: accessKeyId, SecretKey: secretAccessKey, SessionToken: sessionToken }; }
      personalize.init({
        trackingId: 'demo-tracker', region: 'us-east-1', endpoint: '${aws.url}',
        flushInterval: ${PATIENT['data-flush-interval']},
        credentials: ${body},
      });
      personalize.on('error', ({ reason }) => errors.push(reason));
    </script>`,
  );
  site.add('/next', '');
  await page.goto(site.url);
};

const asked = (page: Page) => page.evaluate('asked');

const FORMS = {
  'ISO text': '{ ...sdk, expiration: new Date(issued.expiration).toISOString() }',
  'Unix seconds': '{ ...sdk, expiration: issued.expiration / 1000 }',
  'Unix milliseconds': '{ ...sdk, expiration: issued.expiration }',
  'the names of STS': '{ ...sts, Expiration: new Date(issued.expiration).toISOString() }',
  'the answer of STS': '{ Credentials: { ...sts, Expiration: issued.expiration / 1000 } }',
  'the answer of Cognito':
    '{ IdentityId: "i", Credentials: { ...cognito, Expiration: issued.expiration / 1000 } }',
};

for (const [what, form] of Object.entries(FORMS)) {
  test(`${what}: asked for once, and what leaves with the page is signed`, async ({
    page,
    aws,
    site,
    said,
  }) => {
    await open(page, site, aws, `() => (asked++, ${form})`);
    for (const item of ['a', 'b', 'c']) {
      await record(page, item);
      await flush(page);
    }
    expect(await asked(page)).toBe(1);
    await record(page, 'left');
    await page.goto(`${site.url}/next`);
    await expect.poll(() => counted(aws)).toEqual(['a', 'b', 'c', 'left']);
    expect(aws.accepted.at(-1)?.form).toBe('query');
    expect(said).toEqual([]);
  });
}

test('credentials that the page changes afterwards sign as they were given', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  await open(page, site, aws, '() => (asked++, given = { ...sdk })');
  await record(page, 'a');
  await flush(page);
  await page.evaluate('given.secretAccessKey = given.accessKeyId = ""');
  await record(page, 'b');
  await flush(page);
  expect(await asked(page)).toBe(1);
  expect(aws.calls('/events').map(({ status }) => status)).toEqual([200, 200]);
});

const RETURN = '; return { accessKeyId, secretAccessKey, sessionToken, expiration }';

for (const [what, body, reason] of [
  ['nothing', 'undefined', `accessKeyId must be text without blanks; got undefined${RETURN}`],
  [
    'no secret',
    '({ ...sdk, secretAccessKey: undefined })',
    `secretAccessKey must be text without blanks; got undefined${RETURN}`,
  ],
  [
    'no time',
    '({ ...sdk, expiration: NaN })',
    `expiration must be a Date, ISO text or Unix time in the future; got NaN${RETURN}`,
  ],
  ['an error', '(() => { throw Error("no server") })()', 'no server'],
  ['a rejection', 'Promise.reject("log in first")', 'log in first'],
] as const) {
  test(`${what} in place of credentials is one message, and is asked again until it gives some`, async ({
    page,
    aws,
    site,
    said,
  }) => {
    await open(page, site, aws, `() => (asked++, isWell ? sdk : ${body})`.replace('isWell', 'window.isWell'));
    await record(page, 'a', 'b', 'c');
    const message = `credentials: ${reason}`;
    await expect.poll(() => page.evaluate('asked')).toBeGreaterThan(2);
    expect(await page.evaluate('errors')).toEqual([message]);
    expect(said).toEqual([`personalize-beacon: ${message}`]);
    expect(aws.accepted).toEqual([]);
    await page.evaluate('window.isWell = true');
    await flush(page);
    expect(counted(aws)).toEqual(['a', 'b', 'c']);
  });
}

test('credentials that have expired are one message once the clock is known, and asked for with backoff', {
  tag: '@core',
}, async ({ page, aws, site, said }) => {
  await open(
    page,
    site,
    aws,
    '() => (asked++, { ...sdk, expiration: window.isWell ? issued.expiration : 1e9 })',
  );
  aws.expireCredentials();
  await record(page, 'a');
  await expect.poll(() => said).toHaveLength(1);
  expect(said[0]).toContain('expiration must be a Date, ISO text or Unix time in the future; got 1000000000');
  // Before that they were tried, and refused by a service whose answer has told the time.
  expect(aws.calls('/events').map(({ errorType }) => errorType)).toEqual(['ExpiredTokenException']);
});
