import assert from 'node:assert/strict';
import { test } from '@playwright/test';
import fc from 'fast-check';
import { createPlayed } from '../../src/browser/capture/played-ranges.js';

test('each second counts once, however often and in whatever order it is played', () => {
  const range = fc.tuple(fc.nat(100), fc.nat(30)).map(([from, length]) => [from, from + length] as const);
  fc.assert(
    fc.property(fc.array(range, { maxLength: 30 }), (ranges) => {
      const played = createPlayed();
      const seconds = new Set<number>();
      for (const [from, to] of ranges) {
        played.add(from, to);
        for (let second = from; second < to; second++) seconds.add(second);
        assert.equal(played.seconds(), seconds.size);
      }
    }),
    { seed: 1895, numRuns: 2000 },
  );
});
