import { expect, test } from '@playwright/test';
import {
  type AttemptContext,
  classifyResponse,
  isInputError,
  type Outcome,
} from '../../src/contract/retry-policy.js';

const classify = (answer: object, attempt: Partial<AttemptContext> = {}) =>
  classifyResponse(
    { status: 0, kind: '', body: {}, retryAfterMs: 0, ...answer },
    { size: 10, failures: 0, isReauthenticated: false, isBatchAnswer: true, jitter: () => 1, ...attempt },
  );

const reason = (pattern: RegExp) => expect.stringMatching(pattern);

/** An expected outcome; its reason may be a pattern. */
type ExpectedOutcome = { type: Outcome['type']; [more: string]: unknown };

const FOREIGN: ExpectedOutcome = {
  type: 'retry',
  delayMs: 1000,
  reason: reason(/^u is answered by a (web page|redirect), not by the service: set endpoint/),
};

const OUTCOMES: [what: string, answer: object, attempt: Partial<AttemptContext>, outcome: ExpectedOutcome][] =
  [
    ['200', { status: 200 }, {}, { type: 'delivered' }],
    ['204 of a relay', { status: 204 }, {}, { type: 'delivered' }],
    ['no answer', { status: 0 }, {}, { type: 'retry', delayMs: 1000 }],
    ['408', { status: 408 }, {}, { type: 'retry', delayMs: 1000 }],
    ['409 in use', { status: 409, kind: 'ResourceInUseException' }, {}, { type: 'retry', delayMs: 1000 }],
    ['429', { status: 429 }, {}, { type: 'retry', delayMs: 1000 }],
    ['400 throttled', { status: 400, kind: 'ThrottlingException' }, {}, { type: 'retry', delayMs: 1000 }],
    ['400 too many', { status: 400, kind: 'TooManyRequestsException' }, {}, { type: 'retry', delayMs: 1000 }],
    ['500', { status: 500 }, {}, { type: 'retry', delayMs: 1000 }],
    ['503', { status: 503 }, { isReauthenticated: true }, { type: 'retry', delayMs: 1000 }],
    ['expired', { status: 403, kind: 'ExpiredTokenException' }, {}, { type: 'reauthenticate', renew: true }],
    [
      'unknown client',
      { status: 403, kind: 'UnrecognizedClientException' },
      {},
      { type: 'reauthenticate', renew: true },
    ],
    [
      'clock off',
      { status: 403, kind: 'InvalidSignatureException' },
      {},
      { type: 'reauthenticate', renew: false },
    ],
    [
      'expired, reauthenticated already',
      { status: 403, kind: 'ExpiredTokenException', body: { message: 'old' } },
      { isReauthenticated: true },
      { type: 'halt', reason: '403 ExpiredTokenException old' },
    ],
    [
      'clock off, reauthenticated already',
      { status: 403, kind: 'InvalidSignatureException' },
      { isReauthenticated: true },
      { type: 'halt', reason: '403 InvalidSignatureException' },
    ],
    [
      'no permission',
      { status: 403, kind: 'AccessDeniedException', body: { Message: 'not authorized' } },
      {},
      {
        type: 'halt',
        reason: reason(
          /^403 AccessDeniedException not authorized .*grant the role this action on Resource "\*"/,
        ),
      },
    ],
    [
      'tracker gone',
      { status: 404, kind: 'ResourceNotFoundException' },
      {},
      { type: 'halt', reason: reason(/^404 ResourceNotFoundException\b.*trackingId/) },
    ],
    [
      'pool gone, reported by Cognito as 400',
      { status: 400, kind: 'ResourceNotFoundException' },
      {},
      { type: 'halt', reason: reason(/identityPoolId/) },
    ],
    [
      'no guest access, reported by Cognito as 400',
      { status: 400, kind: 'NotAuthorizedException' },
      { size: 1 },
      { type: 'halt', reason: reason(/guest access/) },
    ],
    ['404 of a relay', { status: 404 }, {}, { type: 'halt', reason: '404' }],
    ['batch refused', { status: 400, kind: 'InvalidInputException' }, {}, { type: 'split' }],
    ['two refused', { status: 400, kind: 'InvalidInputException' }, { size: 2 }, { type: 'split' }],
    ['too large', { status: 413 }, {}, { type: 'split' }],
    [
      'one event refused',
      { status: 400, kind: 'InvalidInputException', body: { message: 'bad itemId' } },
      { size: 1 },
      { type: 'reject', reason: '400 InvalidInputException bad itemId' },
    ],
    ['one event too large', { status: 413 }, { size: 1 }, { type: 'reject', reason: '413' }],
    [
      'a 400 to the request for credentials, which blames no event',
      { status: 400, kind: 'InvalidIdentityPoolConfigurationException' },
      { isBatchAnswer: false },
      { type: 'halt', reason: '400 InvalidIdentityPoolConfigurationException' },
    ],
    ['a proxy that asks for a login', { status: 401 }, {}, { type: 'halt', reason: '401' }],
    ['a firewall', { status: 403 }, {}, { type: 'reauthenticate', renew: true }],
    [
      'a firewall, reauthenticated already',
      { status: 403 },
      { isReauthenticated: true },
      { type: 'halt', reason: '403' },
    ],
    [
      'a request that took too long, reported by some services as 400',
      { status: 400, kind: 'RequestExpired' },
      {},
      { type: 'reauthenticate', renew: false },
    ],
    [
      'a request that took too long, reauthenticated already',
      { status: 400, kind: 'RequestExpired' },
      { isReauthenticated: true },
      { type: 'retry', delayMs: 1000, reason: '400 RequestExpired' },
    ],
    [
      'an incomplete signature',
      { status: 400, kind: 'IncompleteSignatureException' },
      {},
      { type: 'reauthenticate', renew: false },
    ],
    ['a web page with status 200', { status: 200, foreign: 'u is answered by a web page' }, {}, FOREIGN],
    ['a redirect', { status: 0, foreign: 'u is answered by a redirect' }, {}, FOREIGN],
    [
      'a web page in place of credentials',
      { status: 200, foreign: 'u is answered by a web page' },
      { isBatchAnswer: false },
      FOREIGN,
    ],
    [
      'a 400 of a proxy to the request for credentials',
      { status: 400 },
      { isBatchAnswer: false },
      { type: 'retry', delayMs: 1000, reason: '400' },
    ],
    [
      'a message that is not a string',
      { status: 404, body: { message: { toString: 1 } } },
      {},
      { type: 'halt', reason: '404' },
    ],
    [
      'a 403 to the request for credentials, which no renewal fixes',
      { status: 403, kind: 'ForbiddenException' },
      { isBatchAnswer: false, size: 1 },
      { type: 'halt', reason: '403 ForbiddenException' },
    ],
    [
      'credentials throttled',
      { status: 400, kind: 'TooManyRequestsException' },
      { isBatchAnswer: false },
      { type: 'retry', delayMs: 1000 },
    ],
  ];

