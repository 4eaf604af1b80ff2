import { expect, test } from '@playwright/test';
import { type Attempt, isInputError, settle, type Verdict } from '../../src/contract/retry-policy.js';

const decide = (answer: object, attempt: Partial<Attempt> = {}) =>
  settle(
    { status: 0, kind: '', body: {}, retryAfterMs: 0, ...answer },
    { size: 10, failures: 0, resigned: false, posted: true, jitter: () => 1, ...attempt },
  );

const because = (pattern: RegExp) => expect.stringMatching(pattern);

/** A verdict, of whose reason a part may do. */
type Said = { do: Verdict['do']; [more: string]: unknown };

const FOREIGN: Said = {
  do: 'retry',
  inMs: 1000,
  because: because(/^u is answered by a (web page|redirect), not by the service: set endpoint/),
};

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
  ['a login of a proxy', { status: 401 }, {}, { do: 'halt', because: '401' }],
  ['a firewall', { status: 403 }, {}, { do: 'resign', renew: true }],
  ['a firewall, signed again already', { status: 403 }, { resigned: true }, { do: 'halt', because: '403' }],
  [
    'a request that took too long, which some services call a 400',
    { status: 400, kind: 'RequestExpired' },
    {},
    { do: 'resign', renew: false },
  ],
  [
    'the same, signed again already',
    { status: 400, kind: 'RequestExpired' },
    { resigned: true },
    { do: 'retry', inMs: 1000, because: '400 RequestExpired' },
  ],
  [
    'half a signature',
    { status: 400, kind: 'IncompleteSignatureException' },
    {},
    { do: 'resign', renew: false },
  ],
  ['a page with status 200', { status: 200, foreign: 'u is answered by a web page' }, {}, FOREIGN],
  ['a redirect', { status: 0, foreign: 'u is answered by a redirect' }, {}, FOREIGN],
  [
    'a page in place of credentials',
    { status: 200, foreign: 'u is answered by a web page' },
    { posted: false },
    FOREIGN,
  ],
  [
    'a 400 of a proxy to the request for credentials',
    { status: 400 },
    { posted: false },
    { do: 'retry', inMs: 1000, because: '400' },
  ],
  [
    'a message that is no text',
    { status: 404, body: { message: { toString: 1 } } },
    {},
    { do: 'halt', because: '404' },
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

test('half of the backoff is sure, half at random', () => {
  expect(waits(0)).toEqual(retries(500, 1000, 2000, 4000, 8000, 16_000, ...Array(4).fill(30_000)));
  expect(waits(0.5)).toEqual(retries(750, 1500, 3000, 6000, 12_000, 24_000, ...Array(4).fill(45_000)));
});

test('Retry-After is never below the backoff, and has some jitter', () => {
  const decided = [120_000, 1, 0, Number.NaN].map((retryAfterMs) =>
    decide({ status: 429, retryAfterMs }, { failures: 3 }),
  );
  expect(decided).toEqual(retries(132_000, 8000, 8000, 8000));
  expect(decide({ status: 429, retryAfterMs: 120_000 }, { jitter: () => 0 })).toEqual(retries(120_000)[0]);
});

test('a longer Retry-After than ten minutes counts as ten minutes', () => {
  expect(decide({ status: 429, retryAfterMs: 1e12 })).toEqual({ do: 'retry', inMs: 660_000 });
});

for (const kind of ['', 'RequestAbortedException', 'MalformedHttpRequestException', 'RequestAborted']) {
  test(`400 ${kind || 'without a kind'} blames neither batch nor event`, () => {
    for (const size of [1, 10]) {
      expect(decide({ status: 400, kind }, { size })).toEqual({
        do: 'retry',
        inMs: 1000,
        because: ['400', kind].filter(Boolean).join(' '),
      });
    }
  });
}

for (const kind of ['InvalidInputException', 'ValidationException', 'SerializationException']) {
  test(`400 ${kind} blames the batch`, () => {
    expect([isInputError(400, kind), isInputError(500, kind)]).toEqual([true, false]);
    expect(decide({ status: 400, kind })).toEqual({ do: 'split' });
  });
}
