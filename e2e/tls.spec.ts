import { createServer } from 'node:https';
import { chromium } from '@playwright/test';
import { generate } from 'selfsigned';
import { createLocalAws } from '../demo/local-aws/index.js';
import { expect, test, warmUp } from './fixtures.js';

// The real host names over TLS, as on a site that names no endpoint: what is signed for is `Host`, so the
// default endpoints can be tried only under their own names.
for (const region of ['eu-west-1', 'cn-north-1']) {
  test(`the default endpoints of ${region}, by fetch and by beacon`, async ({ site, serve }, { project }) => {
    const poolId = `${region}:00000000-0000-4000-8000-000000000000`;
    const aws = createLocalAws({ region, identityPoolIds: [poolId] });
    const hosts: string[] = [];
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'amazonaws.com' }]);
    const server = createServer({ key, cert }, (request, response) => {
      hosts.push(`${request.headers.host}${request.url?.replace(/\?.*/, '')}`);
      aws.handler(request, response);
    });
    const port = await serve(server);
    const { launchOptions } = project.use;
    const browser = await chromium.launch({
      ...launchOptions,
      args: [
        ...(launchOptions?.args ?? []),
        `--host-resolver-rules=MAP *.amazonaws.com:443 127.0.0.1:${port}, MAP *.amazonaws.com.cn:443 127.0.0.1:${port}`,
        '--ignore-certificate-errors',
      ],
    });
    const page = await browser.newPage();
    const attributes = {
      'data-region': undefined,
      'data-identity-pool-id': poolId,
      'data-endpoint': undefined,
      'data-identity-endpoint': undefined,
    };
    site.add('/', `${site.tag(attributes)}<a href="/next" data-personalize-item="a">go</a>`);
    site.add('/next', '<h1>next</h1>');
    await page.goto(site.url);
    await warmUp(page);
    await page.getByText('go').click();
    await expect.poll(() => aws.accepted.map((a) => a.form)).toEqual(['header', 'query']);
    const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    expect([...new Set(hosts)]).toEqual([
      `cognito-identity.${region}.${domain}/`,
      `personalize-events.${region}.${domain}/events`,
    ]);
    await browser.close();
  });
}
