import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import {
  createLocalAws,
  type LocalAws,
  type LocalAwsOptions,
  type ReceivedRequest,
} from 'personalize-beacon/local';
import { readScript } from '../../demo/script.js';
import { buildSdkScript } from './sdk/script.js';
import { test as base } from './serve.js';

export { expect } from '@playwright/test';

const TRACKING_ID = 'demo-tracker';
const POOL_ID = 'us-east-1:00000000-0000-4000-8000-000000000000';

export interface Service extends LocalAws {
  url: string;
  /** Returns the events that the service counts, as received. */
  counted(): Record<string, unknown>[];
  /** Returns requests for one operation or path, without preflights. */
  calls(what: 'GetId' | 'GetCredentialsForIdentity' | '/events' | '/action-interactions'): ReceivedRequest[];
  preflights(path: string): ReceivedRequest[];
}

export interface Site {
  url: string;
  /** Serves a page at `path`. */
  add(path: string, body: string, headers?: Record<string, string>): void;
  /** Serves a file of another content type. */
  addFile(path: string, content: string, type: string): void;
  /** Returns the tracker's script tag with the local AWS as its endpoint. */
  tag(attributes?: Record<string, string | undefined>): string;
}

/** The transport of batches: the tracker's own requests or the AWS SDK. */
export type SendWith = 'own' | 'aws-sdk';

interface Fixtures {
  /** Usage: `test.use({ awsOptions: { sessionSeconds: 2 } })`. */
  awsOptions: LocalAwsOptions;
  aws: Service;
  site: Site;
}

/** The script's path for each transport. */
const SCRIPTS: Record<SendWith, string> = { own: '/personalize.js', 'aws-sdk': '/sdk.js' };

/** Reads the published script of 0.1.0, served under `/0.1.0/`. */
const readFrozen = (path: string) =>
  /^\/0\.1\.0\/[\w.-]+\.js$/.test(path) &&
  readFileSync(new URL(`./earlier-releases/personalize-${path.slice(1)}`, import.meta.url));

export const test = base.extend<Fixtures, { sendWith: SendWith; sdkScript: string | undefined }>({
  sendWith: ['own', { option: true, scope: 'worker' }],
  sdkScript: [
    async ({ sendWith }, use) => use(sendWith === 'aws-sdk' ? await buildSdkScript() : undefined),
    { scope: 'worker' },
  ],
  awsOptions: [{}, { option: true }],
  aws: async ({ awsOptions, serve }, use) => {
    const local = createLocalAws({ trackingId: TRACKING_ID, identityPoolId: POOL_ID, ...awsOptions });
    const port = await serve(local.handler);
    await use(
      Object.assign(local, {
        url: `http://127.0.0.1:${port}`,
        counted: () =>
          local.events
            .filter(({ status }) => status === 'accepted')
            .map(({ event }) => ({ ...event }) as Record<string, unknown>),
        calls: (what: string) =>
          local.requests.filter(
            (r) => r.method === 'POST' && (what.startsWith('/') ? r.path : r.target) === what,
          ),
        preflights: (path: string) => local.requests.filter((r) => r.method === 'OPTIONS' && r.path === path),
      }),
    );
    local.heal();
  },
  site: async ({ aws, serve, sendWith, sdkScript }, use) => {
    const files = new Map<string, { content: string; headers: Record<string, string> }>();
    const port = await serve((request, response) => {
      const path = (request.url ?? '/').split('?')[0] as string;
      const file = files.get(path);
      const script = path === SCRIPTS['aws-sdk'] ? sdkScript : readFrozen(path) || readScript(path);
      if (file) {
        response.writeHead(200, file.headers).end(file.content);
      } else if (script) {
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
      } else {
        response.writeHead(404).end();
      }
    });
    const defaults = {
      'data-tracking-id': TRACKING_ID,
      'data-region': 'us-east-1',
      'data-identity-pool-id': POOL_ID,
      'data-endpoint': aws.url,
      'data-identity-endpoint': aws.url,
    };
    await use({
      url: `http://localhost:${port}`,
      add(path, body, headers = {}) {
        const content = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${body}`;
        files.set(path, { content, headers: { 'content-type': 'text/html; charset=utf-8', ...headers } });
      },
      addFile(path, content, type) {
        files.set(path, { content, headers: { 'content-type': `${type}; charset=utf-8` } });
      },
      tag: (attributes = {}) =>
        `<script src="${SCRIPTS[sendWith]}" ${Object.entries({ ...defaults, ...attributes })
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => `${name}="${value}"`)
          .join(' ')}></script>`,
    });
  },
});

declare global {
  interface Window {
    // biome-ignore lint/suspicious/noExplicitAny: tests hand the tracker what its types forbid, too
    personalize: any;
  }
}

/** The number of immediate flushes after an idle period. */
export const IMMEDIATE_FLUSHES = 2;

/**
 * Delivers events in a request each, which loads session and credentials, so that beacons can be signed at unload.
 * After `IMMEDIATE_FLUSHES` requests later events wait for the flush interval.
 */
export const warmUp = (page: Page, requests = 1) =>
  page.evaluate(async (requests) => {
    for (; requests > 0; requests--) {
      window.personalize.track('warm-up', 'none');
      await window.personalize.flush();
    }
  }, requests);

/** Simulates a switch of tab or app. Headless browsers never hide a page by themselves. */
export const hide = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });

export const show = (page: Page) =>
  page.evaluate(() => {
    Reflect.deleteProperty(document, 'visibilityState');
    document.dispatchEvent(new Event('visibilitychange'));
  });
