import { expect, IMMEDIATE_FLUSHES, warmUp } from '../support/fixtures.js';
import { test } from '../support/real-hosts.js';
import { LONG_FLUSH_INTERVAL } from '../support/visits.js';

// Signatures cover `Host`, so the default endpoints can be tested only under their real names, over TLS.
for (const region of ['eu-west-1', 'cn-north-1']) {
  test.describe(() => {
    test.use({ region });
    test(`the default endpoints of ${region} accept fetch requests and beacons`, async ({ site, real }) => {
      const { page, aws, requested, attributes } = real;
      site.add(
        '/',
        `${site.tag({ ...attributes, ...LONG_FLUSH_INTERVAL })}<a href="/next" data-personalize-item="a">go</a>`,
      );
      site.add('/next', '<h1>next</h1>');
      await page.goto(site.url);
      await warmUp(page, IMMEDIATE_FLUSHES);
      await page.getByText('go').click();
      await expect.poll(() => aws.acknowledged.map((a) => a.form)).toEqual(['header', 'header', 'query']);
      const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
      expect([...new Set(requested)]).toEqual([
        `cognito-identity.${region}.${domain}/`,
        `personalize-events.${region}.${domain}/events`,
      ]);
    });
  });
}
