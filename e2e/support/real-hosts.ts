import { createServer } from 'node:https';
import { chromium, type Page } from '@playwright/test';
import { createLocalAws, type LocalAws } from 'personalize-beacon/local';
import { generate } from 'selfsigned';
import { test as base } from './fixtures.js';

/** A page for which AWS's host names resolve to a local AWS, over TLS. */
export interface RealHosts {
  page: Page;
  aws: LocalAws;
  /** Host and path of each request to it. */
  requested: string[];
  /** Each request to it with address, headers and body. */
  sent: string[];
  /** Attributes for a tag without endpoints. */
  attributes: Record<string, string | undefined>;
}

export const test = base.extend<{ region: string; real: RealHosts }>({
  region: ['us-east-1', { option: true }],
  real: async ({ region, serve }, use, { project }) => {
    const poolId = `${region}:00000000-0000-4000-8000-000000000000`;
    const aws = createLocalAws({ region, identityPoolId: poolId });
    const requested: string[] = [];
    const sent: string[] = [];
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'amazonaws.com' }]);
    const server = createServer({ key, cert }, (request, response) => {
      requested.push(`${request.headers.host}${request.url?.replace(/\?.*/, '')}`);
      let text = [request.url, ...request.rawHeaders].join('\n');
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => sent.push(text));
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
    const attributes = {
      'data-region': undefined,
      'data-identity-pool-id': poolId,
      'data-endpoint': undefined,
      'data-identity-endpoint': undefined,
    };
    await use({ page: await browser.newPage(), aws, requested, sent, attributes });
    await browser.close();
  },
});
