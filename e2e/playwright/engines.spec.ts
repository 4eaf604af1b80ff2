import { expect } from '@playwright/test';
import { createLocalAws } from 'personalize-beacon/local';
import { createCertificate } from '../../src/playwright/certificate.js';
import { createInterception } from '../../src/playwright/interception.js';
import { startProxyServer } from '../../src/playwright/proxy-server.js';
import { openEngine } from '../delivery-matrix/engines.js';
import { test } from '../support/serve.js';
import { createSite } from './site.js';

/** Records three events, of which the tracker sends the first two at once. */
const RECORD = `
  for (const itemId of ['one', 'two']) { personalize.track('view', itemId); await personalize.flush(); }
  personalize.track('view', 'three');`;

// Playwright drives only its own builds of these, which a machine may lack. Here they run under other drivers.
for (const name of ['firefox', 'webkit'] as const) {
  test(`the proxy receives events of ${name}, also when a page is left`, async ({ serve }, testInfo) => {
    const site = `http://localhost:${await serve(createSite())}`;
    const aws = createLocalAws({ acceptUnknownIds: true });
    const proxy = await startProxyServer({
      certificate: createCertificate('*.amazonaws.com'),
      interception: createInterception(aws, undefined),
      upstream: undefined,
    });
    const engine = await openEngine(name, proxy.url.replace('http://', ''));
    test.skip(!engine, `${name} is not installed`);
    const browser = await engine?.launch(testInfo.outputPath('profile'));
    const page = await browser?.open(`${site}/`);
    await page?.evaluate(RECORD);
    await page?.goto(`${site}/next`);
    const received = () => aws.events.map(({ event, form }) => `${event.itemId} ${form}`);
    await expect.poll(received).toEqual(['one header', 'two header', 'three query']);
    await browser?.close();
    proxy.close();
  });
}
