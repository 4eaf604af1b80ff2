import type { Clock } from './lib/clock.js';
import { type Answer, beacon, hasPostLater, post, postLater } from './lib/http.js';
import type { Stop } from './lib/lifecycle.js';
import type { Credentials, presign, signHeaders } from './sign.js';

/** Sends bodies to one address, signed or not. */
export interface Sender {
  post(
    body: string,
    credentials: Credentials | undefined,
    keepalive: boolean,
  ): { survivesPage: boolean; answer: Promise<Answer> };
  /** Synchronous from end to end: on the way out nothing may be awaited. */
  beacon(body: string, credentials: Credentials | undefined): boolean;
  /**
   * To be sent by the browser should the page be gone without a word, unless what this returns is called; undefined
   * where the browser has no `fetchLater` or no room.
   */
  arm(body: string, credentials: Credentials | undefined): Stop | undefined;
}

export interface SenderOptions {
  url: string;
  /** The region to sign for. Absent: nothing is signed. */
  region?: string | undefined;
  clock: Clock;
  sign: { signHeaders: typeof signHeaders; presign: typeof presign };
}

const SERVICE = 'personalize';

/** How long a presigned request holds, in seconds: as long as guest credentials do, for what waits for a crash. */
const EXPIRES_SECONDS = 3600;

export const createSender = ({ url, region, clock, sign }: SenderOptions): Sender => {
  const scope = () => ({ region: region as string, service: SERVICE, at: clock.now() });
  /** A string goes as text/plain, the one type that asks for no preflight; a beacon's would fail. */
  const presigned = (body: string, credentials: Credentials | undefined) => {
    const request = { method: 'POST', url, headers: {}, body };
    return credentials ? sign.presign(request, credentials, scope(), EXPIRES_SECONDS) : url;
  };
  return {
    post(body, credentials, keepalive) {
      const request = { method: 'POST', url, headers: { 'content-type': 'application/json' }, body };
      const headers = credentials ? sign.signHeaders(request, credentials, scope()) : request.headers;
      return post({ url, headers, body, keepalive }, clock.learn);
    },
    beacon: (body, credentials) => beacon(presigned(body, credentials), body),
    arm: (body, credentials) => (hasPostLater() ? postLater(presigned(body, credentials), body) : undefined),
  };
};
