import {
  test as base,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestType,
} from '@playwright/test';
import { type Certificate, createCertificate } from './certificate.js';
import { createInterception, isLoopback, resolveEndpoint } from './interception.js';
import { acceptKey, isKeyAccepted } from './launch-options.js';
import { createPersonalize, type Personalize, type PersonalizeOptions } from './personalize.js';
import { type ProxyServer, startProxyServer } from './proxy-server.js';
import { readUpstreamProxy } from './upstream-proxy.js';

/** The option that `test.use()` and the config's `use` take. */
export interface PersonalizeTestOptions {
  personalizeOptions: PersonalizeOptions;
}

/** The fixture. */
export interface PersonalizeFixtures {
  personalize: Personalize;
}

/** State that the fixtures of one test share. */
interface Session {
  personalize: Personalize;
  endpoint: URL | undefined;
  /** Address of the test's proxy, as soon as it runs. */
  proxyUrl?: string;
}

interface WorkerFixture {
  personalizeWorker: {
    certificate: Certificate;
    /** Proxies that stay until the worker ends: a page that beforeAll has opened outlives the fixtures of that hook. */
    proxies: ProxyServer[];
  };
}

/** Playwright sends Chromium's requests to this machine through a proxy, unless this variable is set. */
const NO_LOOPBACK = 'PLAYWRIGHT_DISABLE_FORCED_CHROMIUM_PROXIED_LOOPBACK';

/** The hosts of this machine, as Playwright's `proxy.bypass` takes them. */
const LOOPBACK_HOSTS = 'localhost,.localhost,127.0.0.1,[::1]';

const hidden = (option: string) =>
  new Error(
    `test.use({ ${option} }) replaces the ${option} of personalize-beacon/playwright. Put it into \`use\` of the config, or of a project there: then both work.`,
  );

/** Playwright's `test` with the fixture `personalize`. */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & PersonalizeTestOptions & PersonalizeFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
> = base.extend<
  PersonalizeTestOptions & PersonalizeFixtures & { personalizeSession: Session },
  WorkerFixture
>({
  personalizeOptions: [{}, { option: true }],
  personalizeWorker: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads a fixture's dependencies from this pattern
    async ({}, use) => {
      const proxies: ProxyServer[] = [];
      await use({ certificate: createCertificate('*.amazonaws.com'), proxies });
      for (const proxy of proxies) proxy.close();
    },
    { scope: 'worker', box: true },
  ],
  launchOptions: [
    async ({ launchOptions, browserName, personalizeWorker }, use) => {
      const { keyHash } = personalizeWorker.certificate;
      await use(browserName === 'chromium' ? acceptKey(launchOptions, keyHash) : launchOptions);
    },
    { scope: 'worker' },
  ],
  // Firefox and WebKit have no flag for one key.
  ignoreHTTPSErrors: async ({ ignoreHTTPSErrors, browserName }, use) =>
    use(browserName === 'chromium' ? ignoreHTTPSErrors : true),
  personalizeSession: [
    async ({ personalizeOptions, baseURL, browserName }, use) => {
      const endpoint = resolveEndpoint(personalizeOptions.endpoint, baseURL);
      if (endpoint && isLoopback(endpoint) && browserName === 'chromium' && process.env[NO_LOOPBACK]) {
        throw new Error(
          `personalizeOptions.endpoint is on this machine, which Chromium reaches without the proxy while ${NO_LOOPBACK} is set; got ${endpoint}. Remove that variable from the environment.`,
        );
      }
      const personalize = createPersonalize(personalizeOptions);
      await use({ personalize, endpoint });
      personalize.aws.heal();
    },
    { box: true },
  ],
  proxy: async ({ proxy, launchOptions, personalizeSession, personalizeWorker }, use) => {
    const { personalize, endpoint } = personalizeSession;
    const upstream = readUpstreamProxy(proxy ?? launchOptions.proxy);
    const server = await startProxyServer({
      certificate: personalizeWorker.certificate,
      interception: createInterception(personalize.aws, endpoint),
      upstream,
    });
    personalizeWorker.proxies.push(server);
    personalizeSession.proxyUrl = server.url;
    // A site on this machine needs no proxy, unless its endpoint is there or the config has a proxy for it.
    const isDirect = !upstream && !(endpoint && isLoopback(endpoint));
    await use({ server: server.url, ...(isDirect && { bypass: LOOPBACK_HOSTS }) });
  },
  personalize: async ({ personalizeSession, personalizeWorker, proxy, browserName, launchOptions }, use) => {
    if (proxy?.server !== personalizeSession.proxyUrl) throw hidden('proxy');
    const { keyHash } = personalizeWorker.certificate;
    if (browserName === 'chromium' && !isKeyAccepted(launchOptions, keyHash)) throw hidden('launchOptions');
    await use(personalizeSession.personalize);
  },
});
