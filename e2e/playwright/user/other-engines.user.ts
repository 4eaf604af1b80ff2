import { expect, test } from 'personalize-beacon/playwright';

// The browser itself is not started.
test.use({ browserName: 'firefox' });

test('any certificate is accepted', ({ ignoreHTTPSErrors, launchOptions, personalize }) => {
  expect(ignoreHTTPSErrors).toBe(true);
  expect(launchOptions.args).toEqual(['--no-sandbox']);
  expect(personalize.events()).toEqual([]);
});
