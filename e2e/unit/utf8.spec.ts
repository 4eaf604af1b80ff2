import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { createUtf8Check, decodeUtf8 } from '../../src/cli/put-events/utf8.js';

const chunked = (bytes: Buffer, sizes: number[]) => {
  const { add, end } = createUtf8Check('x');
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    add(bytes.subarray(at, at + size));
    at += size;
  }
  end();
};

const unit = fc.constantFrom('a', 'é', '漢', '🎬', '\n', '\r', '\r\n', ',');
const sizes = fc.array(fc.integer({ min: 0, max: 5 }));

test('valid UTF-8 is accepted in chunks of any size', () => {
  fc.assert(
    fc.property(fc.array(unit), sizes, (units, cuts) => chunked(Buffer.from(units.join('')), cuts)),
    { numRuns: 2000 },
  );
});

test('the first line that is not UTF-8 is reported, in chunks of any size', () => {
  const bad = fc.constantFrom(
    [0xe9],
    [0xff],
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf0, 0x9f, 0x8e],
    [0x80],
    [0],
  );
  fc.assert(
    fc.property(
      fc.array(unit, { minLength: 1 }),
      bad,
      fc.array(unit),
      sizes,
      (before, bytes, after, cuts) => {
        const start = before.join('');
        const line = start.split(/\r\n|\n|\r/).length;
        const text = Buffer.concat([
          Buffer.from(start),
          Buffer.from(bytes),
          Buffer.from(`,${after.join('')}`),
        ]);
        expect(() => chunked(text, cuts)).toThrow(new RegExp(`^x:${line} `));
      },
    ),
    { numRuns: 2000 },
  );
});

test('a character that is cut off at the end is not UTF-8', () => {
  expect(() => decodeUtf8(Buffer.from('a\né').subarray(0, -1), 'x')).toThrow('x:2 is not UTF-8');
});

test('a byte order mark is removed from the text', () => {
  expect(decodeUtf8(Buffer.from('\ufeff{}'), 'x')).toBe('{}');
  expect(decodeUtf8(Buffer.from(''), 'x')).toBe('');
});
