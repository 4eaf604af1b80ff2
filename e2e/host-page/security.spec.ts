import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { pathOf, readScript } from '../../demo/script.js';
import { expect, IMMEDIATE_FLUSHES, warmUp } from '../support/fixtures.js';
import { test } from '../support/real-hosts.js';
import { LONG_FLUSH_INTERVAL } from '../support/visits.js';

declare global {
  interface Window {
    reportedDetails: [name: string, detail: unknown][];
  }
}

const ORIGINS =
  'https://cognito-identity.us-east-1.amazonaws.com https://personalize-events.us-east-1.amazonaws.com';

/** Allowed script sources, with the tag's nonce if there is one. */
const POLICIES: [scripts: string, nonce?: string][] = [["'self'"], ["'nonce-r4nd0m'", 'r4nd0m']];

/** Collects policy violations from the page's events and the console. */
const collectViolations = async (page: Page) => {
  const violations: string[] = [];
  await page.exposeFunction('violated', (what: string) => violations.push(what));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
      (window as Window & { violated?(what: string): void }).violated?.(
        `${violatedDirective} ${blockedURI} ${sample}`,
      ),
    );
  });
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) violations.push(message.text());
  });
  return violations;
};

for (const [scripts, nonce] of POLICIES) {
  test(`all features work where only ${scripts} and AWS's two origins are allowed`, async ({
    site,
    serve,
    real,
  }) => {
    const { page, aws, requested, attributes } = real;
    const reports: string[] = [];
    const port = await serve((request, response) => {
      request.on('data', (chunk) => reports.push(String(chunk)));
      request.on('end', () => response.end());
    });
    const violations = await collectViolations(page);
    const files: string[] = [];
    page.on('requestfinished', (request) => files.push(new URL(request.url()).pathname));
    const headers = {
      'content-security-policy': [
        "default-src 'none'",
        `script-src ${scripts}`,
        `connect-src ${ORIGINS}`,
        'img-src data:', // For the test site's icon.
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
        `report-uri http://127.0.0.1:${port}/`,
      ].join('; '),
    };
    const tag = site.tag({ ...attributes, ...LONG_FLUSH_INTERVAL, nonce, 'data-debug': '' });
    site.add(
      '/',
      `${tag}<main data-personalize-list data-personalize-impression="view"><a href="/next" data-personalize-item="a">go</a></main>
       <video data-personalize-media data-personalize-item="film"></video>`,
      headers,
    );
    site.add('/next', '<h1>next</h1>');
    await page.goto(site.url);
    await warmUp(page, IMMEDIATE_FLUSHES);
    for (const part of ['media', 'debug']) {
      await expect.poll(() => files).toContainEqual(expect.stringMatching(`^/personalize.*\\.${part}\\.js$`));
    }
    await page.getByText('go').click();
    await expect
      .poll(() => aws.acknowledged.map((a) => [a.form, a.event.itemId]))
      .toContainEqual(['query', 'a']);
    expect(aws.acknowledged[0]).toMatchObject({ form: 'header', event: { itemId: 'none' } });
    expect([...new Set(requested)].sort()).toEqual([
      'cognito-identity.us-east-1.amazonaws.com/',
      'personalize-events.us-east-1.amazonaws.com/events',
    ]);
    expect([...violations, ...reports]).toEqual([]);

    // Proves that violations would have been collected.
    await page.goto(site.url);
    await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
    await expect.poll(() => violations).toContainEqual(expect.stringContaining('style-src-attr inline'));
    await expect.poll(() => reports).toContainEqual(expect.stringContaining('style-src-attr'));
  });
}

for (const isRight of [true, false]) {
  test(`a chunk ${isRight ? 'runs if its hash in an import map is right' : 'does not run if its hash in an import map is wrong'}`, async ({
    page,
    aws,
    site,
  }) => {
    const path = pathOf('debug');
    const hash = createHash('sha384').update(isRight ? (readScript(path) as Buffer) : 'another');
    const integrity = { [path]: `sha384-${hash.digest('base64')}` };
    const consoleMessages: string[] = [];
    page.on('console', (message) => consoleMessages.push(message.text()));
    site.add(
      '/',
      `<script type="importmap">${JSON.stringify({ integrity })}</script>${site.tag({ 'data-debug': '' })}`,
    );
    await page.goto(site.url);
    await page.evaluate(() => {
      window.personalize.track('click', 'a');
      return window.personalize.flush();
    });
    expect(aws.counted()).toHaveLength(1);
    const printed = expect.stringContaining(isRight ? 'delivered click a' : 'valid digest');
    await expect.poll(() => consoleMessages).toContainEqual(printed);
  });
}

