import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { build } from 'esbuild';
import fc from 'fast-check';
import type { Credentials, Scope, SignableRequest } from '../../src/sign.js';
import { NodeSha256 } from '../node-sha256.js';

let sign: typeof import('../../src/sign.js');

// The hash library's ESM files name each other without extensions, which only a bundler resolves.
test.beforeAll(async ({ browserName: _ }, testInfo) => {
  const outfile = testInfo.outputPath('sign.mjs');
  await build({ entryPoints: ['src/sign.ts'], absWorkingDir: ROOT, bundle: true, format: 'esm', outfile });
  sign = await import(pathToFileURL(outfile).href);
});

const ROOT = new URL('../..', import.meta.url).pathname;

const reference = (credentials: Credentials, { region, service }: Scope) =>
  new SignatureV4({ credentials, region, service, sha256: NodeSha256, applyChecksum: false });

const toSmithy = ({ method, url, headers, body }: SignableRequest) => {
  const { protocol, hostname, host, pathname, searchParams } = new URL(url);
  const query: Record<string, string[]> = {};
  for (const [name, value] of searchParams) {
    if (!Object.hasOwn(query, name)) query[name] = [];
    query[name]?.push(value);
  }
  return new HttpRequest({
    method,
    protocol,
    hostname,
    path: pathname,
    query,
    headers: { ...headers, host },
    body,
  });
};

const smithyHeaders = async (request: SignableRequest, credentials: Credentials, scope: Scope) => {
  const signed = await reference(credentials, scope).sign(toSmithy(request), {
    signingDate: new Date(scope.at),
  });
  const { host: _, ...headers } = signed.headers;
  return headers;
};

const signatureOf = (headers: Record<string, string>) => headers.authorization?.split('Signature=')[1];

