import { test as base } from '@playwright/test';

/** Runs of each property. `npm run test:all` sets a higher number. */
export const test = base.extend<{ modelRuns: number }>({ modelRuns: [300, { option: true }] });

/**
 * Returns the parameters of a property. A failure prints the seed, the path and the shortest list of commands. More runs:
 * FC_RUNS=50000 FC_SEED=7.
 */
export const runs = (modelRuns: number) => ({
  seed: Number(process.env.FC_SEED ?? 20180322),
  numRuns: Number(process.env.FC_RUNS ?? modelRuns),
});
