import { readFileSync } from 'node:fs';
import { expect } from '../../support/fixtures.js';
import { ROOT } from '../markdown.js';
import type { Example } from '../run.js';

const FIRST = 'With Segment';

/** The blocks of docs/segment.md: the start, the events, the options. */
export const SEGMENT_BLOCKS = [FIRST, `${FIRST} (2)`, 'Options'];

/** The block of docs/recipes.md that uses the package `analytics`. */
export const ANALYTICS_BLOCK = 'The package `analytics`';

/** The libraries are packages of e2e/libraries, whose tests run the block. */
export const runWithLibraries = (constant: string): Example => ({
  check: () =>
    expect(readFileSync(`${ROOT}e2e/libraries/segment.spec.ts`, 'utf8')).toMatch(
      new RegExp(`\\b${constant}\\b[\\s\\S]*\\b${constant}\\b`),
    ),
});

export const segment: Record<string, Example> = Object.fromEntries(
  SEGMENT_BLOCKS.map((name) => [name, runWithLibraries('SEGMENT_BLOCKS')]),
);