/** Returns AWS's answer to a wrong signature, which quotes the canonical request. */
const signatureError = (sessionToken: string) =>
  `The request signature we calculated does not match the signature you provided.

The Canonical String for this request should have been
'POST
/events

host:personalize-events.us-east-1.amazonaws.com
x-amz-security-token:${sessionToken}
'`;

test('credentials go only to the two endpoints: not to other requests, the console, listeners or inspect()', {
  tag: '@core',
}, async ({ site, real }) => {
  const { page, aws, sent, attributes } = real;
  /** Texts that must not contain credentials. */
  const texts: string[] = [];
  const pending: Promise<unknown>[] = [];
  const issued: { AccessKeyId: string; SecretKey: string; SessionToken: string }[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).host.endsWith('.amazonaws.com')) return;
    texts.push(request.url(), request.postData() ?? '');
    pending.push(
      request
        .allHeaders()
        .then((headers) => texts.push(JSON.stringify(headers)))
        .catch(() => {}),
    );
  });
  page.on('response', async (response) => {
    const { 'x-amz-target': target } = response.request().headers();
    if (target?.endsWith('GetCredentialsForIdentity')) issued.push((await response.json()).Credentials);
  });
  page.on('console', (message) => {
    texts.push(message.text());
    for (const argument of message.args()) {
      const text = argument.evaluate((value) => JSON.stringify(value) as string | undefined);
      // If the page has unloaded, the message's text suffices.
      pending.push(text.then((json) => texts.push(json ?? '')).catch(() => {}));
    }
  });
  const tag = site.tag({ ...attributes, ...LONG_FLUSH_INTERVAL, 'data-debug': '' });
  site.add('/', `${tag}<a href="/next" data-personalize-item="a">go</a>`);
  site.add('/next', `${tag}<h1>next</h1>`);
  await page.goto(site.url);
  await warmUp(page, IMMEDIATE_FLUSHES);
  await page.getByText('go').click();
  await page.waitForURL('**/next');
  await expect.poll(() => aws.acknowledged.map((a) => a.form)).toContain('query');
  await page.evaluate(() => {
    window.reportedDetails = [];
    for (const name of ['queued', 'delivered', 'rejected', 'error']) {
      window.personalize.on(name, (detail: unknown) => window.reportedDetails.push([name, detail]));
    }
  });
  const record = (...items: string[]) =>
    page.evaluate((all) => {
      for (const item of all) window.personalize.track('click', item);
      return window.personalize.flush();
    }, items);
  aws.fail({ refuseItem: 'refused' });
  await record('delivered', 'refused', 'x'.repeat(300));
  await expect.poll(() => issued.length).toBeGreaterThan(0);
  const secrets = issued.flatMap((c) => [c.AccessKeyId, c.SecretKey, c.SessionToken]);
  aws.fail({
    on: 'events',
    status: 403,
    type: 'InvalidSignatureException',
    message: signatureError(issued[0]?.SessionToken as string),
  });
  await record('halted');

  const reportedDetails = await page.evaluate(() => window.reportedDetails);
  expect(reportedDetails.map(([name]) => name)).toEqual(
    expect.arrayContaining(['queued', 'delivered', 'rejected', 'error']),
  );
  texts.push(
    JSON.stringify(reportedDetails),
    JSON.stringify(await page.evaluate(() => window.personalize.inspect())),
  );
  texts.push(await page.content(), await page.evaluate(() => document.cookie));
  await Promise.all(pending);
  expect(texts.join()).toContain('sending stopped: 403 InvalidSignatureException');
  for (const secret of secrets) {
    expect(texts.filter((text) => text.includes(secret)).map((text) => text.slice(0, 80))).toEqual([]);
  }

  // Requests to AWS carry signatures and the access key ID, but not the secret key.
  expect(sent.filter((text) => text.includes(secrets[0] as string)).length).toBeGreaterThan(0);
  for (const { SecretKey } of issued) expect(sent.filter((text) => text.includes(SecretKey))).toEqual([]);
});