test.describe("AWS's published examples", () => {
  const credentials = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  };
  const scope = { region: 'us-east-1', service: 'service', at: Date.UTC(2015, 7, 30, 12, 36) };
  const get = { method: 'GET', url: 'https://example.amazonaws.com/', headers: {}, body: '' };
  const post = { ...get, method: 'POST' };
  const form = 'application/x-www-form-urlencoded';

  // By its name in aws-sig-v4-test-suite. Left out are those of paths that a URL never holds as they stand there.
  const suite: Record<string, [SignableRequest, signature: string]> = {
    'get-vanilla': [get, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    'get-unreserved': [
      { ...get, url: `${get.url}-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz` },
      '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
    ],
    'get-vanilla-query-order-key-case': [
      { ...get, url: `${get.url}?Param2=value2&Param1=value1` },
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    'get-vanilla-utf8-query': [
      { ...get, url: `${get.url}?ሴ=bar` },
      '2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04',
    ],
    'get-header-value-trim': [
      { ...get, headers: { 'my-header1': ' value1', 'my-header2': ' "a   b   c"' } },
      'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
    ],
    'post-vanilla': [post, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    'post-vanilla-query': [
      { ...post, url: `${post.url}?Param1=value1` },
      '28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11',
    ],
    'post-x-www-form-urlencoded': [
      { ...post, headers: { 'content-type': form }, body: 'Param1=value1' },
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  };
  for (const [name, [request, signature]] of Object.entries(suite)) {
    test(name, async () => {
      expect(signatureOf(await smithyHeaders(request, credentials, scope))).toBe(signature);
      expect(signatureOf(sign.signHeaders(request, credentials, scope))).toBe(signature);
    });
  }

  test('IAM ListUsers, of the SigV4 documentation', async () => {
    const request = {
      ...get,
      url: 'https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08',
      headers: { 'content-type': `${form}; charset=utf-8` },
    };
    const iam = { ...scope, service: 'iam' };
    const authorization =
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7';
    expect(await smithyHeaders(request, credentials, iam)).toMatchObject({ authorization });
    expect(sign.signHeaders(request, credentials, iam)).toEqual({
      ...request.headers,
      'x-amz-date': '20150830T123600Z',
      authorization,
    });
  });
});

test.describe('@smithy/signature-v4 on random requests', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);
  const unicode = fc.string({ unit: 'binary', maxLength: 30 });
  const printable = fc.string({ unit: 'grapheme-ascii', maxLength: 30 });
  const url = fc
    .record({
      host: fc.constantFrom('personalize-events.us-east-1.amazonaws.com', 'localhost:8080', 'shop.example'),
      path: fc.array(fc.oneof(word, unicode, printable), { maxLength: 4 }),
      query: fc.array(fc.tuple(fc.oneof(word, unicode), fc.oneof(printable, unicode)), { maxLength: 4 }),
    })
    .map(({ host, path, query }) => {
      const made = new URL(`https://${host}`);
      made.pathname = path.join('/');
      // Written as signed: a form's `+` for a space is no part of SigV4.
      made.search = new URLSearchParams(query).toString().replaceAll('+', '%20');
      return made;
    })
    // The reference drops empty segments, as AWS's normalisation does; an event's path has none.
    .filter((made) => !made.pathname.includes('//'))
    .map(({ href }) => href);
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT'),
    url,
    headers: fc.dictionary(
      fc.oneof(
        word.map((name) => `x-${name}`).filter((name) => !name.startsWith('x-amz-')),
        fc.constant('content-type'),
      ),
      printable,
      { maxKeys: 4, noNullPrototype: true },
    ),
    body: fc.oneof(unicode, fc.string({ unit: 'grapheme', maxLength: 300 }), fc.json()),
  });
  const credentials: fc.Arbitrary<Credentials> = fc.record(
    {
      accessKeyId: fc.stringMatching(/^[A-Z0-9]{16,20}$/),
      // With `AWS4` before it HMAC's key is then longer than a block of 64 bytes, and is hashed.
      secretAccessKey: fc.oneof(
        fc.string({ minLength: 1, maxLength: 60 }),
        fc.string({ minLength: 61, maxLength: 130 }),
      ),
      sessionToken: fc.string({ minLength: 1, maxLength: 400 }),
    },
    { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
  );
  const scope: fc.Arbitrary<Scope> = fc.record({
    region: fc.constantFrom('us-east-1', 'eu-central-1', 'cn-north-1'),
    service: word,
    at: fc.integer({ min: Date.UTC(2000), max: Date.UTC(2099) }),
  });
  // A failure prints the seed and the smallest request that fails. Thousands of `expect`s are slow: each is a
  // step of the report.
  const runs = { seed: 20150830, numRuns: 2500 };

  test('signs the same headers alike', async () => {
    await fc.assert(
      fc.asyncProperty(request, credentials, scope, async (...input) => {
        assert.deepEqual(sign.signHeaders(...input), { ...(await smithyHeaders(...input)) });
      }),
      runs,
    );
  });

  /** As a server reads it: SigV4 knows no `+` for a space. */
  const rawQuery = (address: string) =>
    new URL(address).search
      .slice(1)
      .split('&')
      .map((pair) => pair.split('=').map(decodeURIComponent).join('='));

  test('presigns the same query, over the hash of the body', async () => {
    await fc.assert(
      fc.asyncProperty(
        request,
        credentials,
        scope,
        fc.integer({ min: 1, max: 604_800 }),
        async (request, credentials, scope, expiresIn) => {
          const { query } = await reference(credentials, scope).presign(toSmithy(request), {
            signingDate: new Date(scope.at),
            expiresIn,
          });
          const expected = Object.entries(query ?? {}).flatMap(([name, values]) =>
            [values ?? []].flat().map((value) => `${name}=${value}`),
          );
          const signed = sign.presign(request, credentials, scope, expiresIn);
          assert.deepEqual(rawQuery(signed).sort(), expected.sort());
          assert.equal(signed.split('?')[0], request.url.split('?')[0]);
        },
      ),
      runs,
    );
  });

  test('one byte of the body changes either signature', () => {
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const scope = { region: 'us-east-1', service: 'personalize', at: 0 };
    const bodies = ['{"a":1}', '{"a":2}'].map((body) => ({
      method: 'POST',
      url: 'https://a.example/',
      headers: {},
      body,
    }));
    for (const form of [
      (request: SignableRequest) => signatureOf(sign.signHeaders(request, credentials, scope)),
      (request: SignableRequest) => sign.presign(request, credentials, scope, 300),
    ]) {
      expect(new Set(bodies.map(form)).size).toBe(2);
    }
  });
});
