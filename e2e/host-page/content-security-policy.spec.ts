import { allowsConnection, policiesOf } from '../../src/cli/check/policy.js';
import { expect } from '../support/fixtures.js';
import { test } from '../support/real-hosts.js';

const AWS = [
  'https://personalize-events.us-east-1.amazonaws.com/events',
  'https://cognito-identity.us-east-1.amazonaws.com/',
];

/** `LOCAL` stands for a server on another port than the page's. */
const POLICIES = [
  "connect-src 'self'",
  "connect-src 'none'",
  'connect-src',
  'connect-src *',
  'connect-src *:*',
  'connect-src http:',
  'connect-src https:',
  'connect-src LOCAL',
  'connect-src LOCAL/',
  'connect-src LOCAL/events',
  'connect-src LOCAL/ev',
  'connect-src LOCAL/events/',
  'connect-src http://127.0.0.1',
  'connect-src http://127.0.0.1:*',
  'connect-src https://127.0.0.1:*',
  'connect-src *.amazonaws.com',
  'connect-src amazonaws.com',
  'connect-src *.us-east-1.amazonaws.com:443',
  'connect-src https://*.amazonaws.com:444',
  'connect-src http://*.amazonaws.com:80',
  `connect-src ${AWS[0]}`,
  `connect-src HTTPS://Cognito-Identity.us-east-1.AMAZONAWS.com LOCAL`,
  "default-src 'self' 'unsafe-inline'",
  "default-src 'none'; CONNECT-SRC LOCAL",
  "connect-src LOCAL; connect-src 'none'",
  "connect-src LOCAL, default-src 'self'",
  "script-src 'unsafe-inline'",
  'unknown; connect-src https: data:',
];

test('allowsConnection() agrees with the browser on every Content-Security-Policy', async ({
  site,
  real,
  aws,
}) => {
  const { page } = real;
  const urls = [`${aws.url}/`, `${aws.url}/events`, ...AWS];
  for (const each of POLICIES) {
    const policy = each.replaceAll('LOCAL', aws.url);
    site.add('/', '<h1>page</h1>', { 'content-security-policy': policy });
    await page.goto(site.url);
    const byBrowser = await page.evaluate(async (urls) => {
      const passed: string[] = [];
      for (const url of urls) {
        const violated = new Promise((resolve) =>
          addEventListener('securitypolicyviolation', () => resolve(true), { once: true }),
        );
        const answered = fetch(url, { method: 'POST', body: '{}' }).then(() => false);
        // A blocked request fails as well; its violation event follows in a later task.
        if (!(await Promise.race([violated, answered.catch(() => violated)]))) passed.push(url);
      }
      return passed;
    }, urls);
    const policies = policiesOf(new Headers({ 'content-security-policy': policy }), '');
    const passed = urls.filter((url) => policies.every((one) => allowsConnection(one, url, `${site.url}/`)));
    expect(passed, policy).toEqual(byBrowser);
  }
});
