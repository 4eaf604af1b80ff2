import { expect, test } from '@playwright/test';
import { parseStoredCredentials } from '../../src/browser/delivery/stored-credentials.js';
import { parseCredentials } from '../../src/contract/credentials-input.js';

const SDK = { accessKeyId: 'ASIA', secretAccessKey: 'secret/+=', sessionToken: 'token' };
const STS = { AccessKeyId: 'ASIA', SecretAccessKey: 'secret/+=', SessionToken: 'token' };
const COGNITO = { AccessKeyId: 'ASIA', SecretKey: 'secret/+=', SessionToken: 'token' };

const AT = Date.UTC(2030, 0, 2, 3, 4, 5);
const TIMES = {
  'a Date': new Date(AT),
  'ISO text': new Date(AT).toISOString(),
  'ISO text of Java': '2030-01-02T03:04:05+00:00',
  'Unix seconds': AT / 1000,
  'Unix milliseconds': AT,
  'Unix seconds as text': `${AT / 1000}`,
  'an object with a time': { valueOf: () => AT },
};

for (const [what, time] of Object.entries(TIMES)) {
  test(`credentials may give their expiration as ${what}`, () => {
    const expected = { ...SDK, expiration: new Date(AT) };
    expect(parseCredentials({ ...SDK, expiration: time })).toEqual(expected);
    for (const form of [STS, COGNITO]) {
      expect(parseCredentials({ ...form, Expiration: time })).toEqual(expected);
      expect(parseCredentials({ Credentials: { ...form, Expiration: time } })).toEqual(expected);
    }
  });
}

test('credentials without an expiration or a session token are accepted', () => {
  for (const expiration of [undefined, null, '']) {
    expect(parseCredentials({ ...SDK, expiration })).toEqual(SDK);
  }
  const { sessionToken, ...user } = SDK;
  for (const token of [undefined, null, '']) {
    expect(parseCredentials({ ...user, sessionToken: token })).toEqual(user);
  }
});

test('parseCredentials() reads inherited and non-enumerable fields', () => {
  expect(parseCredentials(Object.create(SDK))).toEqual(SDK);
  const hidden = Object.defineProperty({ ...SDK }, 'secretAccessKey', { enumerable: false });
  expect(parseCredentials(hidden)).toEqual(SDK);
});

test('parseCredentials() returns a copy', () => {
  const given = { ...SDK, expiration: new Date(AT) };
  const parsed = parseCredentials(given);
  given.expiration.setTime(0);
  given.accessKeyId = 'other';
  expect(parsed).toEqual({ ...SDK, expiration: new Date(AT) });
});

const RETURN = '; return { accessKeyId, secretAccessKey, sessionToken, expiration }';

for (const [given, problem] of [
  [undefined, 'accessKeyId must be text without blanks; got undefined'],
  [null, 'accessKeyId must be text without blanks; got undefined'],
  ['ASIA', 'accessKeyId must be text without blanks; got undefined'],
  [{ Credentials: {} }, 'accessKeyId must be text without blanks; got undefined'],
  [{ ...SDK, accessKeyId: 5 }, 'accessKeyId must be text without blanks; got number'],
  [{ ...SDK, secretAccessKey: undefined }, 'secretAccessKey must be text without blanks; got undefined'],
  [{ ...SDK, secretAccessKey: 'secret\n' }, 'secretAccessKey must be text without blanks; got string'],
  [{ ...SDK, sessionToken: {} }, 'sessionToken must be text without blanks; got object'],
  ...['soon', Number.NaN, Number.POSITIVE_INFINITY, {}, 0, 1e300].map((expiration): [unknown, string] => [
    { ...SDK, expiration },
    `expiration must be a Date, ISO text or Unix time in the future; got ${expiration}`,
  ]),
  [
    { ...SDK, expiration: new Date(Number.NaN) },
    'expiration must be a Date, ISO text or Unix time in the future; got Invalid Date',
  ],
] as [unknown, string][]) {
  test(`parseCredentials() rejects ${JSON.stringify(given)}: ${problem}`, () => {
    expect(() => parseCredentials(given)).toThrow(problem + RETURN);
  });
}

test('parseCredentials() rejects expired credentials', () => {
  expect(() => parseCredentials({ ...SDK, expiration: AT }, AT)).toThrow('in the future');
  expect(parseCredentials({ ...SDK, expiration: AT }, AT - 1)).toBeTruthy();
});

test('no error message contains a secret', () => {
  for (const bad of [{ accessKeyId: 'key id' }, { secretAccessKey: 'se cret' }, { sessionToken: 'to ken' }]) {
    expect(() => parseCredentials({ ...SDK, ...bad })).not.toThrow(/key id|se cret|to ken/);
  }
});

const STORED = { identityId: 'us-east-1:4f76-a4e3', credentials: SDK, renewAt: AT, offset: 0 };

test('stored credentials are read as they were stored', () => {
  expect(parseStoredCredentials(STORED, 'key', () => {})).toEqual(STORED);
});

test('stored credentials with a field of the wrong type are ignored', () => {
  const wrongs: object[] = [
    ...[undefined, null, 5, '', 'x', {}].map((identityId) => ({ identityId })),
    ...[undefined, null, 5, {}].map((credentials) => ({ credentials })),
    ...[undefined, '5', Number.NaN].map((renewAt) => ({ renewAt })),
    ...[undefined, '5', Number.NaN, 1e300].map((offset) => ({ offset })),
  ];
  for (const wrong of wrongs) {
    let parsed: unknown;
    try {
      parsed = parseStoredCredentials({ ...STORED, ...wrong }, 'key', () => {});
    } catch {}
    expect(parsed, JSON.stringify(wrong)).toBeUndefined();
  }
});
