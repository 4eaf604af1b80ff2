import { expect, test } from '@playwright/test';
import { type Attempt, settle, type Verdict } from '../../src/settle.js';

const decide = (answer: object, attempt: Partial<Attempt> = {}) =>
  settle(
    { status: 0, kind: '', body: {}, retryAfterMs: 0, ...answer },
    { size: 10, failures: 0, resigned: false, posted: true, jitter: () => 1, ...attempt },
  );

const because = (pattern: RegExp) => expect.stringMatching(pattern);

/** A verdict, of whose reason a part may do. */
type Said = { do: Verdict['do']; [more: string]: unknown };

const OUTCOMES: [what: string, answer: object, attempt: Partial<Attempt>, verdict: Said][] = [
  ['200', { status: 200 }, {}, { do: 'forget' }],
  ['204 of a relay', { status: 204 }, {}, { do: 'forget' }],
  ['no answer', { status: 0 }, {}, { do: 'retry', inMs: 1000 }],
  ['408', { status: 408 }, {}, { do: 'retry', inMs: 1000 }],
  ['409 in use', { status: 409, kind: 'ResourceInUseException' }, {}, { do: 'retry', inMs: 1000 }],
  ['429', { status: 429 }, {}, { do: 'retry', inMs: 1000 }],
  ['400 throttled', { status: 400, kind: 'ThrottlingException' }, {}, { do: 'retry', inMs: 1000 }],
  ['400 too many', { status: 400, kind: 'TooManyRequestsException' }, {}, { do: 'retry', inMs: 1000 }],
  ['500', { status: 500 }, {}, { do: 'retry', inMs: 1000 }],
  ['503', { status: 503 }, { resigned: true }, { do: 'retry', inMs: 1000 }],
  ['expired', { status: 403, kind: 'ExpiredTokenException' }, {}, { do: 'resign', renew: true }],
  ['unknown client', { status: 403, kind: 'UnrecognizedClientException' }, {}, { do: 'resign', renew: true }],
  ['clock off', { status: 403, kind: 'InvalidSignatureException' }, {}, { do: 'resign', renew: false }],
  [
    'expired, signed anew already',
    { status: 403, kind: 'ExpiredTokenException', body: { message: 'old' } },
    { resigned: true },
    { do: 'halt', because: '403 ExpiredTokenException old' },
  ],
  [
    'clock off, signed anew already',
    { status: 403, kind: 'InvalidSignatureException' },
    { resigned: true },
    { do: 'halt', because: '403 InvalidSignatureException' },
  ],
  [
    'no permission',
    { status: 403, kind: 'AccessDeniedException', body: { Message: 'not authorized' } },
    {},
    {
      do: 'halt',
      because: because(/^403 AccessDeniedException not authorized .*allow the role that on Resource "\*"/),
    },
  ],
  [
    'tracker gone',
    { status: 404, kind: 'ResourceNotFoundException' },
    {},
    { do: 'halt', because: because(/^404 ResourceNotFoundException\b.*trackingId/) },
  ],
  [
    'pool gone, which Cognito says with 400',
    { status: 400, kind: 'ResourceNotFoundException' },
    {},
    { do: 'halt', because: because(/identityPoolId/) },
  ],
  [
    'no guests, which Cognito says with 400',
    { status: 400, kind: 'NotAuthorizedException' },
    { size: 1 },
    { do: 'halt', because: because(/guest access/) },
  ],
  ['404 of a relay', { status: 404 }, {}, { do: 'halt', because: '404' }],
  ['redirect', { status: 304 }, {}, { do: 'halt', because: '304' }],
  ['batch refused', { status: 400, kind: 'InvalidInputException' }, {}, { do: 'split' }],
  ['two refused', { status: 400, kind: 'InvalidInputException' }, { size: 2 }, { do: 'split' }],
  ['too large', { status: 413 }, {}, { do: 'split' }],
  [
    'one event refused',
    { status: 400, kind: 'InvalidInputException', body: { message: 'bad itemId' } },
    { size: 1 },
    { do: 'drop', because: '400 InvalidInputException bad itemId' },
  ],
  ['one event too large', { status: 413 }, { size: 1 }, { do: 'drop', because: '413' }],
  [
    'a 400 to the request for credentials, no event’s fault',
    { status: 400, kind: 'InvalidIdentityPoolConfigurationException' },
    { posted: false },
    { do: 'halt', because: '400 InvalidIdentityPoolConfigurationException' },
  ],
  [
    'a 403 to the request for credentials, which no renewal mends',
    { status: 403, kind: 'ForbiddenException' },
    { posted: false, size: 1 },
    { do: 'halt', because: '403 ForbiddenException' },
  ],
  [
    'credentials throttled',
    { status: 400, kind: 'TooManyRequestsException' },
    { posted: false },
    { do: 'retry', inMs: 1000 },
  ],
];

for (const [what, answer, attempt, verdict] of OUTCOMES) {
  test(`${what}: ${verdict.do}`, () => expect(decide(answer, attempt)).toEqual(verdict));
}

const waits = (random: number) =>
  [0, 1, 2, 3, 4, 5, 6, 7, 1000, 5000].map((failures) =>
    decide({ status: 500 }, { failures, jitter: () => random }),
  );

const retries = (...inMs: number[]) => inMs.map((ms) => ({ do: 'retry', inMs: ms }));

test('backoff doubles up to a minute and stays there', () => {
  expect(waits(1)).toEqual(retries(1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000));
});

test('jitter is full: from nothing to all of it', () => {
  expect(waits(0)).toEqual(retries(...Array(10).fill(0)));
  expect(waits(0.5)).toEqual(retries(500, 1000, 2000, 4000, 8000, 16_000, ...Array(4).fill(30_000)));
});

test('Retry-After wins over backoff; one that is no number of seconds does not', () => {
  const decided = [120_000, 1, 0, Number.NaN].map((retryAfterMs) =>
    decide({ status: 429, retryAfterMs }, { failures: 3 }),
  );
  expect(decided).toEqual(retries(120_000, 1, 8000, 8000));
});

test('no Retry-After is longer than a timer can count', () => {
  expect(decide({ status: 429, retryAfterMs: 1e12 })).toEqual({ do: 'retry', inMs: 3_600_000 });
});