for (const [what, answer, attempt, outcome] of OUTCOMES) {
  test(`${what}: ${outcome.type}`, () => expect(classify(answer, attempt)).toEqual(outcome));
}

const waits = (random: number) =>
  [0, 1, 2, 3, 4, 5, 6, 7, 1000, 5000].map((failures) =>
    classify({ status: 500 }, { failures, jitter: () => random }),
  );

const retries = (...delayMs: number[]) => delayMs.map((ms) => ({ type: 'retry', delayMs: ms }));

test('backoff doubles up to a minute and stays there', () => {
  expect(waits(1)).toEqual(retries(1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000));
});

test('half of the backoff is fixed, half is random', () => {
  expect(waits(0)).toEqual(retries(500, 1000, 2000, 4000, 8000, 16_000, ...Array(4).fill(30_000)));
  expect(waits(0.5)).toEqual(retries(750, 1500, 3000, 6000, 12_000, 24_000, ...Array(4).fill(45_000)));
});

test('Retry-After only prolongs the backoff, and gets some jitter', () => {
  const decided = [120_000, 1, 0, Number.NaN].map((retryAfterMs) =>
    classify({ status: 429, retryAfterMs }, { failures: 3 }),
  );
  expect(decided).toEqual(retries(132_000, 8000, 8000, 8000));
  expect(classify({ status: 429, retryAfterMs: 120_000 }, { jitter: () => 0 })).toEqual(retries(120_000)[0]);
});

test('a Retry-After of more than ten minutes counts as ten minutes', () => {
  expect(classify({ status: 429, retryAfterMs: 1e12 })).toEqual({ type: 'retry', delayMs: 660_000 });
});

for (const kind of ['', 'RequestAbortedException', 'MalformedHttpRequestException', 'RequestAborted']) {
  test(`400 ${kind || 'without a kind'} blames neither batch nor event`, () => {
    for (const size of [1, 10]) {
      expect(classify({ status: 400, kind }, { size })).toEqual({
        type: 'retry',
        delayMs: 1000,
        reason: ['400', kind].filter(Boolean).join(' '),
      });
    }
  });
}

for (const kind of ['InvalidInputException', 'ValidationException', 'SerializationException']) {
  test(`400 ${kind} blames the batch`, () => {
    expect([isInputError(400, kind), isInputError(500, kind)]).toEqual([true, false]);
    expect(classify({ status: 400, kind })).toEqual({ type: 'split' });
  });
}
