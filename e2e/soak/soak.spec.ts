import { expect } from '@playwright/test';
import { test } from '../support/serve.js';
import { soak } from './soak.js';

test('each of 600 events arrives once over a connection where one request in six fails', async ({
  page,
  serve,
}) => {
  // With this seed each kind of fault occurs early.
  const outcome = await soak({ page, serve, events: 600, seed: '4', speed: 20 });
  expect(outcome).toMatchObject({ delivered: 600, lost: [], twice: [], rejected: [], stopped: [] });
  expect(Object.values(outcome.faults)).not.toContain(0);
  expect(outcome.renewals).toBeGreaterThan(0);
});
