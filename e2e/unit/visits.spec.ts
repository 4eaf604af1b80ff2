import { expect, test } from '@playwright/test';
import { editSchedule, variants } from '../visits/variants.js';

test('the edits of each variant fit the source of the flush schedule', async () => {
  const sources = await Promise.all(Object.values(variants).map(editSchedule));
  const edited = Object.values(variants).filter(({ edits }) => edits).length;
  // Those without edits have the source as it is.
  expect(new Set(sources).size).toBe(edited + 1);
});
