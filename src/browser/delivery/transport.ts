import type { Answer } from '../../contract/answer.js';
import type { BatchRequest } from '../../contract/put-events-request.js';
import type { Signer } from '../../contract/sigv4.js';
import type { Stop } from '../platform/lifecycle.js';
import { beacon, hasKeepalive, hasPostLater, post, postLater } from './http.js';

/** Sends batches, signed or not. */
export interface Transport {
  post(
    batch: BatchRequest,
    signer: Signer | undefined,
    keepalive: boolean,
  ): { survivesPage: boolean; answer: Promise<Answer> };
  /** Synchronous from end to end: on the way out nothing may be awaited. */
  beacon(batch: BatchRequest, signer: Signer | undefined): boolean;
  /**
   * To be sent by the browser should the page be gone without a word, unless what this returns is called; undefined
   * where the browser has no `fetchLater` or no room.
   */
  sendLater(batch: BatchRequest, signer: Signer | undefined): Stop | undefined;
}

/** A string goes as text/plain, the one type that asks for no preflight; a beacon's would fail. */
const presigned = (batch: BatchRequest, signer: Signer | undefined) => signer?.presign(batch) ?? batch.url;

/**
 * @param onDate hears of the `Date` of each answer
 * @param isKeptAlive whether a page is left by keepalive requests in place of beacons
 */
export const createTransport = (onDate: (date: string | null) => void, isKeptAlive?: boolean): Transport => {
  const send: Transport['post'] = (batch, signer, keepalive) => {
    const headers = signer?.signHeaders(batch) ?? { 'content-type': 'application/json' };
    return post({ ...batch, headers, keepalive }, onDate);
  };
  return {
    post: (batch, signer, keepalive) => send(batch, signer, keepalive && hasKeepalive()),
    beacon: (batch, signer) =>
      isKeptAlive ? send(batch, signer, true).survivesPage : beacon(presigned(batch, signer), batch.body),
    sendLater: (batch, signer) =>
      !isKeptAlive && hasPostLater() ? postLater(presigned(batch, signer), batch.body) : undefined,
  };
};
