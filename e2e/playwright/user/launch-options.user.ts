import { test } from 'personalize-beacon/playwright';

test.use({ launchOptions: { args: ['--no-sandbox'] } });

test('launch options that replace the own ones', async ({ personalize }) => void personalize);
