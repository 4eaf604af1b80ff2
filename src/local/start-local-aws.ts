import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createHttpApi } from './http-api.js';
import { listen } from './listen.js';
import { createLocalAws, type LocalAws } from './local-aws.js';
import type { LocalAwsOptions } from './local-options.js';
import { sendFile } from './static-files.js';

/** Options of `startLocalAws()`. */
export interface StartLocalAwsOptions extends LocalAwsOptions {
  /** Port to listen on; 0 for any free one. Default: 0. */
  port?: number;
  /** Serves the page at `/`. Default: true. */
  hasPage?: boolean;
}

/** A local AWS that listens on a port of this machine. */
export interface RunningLocalAws extends LocalAws {
  /** Its address, without a slash at the end: the `endpoint` and `identityEndpoint` of the tracker. */
  url: string;
  port: number;
  /** Options with which `init()` sends to it. */
  initOptions: {
    trackingId: string;
    actionTrackingId: string;
    region: string;
    identityPoolId: string;
    endpoint: string;
    identityEndpoint: string;
  };
  /** Script tag with which a page loads the tracker from it and sends to it. */
  tag: string;
  /** Stops listening, and ends all connections. */
  close(): Promise<void>;
}

const toTag = (url: string, options: RunningLocalAws['initOptions']): string => {
  const attributes = Object.entries(options).map(
    ([name, value]) => `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}="${value}"`,
  );
  return [`<script async src="${url}/personalize.js"`, ...attributes].join('\n  ').concat('></script>');
};

const NO_PAGE = 'The page is switched off. The API is at /api.\n';

/** Creates a handler that tells AWS's requests from those of the API, the page and a site's own endpoint. */
const createHandler =
  (aws: LocalAws, api: ReturnType<typeof createHttpApi>, hasPage: boolean): RequestListener =>
  async (request: IncomingMessage, response: ServerResponse) => {
    const { method, url = '/' } = request;
    if (/^\/api(?=[/?]|$)/.test(url)) {
      await api.handle(request, response);
    } else if (method === 'GET' || method === 'HEAD') {
      if (await sendFile(request, response, hasPage)) return;
      response.writeHead(404, { 'content-type': 'text/plain' }).end(url === '/' ? NO_PAGE : 'Not found.\n');
    } else if (url.startsWith('/collect/')) {
      aws.collectHandler(request, response);
    } else {
      aws.handler(request, response);
    }
  };

/**
 * Starts a local AWS on a port of this machine, with its page, its HTTP API and the tracker's script.
 * @throws an error with code `EADDRINUSE` if the port is taken, and one that says which option to change
 */
export const startLocalAws = async ({
  port = 0,
  hasPage = true,
  ...options
}: StartLocalAwsOptions = {}): Promise<RunningLocalAws> => {
  const aws = createLocalAws(options);
  const api = createHttpApi(aws, () => ({ initOptions, tag: toTag(url, initOptions) }));
  const listening = await listen(createHandler(aws, api, hasPage), port);
  const url = `http://localhost:${listening.port}`;
  const { trackingIds, actionTrackingIds, identityPoolIds, region } = aws.settings;
  const initOptions = {
    trackingId: trackingIds[0] as string,
    actionTrackingId: actionTrackingIds[0] as string,
    region,
    identityPoolId: identityPoolIds[0] as string,
    endpoint: url,
    identityEndpoint: url,
  };
  return Object.assign(aws, {
    url,
    port: listening.port,
    initOptions,
    tag: toTag(url, initOptions),
    async close() {
      aws.heal();
      api.close();
      await listening.close();
    },
  });
};
