// @ts-check
import { AwsError } from './http.js';

/**
 * @typedef {import('./http.js').IncomingMessage} IncomingMessage
 * @typedef {{ form: 'header' | 'query', credential: string, signedHeaders: string[], signature: string,
 *   timestamp: string, at: number, token: string | undefined, expires?: number }} Claim
 *   `at`: the timestamp in milliseconds; `expires` in seconds
 */

const incomplete = () =>
  new AwsError(403, 'IncompleteSignatureException', 'Request must contain a complete SigV4 signature.');

/** @param {string} timestamp `20260102T030405Z` */
const toMs = (timestamp) => {
  const at = Date.parse(timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(at)) throw incomplete();
  return at;
};

/** @param {IncomingMessage} request */
export const formOf = ({ headers, url }) => {
  if (headers.authorization) return 'header';
  return url?.includes('X-Amz-Signature=') ? 'query' : null;
};

/**
 * Reads the signature that a request claims, from its header or its query.
 * @param {IncomingMessage} request
 * @param {URLSearchParams} query
 * @returns {Claim}
 */
export const claimOf = (request, query) => {
  const form = formOf(request);
  if (!form) throw new AwsError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  if (form === 'header') {
    const header = request.headers.authorization ?? '';
    const fields = /^AWS4-HMAC-SHA256 +Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=(\w+)$/.exec(
      header,
    );
    const timestamp = request.headers['x-amz-date'];
    if (!fields || typeof timestamp !== 'string') throw incomplete();
    const [, credential = '', signed = '', signature = ''] = fields;
    const token = request.headers['x-amz-security-token'];
    return {
      form,
      credential,
      signedHeaders: signed.split(';'),
      signature,
      timestamp,
      at: toMs(timestamp),
      token: typeof token === 'string' ? token : undefined,
    };
  }
  if (query.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') throw incomplete();
  const timestamp = query.get('X-Amz-Date') ?? '';
  return {
    form,
    credential: query.get('X-Amz-Credential') ?? '',
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: query.get('X-Amz-Signature') ?? '',
    timestamp,
    at: toMs(timestamp),
    token: query.get('X-Amz-Security-Token') ?? undefined,
    expires: Number(query.get('X-Amz-Expires')),
  };
};
