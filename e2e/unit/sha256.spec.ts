import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from '@playwright/test';
import fc from 'fast-check';
import { sha256 } from '../../src/contract/sha256.js';

const assertSameHash = (message: Uint8Array) =>
  assert.equal(
    Buffer.from(sha256(message)).toString('hex'),
    createHash('sha256').update(message).digest('hex'),
  );

test('sha256() agrees with OpenSSL on messages of every length over several blocks', () => {
  for (let length = 0; length < 300; length++) {
    assertSameHash(new Uint8Array(length));
    assertSameHash(new Uint8Array(length).fill(0xff));
  }
});

test('sha256() agrees with OpenSSL on any bytes, and does not change them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000, size: 'max' }), (message) => {
      const before = message.slice();
      assertSameHash(message);
      assert.deepEqual(message, before);
    }),
    { numRuns: 2000 },
  );
});

test('sha256() agrees with the examples of the standard', () => {
  const hexOf = (text: string) => Buffer.from(sha256(new TextEncoder().encode(text))).toString('hex');
  // https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
  assert.equal(hexOf('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  assert.equal(
    hexOf('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'),
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  );
});
