import { readFileSync } from 'node:fs';
import { expect } from '../../support/fixtures.js';
import { docs, ROOT } from '../markdown.js';
import type { Example } from '../run.js';

export const FRAMEWORKS_PAGE = 'docs/frameworks.md';

/** The tests in e2e/libraries, whose packages the blocks need. */
const TESTS = ['frameworks.spec.ts', 'docs-app.ts']
  .map((name) => readFileSync(`${ROOT}e2e/libraries/${name}`, 'utf8'))
  .join();

/** The tests run the blocks by their section. */
export const frameworks: Record<string, Example> = Object.fromEntries(
  (docs.find(({ file }) => file === FRAMEWORKS_PAGE)?.blocks ?? []).map(({ name }) => [
    name,
    { check: () => expect(TESTS).toContain(name.replace(/ \(\d+\)$/, '')) },
  ]),
);
