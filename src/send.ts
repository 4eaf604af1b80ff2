import type { Clock } from './lib/clock.js';
import { type Answer, beacon, post } from './lib/http.js';
import type { Credentials, presign, signHeaders } from './sign.js';

/** Sends bodies to one address, signed or not. */
export interface Sender {
  post(
    body: string,
    credentials: Credentials | undefined,
  ): { survivesPage: boolean; answer: Promise<Answer> };
  /** Synchronous from end to end: on the way out nothing may be awaited. */
  beacon(body: string, credentials: Credentials | undefined): boolean;
}

export interface SenderOptions {
  url: string;
  /** The region to sign for. Absent: nothing is signed. */
  region?: string | undefined;
  clock: Clock;
  sign: { signHeaders: typeof signHeaders; presign: typeof presign };
}

const SERVICE = 'personalize';

/** How long a presigned beacon holds, in seconds: the browser may keep it until there is a network. */
const BEACON_EXPIRES_SECONDS = 300;

export const createSender = ({ url, region, clock, sign }: SenderOptions): Sender => {
  const scope = () => ({ region: region as string, service: SERVICE, at: clock.now() });
  return {
    post(body, credentials) {
      const request = { method: 'POST', url, headers: { 'content-type': 'application/json' }, body };
      const headers = credentials ? sign.signHeaders(request, credentials, scope()) : request.headers;
      return post({ url, headers, body }, clock.learn);
    },
    beacon(body, credentials) {
      // A string goes as text/plain, the one type that asks for no preflight; a beacon's would fail.
      const request = { method: 'POST', url, headers: {}, body };
      const target = credentials ? sign.presign(request, credentials, scope(), BEACON_EXPIRES_SECONDS) : url;
      return beacon(target, body);
    },
  };
};
