import { X509Certificate } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { LocalAws } from 'personalize-beacon/local';
import { createCertificate } from '../../src/playwright/certificate.js';
import { createInterception, resolveEndpoint } from '../../src/playwright/interception.js';
import { acceptKey, isKeyAccepted } from '../../src/playwright/launch-options.js';
import { readUpstreamProxy } from '../../src/playwright/upstream-proxy.js';

test('a certificate is signed by its own key, and for its host', () => {
  const now = Date.UTC(2030, 0, 1);
  // The length of a signature in DER varies.
  for (let i = 0; i < 50; i++) {
    const { cert, key, keyHash } = createCertificate('*.amazonaws.com', now);
    const certificate = new X509Certificate(cert);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(key).toContain('PRIVATE KEY');
    expect(keyHash).toMatch(/^[\w+/]{43}=$/);
    expect(certificate.checkHost('cognito-identity.amazonaws.com')).toBe('*.amazonaws.com');
    expect([certificate.validFrom, certificate.validTo]).toEqual([
      'Dec 31 00:00:00 2029 GMT',
      'Jan 31 00:00:00 2030 GMT',
    ]);
  }
});

test("the flag keeps the user's arguments and keys", () => {
  const flag = '--ignore-certificate-errors-spki-list=';
  const options = acceptKey({ args: ['--no-sandbox', `${flag}AAAA`], slowMo: 5 }, 'BBBB=');
  expect(options).toEqual({ args: ['--no-sandbox', `${flag}AAAA,BBBB=`], slowMo: 5 });
  expect(acceptKey({}, 'BBBB=')).toEqual({ args: [`${flag}BBBB=`] });
  expect(isKeyAccepted(options, 'BBBB=')).toBe(true);
  expect(isKeyAccepted(options, 'CCCC=')).toBe(false);
  expect(isKeyAccepted({}, 'BBBB=')).toBe(false);
});

test("the user's proxy is read as Playwright reads it", () => {
  expect(readUpstreamProxy(undefined)).toBeUndefined();
  expect(readUpstreamProxy({ server: 'http://per-context' })).toBeUndefined();
  expect(readUpstreamProxy({ server: 'proxy.example' })).toMatchObject({
    host: 'proxy.example',
    port: 80,
    headers: {},
  });
  const proxy = readUpstreamProxy({
    server: 'http://[::1]:3128',
    username: 'ann',
    password: 'ü',
    bypass: 'localhost, .shop.example,*.cdn.example,other.example:8080',
  });
  expect(proxy).toMatchObject({
    host: '::1',
    port: 3128,
    headers: { 'proxy-authorization': `Basic ${Buffer.from('ann:ü').toString('base64')}` },
  });
  const isBypassed = (host: string) => proxy?.isBypassed(new URL(`http://${host}/`));
  for (const host of ['localhost:3000', 'www.shop.example', 'a.cdn.example', 'other.example:8080']) {
    expect(isBypassed(host), host).toBe(true);
  }
  for (const host of ['shop.example.org', 'myother.example', 'other.example:80']) {
    expect(isBypassed(host), host).toBe(false);
  }
  for (const server of ['socks5://127.0.0.1:1080', 'https://proxy.example', 'http://']) {
    expect(() => readUpstreamProxy({ server })).toThrow(
      `proxy.server must be an HTTP proxy, such as http://proxy.example:3128; got ${server}.`,
    );
  }
});

test('an endpoint is a URL, or a path of baseURL', () => {
  const resolve = (endpoint?: string, baseUrl?: string) => resolveEndpoint(endpoint, baseUrl)?.href;
  expect(resolve()).toBeUndefined();
  expect(resolve('/collect', 'http://localhost:3000/shop')).toBe('http://localhost:3000/collect');
  expect(resolve('https://shop.example/collect', '')).toBe('https://shop.example/collect');
  expect(() => resolve('/collect')).toThrow(
    'personalizeOptions.endpoint must be a whole URL, such as http://localhost:3000/collect, without a baseURL; got "/collect"',
  );
  for (const endpoint of ['http://', 'ftp://shop.example/']) {
    expect(() => resolve(endpoint, 'http://localhost:3000')).toThrow(
      `personalizeOptions.endpoint must be an http or https URL, or a path of baseURL; got "${endpoint}"`,
    );
  }
});

test('only the requests of the tracker are intercepted', () => {
  const aws = { handler: () => {}, collectHandler: () => {} } as unknown as LocalAws;
  const { isDecrypted, findHandler } = createInterception(aws, new URL('https://shop.example/collect/'));
  const find = (url: string, method = 'POST') => findHandler(new URL(url), method);
  for (const host of [
    'cognito-identity.us-east-1.amazonaws.com',
    'personalize-events.eu-west-1.amazonaws.com',
    'personalize-events.cn-north-1.amazonaws.com.cn',
  ]) {
    expect(isDecrypted(`https://${host}`)).toBe(true);
    expect(find(`https://${host}/`)).toBe(aws.handler);
  }
  for (const origin of [
    'https://s3.us-east-1.amazonaws.com',
    'https://personalize-runtime.us-east-1.amazonaws.com',
    'https://personalize-events.us-east-1.amazonaws.com.example',
    'https://www.shop.example',
  ]) {
    expect(isDecrypted(origin)).toBe(false);
    expect(find(`${origin}/collect/events`)).toBeUndefined();
  }
  expect(isDecrypted('https://shop.example')).toBe(true);
  expect(find('https://shop.example/collect/events')).toBe(aws.collectHandler);
  expect(find('https://shop.example/collect/action-interactions', 'OPTIONS')).toBe(aws.collectHandler);
  expect(find('https://shop.example/collect/events', 'GET')).toBeUndefined();
  expect(find('https://shop.example/collect/others')).toBeUndefined();
  expect(find('http://shop.example/collect/events')).toBeUndefined();
});
