// Tests of a site's own credentials, in each form that a server returns.
import type { Page } from '@playwright/test';
import { test } from '../support/console-errors.js';
import { expect, type Service, type Site } from '../support/fixtures.js';
import { counted, flush, LONG_FLUSH_INTERVAL, record } from '../support/visits.js';

/**
 * Starts a tracker whose `credentials` function is `body`, with `issued` credentials and `asked` as its number of
 * calls.
 */
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
        flushInterval: ${LONG_FLUSH_INTERVAL['data-flush-interval']},
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
  'an expiration in ISO text': '{ ...sdk, expiration: new Date(issued.expiration).toISOString() }',
  'an expiration in Unix seconds': '{ ...sdk, expiration: issued.expiration / 1000 }',
  'an expiration in Unix milliseconds': '{ ...sdk, expiration: issued.expiration }',
  'the field names of STS': '{ ...sts, Expiration: new Date(issued.expiration).toISOString() }',
  'the shape of an STS response': '{ Credentials: { ...sts, Expiration: issued.expiration / 1000 } }',
  'the shape of a Cognito response':
    '{ IdentityId: "i", Credentials: { ...cognito, Expiration: issued.expiration / 1000 } }',
};

for (const [what, form] of Object.entries(FORMS)) {
  test(`credentials with ${what} are requested once and sign the beacon at unload`, async ({
    page,
    aws,
    site,
    consoleErrors,
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
    expect(aws.acknowledged.at(-1)?.form).toBe('query');
    expect(consoleErrors).toEqual([]);
  });
}

test('changing a credentials object afterwards does not change the signatures', { tag: '@core' }, async ({
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
  ['undefined', 'undefined', `accessKeyId must be text without blanks; got undefined${RETURN}`],
  [
    'credentials without a secret',
    '({ ...sdk, secretAccessKey: undefined })',
    `secretAccessKey must be text without blanks; got undefined${RETURN}`,
  ],
  [
    'an invalid expiration',
    '({ ...sdk, expiration: NaN })',
    `expiration must be a Date, ISO text or Unix time in the future; got NaN${RETURN}`,
  ],
  ['a thrown error', '(() => { throw Error("no server") })()', 'no server'],
  ['a rejection', 'Promise.reject("log in first")', 'log in first'],
] as const) {
  test(`a credentials function that results in ${what} is logged once, and called again until it returns credentials`, async ({
    page,
    aws,
    site,
    consoleErrors,
  }) => {
    await open(page, site, aws, `() => (asked++, isWell ? sdk : ${body})`.replace('isWell', 'window.isWell'));
    await record(page, 'a', 'b', 'c');
    const message = `credentials: ${reason}`;
    await expect.poll(() => page.evaluate('asked')).toBeGreaterThan(2);
    expect(await page.evaluate('errors')).toEqual([message]);
    expect(consoleErrors).toEqual([`personalize-beacon: ${message}`]);
    expect(aws.acknowledged).toEqual([]);
    await page.evaluate('window.isWell = true');
    await flush(page);
    expect(counted(aws)).toEqual(['a', 'b', 'c']);
  });
}

test('expired credentials are logged once the clock is known, and requested again with backoff', {
  tag: '@core',
}, async ({ page, aws, site, consoleErrors }) => {
  await open(
    page,
    site,
    aws,
    '() => (asked++, { ...sdk, expiration: window.isWell ? issued.expiration : 1e9 })',
  );
  aws.expireCredentials();
  await record(page, 'a');
  await expect.poll(() => consoleErrors).toHaveLength(1);
  expect(consoleErrors[0]).toContain(
    'expiration must be a Date, ISO text or Unix time in the future; got 1000000000',
  );
  // The service refused them before, and its answer carried the time.
  expect(aws.calls('/events').map(({ errorType }) => errorType)).toEqual(['ExpiredTokenException']);
});
