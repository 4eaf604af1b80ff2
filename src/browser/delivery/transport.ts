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
  /**
   * Hands a batch to the browser on unload; returns false when the browser refuses. Synchronous: nothing can be awaited
   * on unload.
   */
  beacon(batch: BatchRequest, signer: Signer | undefined): boolean;
  /**
   * Schedules a batch with the browser, which sends it if the page dies without `pagehide`. Returns a function that
   * cancels it; undefined if the browser has no `fetchLater` or no room.
   */
  sendLater(batch: BatchRequest, signer: Signer | undefined): Stop | undefined;
}

/**
 * Returns a URL that carries the signature. A string body is text/plain, which needs no preflight; the preflight of a
 * beacon would fail.
 */
const toPresignedUrl = (batch: BatchRequest, signer: Signer | undefined) =>
  signer?.presign(batch) ?? batch.url;

/**
 * Creates the tracker's own transport.
 * @param onDate is called with the `Date` of each response
 * @param usesKeepalive whether keepalive requests replace beacons on unload
 */
export const createTransport = (
  onDate: (date: string | null) => void,
  usesKeepalive?: boolean,
): Transport => {
  const send: Transport['post'] = (batch, signer, keepalive) => {
    const headers = signer?.signHeaders(batch) ?? { 'content-type': 'application/json' };
    return post({ ...batch, headers, keepalive }, onDate);
  };
  return {
    post: (batch, signer, keepalive) => send(batch, signer, keepalive && hasKeepalive()),
    beacon: (batch, signer) =>
      usesKeepalive
        ? send(batch, signer, true).survivesPage
        : beacon(toPresignedUrl(batch, signer), batch.body),
    sendLater: (batch, signer) =>
      !usesKeepalive && hasPostLater() ? postLater(toPresignedUrl(batch, signer), batch.body) : undefined,
  };
};
