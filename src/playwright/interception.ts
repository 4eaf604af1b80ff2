import type { RequestListener } from 'node:http';
import type { LocalAws } from '../local/local-aws.js';

/** Says which requests the local AWS answers. */
export interface Interception {
  /** Returns whether the connections to an origin must be decrypted. */
  isDecrypted(origin: string): boolean;
  /** Returns the handler that answers a request; undefined if the request goes on to its destination. */
  findHandler(url: URL, method: string | undefined): RequestListener | undefined;
}

/** The hosts to which the tracker sends. */
const AWS_ORIGIN = /^https:\/\/(cognito-identity|personalize-events)\.[a-z\d-]+\.amazonaws\.com(\.cn)?$/;

const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Returns whether an address is of this machine. */
export const isLoopback = ({ hostname }: URL): boolean => LOOPBACK.test(hostname);

/**
 * Resolves the endpoint of a site of its own.
 * @param baseUrl Playwright's `baseURL`
 * @throws an error that says what to change
 */
export const resolveEndpoint = (
  endpoint: string | undefined,
  baseUrl: string | undefined,
): URL | undefined => {
  if (endpoint === undefined) return undefined;
  const got = `got ${JSON.stringify(endpoint)}`;
  if (!URL.canParse(endpoint) && !baseUrl) {
    throw new Error(
      `personalizeOptions.endpoint must be a whole URL, such as http://localhost:3000/collect, without a baseURL; ${got}`,
    );
  }
  const url = URL.canParse(endpoint, baseUrl || undefined)
    ? new URL(endpoint, baseUrl || undefined)
    : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new Error(`personalizeOptions.endpoint must be an http or https URL, or a path of baseURL; ${got}`);
  }
  return url;
};

/** Creates the interception of AWS's hosts and of the site's own endpoint. */
export const createInterception = (aws: LocalAws, endpoint: URL | undefined): Interception => {
  const base = endpoint?.pathname.replace(/\/+$/, '');
  const paths = [`${base}/events`, `${base}/action-interactions`];
  return {
    isDecrypted: (origin) => AWS_ORIGIN.test(origin) || origin === endpoint?.origin,
    findHandler({ origin, pathname }, method) {
      if (AWS_ORIGIN.test(origin)) return aws.handler;
      // Pages of the site may have the same address.
      const isSent = method === 'POST' || method === 'OPTIONS';
      return isSent && origin === endpoint?.origin && paths.includes(pathname)
        ? aws.collectHandler
        : undefined;
    },
  };
};
