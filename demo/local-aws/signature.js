// @ts-check
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsError } from './http.js';

/**
 * @typedef {import('./http.js').IncomingMessage} IncomingMessage
 * @typedef {import('./cognito.js').IssuedCredentials} IssuedCredentials
 * @typedef {{ form: 'header' | 'query', credential: string, signedHeaders: string[], signature: string,
 *   timestamp: string, token: string | undefined, expires?: number }} Claim
 */

const SERVICE = 'personalize';
const MAX_SKEW_MS = 5 * 60 * 1000;
const MAX_EXPIRES_SECONDS = 604800;

/** Node's hash, in the shape that the signer takes. */
class Sha256 {
  /** @param {any} [secret] */
  constructor(secret) {
    this.hash = secret ? createHmac('sha256', secret) : createHash('sha256');
  }
  /** @param {any} data */
  update(data) {
    this.hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.hash.digest());
  }
  reset() {}
}

/** @param {string} message */
const invalid = (message) => new AwsError(403, 'InvalidSignatureException', message);
const incomplete = () =>
  new AwsError(403, 'IncompleteSignatureException', 'Request must contain a complete SigV4 signature.');

/**
 * What a request claims of its signature, in either form.
 * @param {IncomingMessage} request
 * @param {URL} url
 * @returns {Claim}
 */
const claimOf = (request, url) => {
  const query = url.searchParams;
  const header = request.headers.authorization;
  if (header) {
    const fields = /^AWS4-HMAC-SHA256 +Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=(\w+)$/.exec(
      header,
    );
    const timestamp = request.headers['x-amz-date'];
    if (!fields || typeof timestamp !== 'string') throw incomplete();
    const [, credential = '', signed = '', signature = ''] = fields;
    const token = request.headers['x-amz-security-token'];
    return {
      form: 'header',
      credential,
      signedHeaders: signed.split(';'),
      signature,
      timestamp,
      token: typeof token === 'string' ? token : undefined,
    };
  }
  if (!query.has('X-Amz-Signature')) {
    throw new AwsError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  if (query.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') throw incomplete();
  return {
    form: 'query',
    credential: query.get('X-Amz-Credential') ?? '',
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: query.get('X-Amz-Signature') ?? '',
    timestamp: query.get('X-Amz-Date') ?? '',
    token: query.get('X-Amz-Security-Token') ?? undefined,
    expires: Number(query.get('X-Amz-Expires')),
  };
};

/** @param {string} timestamp `20260102T030405Z` */
const toMs = (timestamp) =>
  Date.parse(timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/**
 * Refuses what AWS would refuse; returns the form of the signature it accepts.
 * @param {{ request: IncomingMessage, body: string, region: string, now: number,
 *   find: (accessKeyId: string) => IssuedCredentials | undefined }} check
 * @returns {Promise<'header' | 'query'>}
 */
export const verify = async ({ request, body, region, now, find }) => {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const claim = claimOf(request, url);
  const at = toMs(claim.timestamp);
  if (Number.isNaN(at)) throw incomplete();

  const [accessKeyId = '', ...scope] = claim.credential.split('/');
  if (scope.join('/') !== `${claim.timestamp.slice(0, 8)}/${region}/${SERVICE}/aws4_request`) {
    throw invalid(`Credential should be scoped to a valid region and to correct service: '${SERVICE}'.`);
  }
  const credentials = find(accessKeyId);
  if (!credentials || claim.token !== credentials.sessionToken) {
    throw new AwsError(
      403,
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  }
  if (+credentials.expiration <= now) {
    throw new AwsError(403, 'ExpiredTokenException', 'The security token included in the request is expired');
  }
  const { expires } = claim;
  if (expires !== undefined && !(expires >= 1 && expires <= MAX_EXPIRES_SECONDS)) {
    throw invalid(`X-Amz-Expires must be between 1 and ${MAX_EXPIRES_SECONDS} seconds`);
  }
  const latest = at + (expires === undefined ? MAX_SKEW_MS : expires * 1000);
  if (now > latest) throw invalid(`Signature expired: ${claim.timestamp} is now too far in the past`);
  if (at - now > MAX_SKEW_MS) throw invalid(`Signature not yet current: ${claim.timestamp} is still later`);

  const mustBeSigned = claim.form === 'header' ? ['host', 'x-amz-date', 'x-amz-security-token'] : ['host'];
  const unsigned = mustBeSigned.find((name) => !claim.signedHeaders.includes(name));
  if (unsigned) throw invalid(`'${unsigned}' must be a 'SignedHeader' in the AWS authorization`);

  const signer = new SignatureV4({
    service: SERVICE,
    region,
    credentials,
    sha256: Sha256,
    applyChecksum: false,
  });
  const headers = Object.fromEntries(
    claim.signedHeaders.map((name) => [name, String(request.headers[name] ?? '')]),
  );
  /** @type {Record<string, string>} */
  const query = {};
  for (const [name, value] of url.searchParams) {
    if (!name.startsWith('X-Amz-')) query[name] = value;
  }
  const received = new HttpRequest({
    method: request.method ?? '',
    path: url.pathname,
    query,
    headers,
    body,
  });
  const signable = new Set(claim.signedHeaders);
  const signed =
    claim.form === 'header'
      ? await signer.sign(received, { signingDate: new Date(at), signableHeaders: signable })
      : await signer.presign(received, {
          signingDate: new Date(at),
          expiresIn: expires ?? 0,
          signableHeaders: signable,
        });
  const own =
    claim.form === 'header'
      ? /Signature=(\w+)$/.exec(signed.headers.authorization ?? '')?.[1]
      : signed.query?.['X-Amz-Signature'];
  const [a, b] = [Buffer.from(String(own)), Buffer.from(claim.signature)];
  if (a.length !== b.length || !timingSafeEqual(a, b)) {
    throw invalid('The request signature we calculated does not match the signature you provided.');
  }
  return claim.form;
};
