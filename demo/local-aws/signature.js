// @ts-check
import { createHash, timingSafeEqual } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { claimOf } from './claim.js';
import { AwsError } from './http.js';

/**
 * @typedef {import('./http.js').IncomingMessage} IncomingMessage
 * @typedef {import('./cognito.js').IssuedCredentials} IssuedCredentials
 */

const SERVICE = 'personalize';
const MAX_SKEW_MS = 5 * 60 * 1000;
/** A week: the maximal lifetime of a presigned request. */
const MAX_EXPIRES_SECONDS = 604800;

/** The parameters that the signer sets itself; all others are signed as they were sent. */
const SET_BY_SIGNER = new Set(
  ['Algorithm', 'Credential', 'Date', 'Expires', 'Security-Token', 'SignedHeaders', 'Signature'].map(
    (name) => `X-Amz-${name}`,
  ),
);

/** @param {string} message */
const invalid = (message) => new AwsError(403, 'InvalidSignatureException', message);
const mismatch = () =>
  invalid('The request signature we calculated does not match the signature you provided.');
const unrecognized = () =>
  new AwsError(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.');

/** @param {number} ms */
const toTimestamp = (ms) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');

/**
 * Verifies a signature as AWS does; returns its form.
 * @param {{ request: IncomingMessage, body: Buffer, region: string, now: number,
 *   find: (accessKeyId: string) => IssuedCredentials | undefined }} check
 * @returns {Promise<'header' | 'query'>}
 */
export const verify = async ({ request, body, region, now, find }) => {
  // Not the received host, which may be no valid host.
  const url = new URL(request.url ?? '/', 'http://localhost');
  const claim = claimOf(request, url.searchParams);
  const { at } = claim;
  const [accessKeyId = '', ...scope] = claim.credential.split('/');
  const credentials = find(accessKeyId);
  if (!credentials) throw unrecognized();
  if (+credentials.expiration <= now) {
    throw new AwsError(403, 'ExpiredTokenException', 'The security token included in the request is expired');
  }
  if (claim.token !== credentials.sessionToken) throw unrecognized();
  if (scope.join('/') !== `${claim.timestamp.slice(0, 8)}/${region}/${SERVICE}/aws4_request`) {
    throw invalid(`Credential should be scoped to a valid region and to correct service: '${SERVICE}'.`);
  }
  const { expires } = claim;
  if (expires !== undefined && !(expires >= 1 && expires <= MAX_EXPIRES_SECONDS)) {
    throw invalid(`X-Amz-Expires must be between 1 and ${MAX_EXPIRES_SECONDS} seconds`);
  }
  const lifeMs = expires === undefined ? MAX_SKEW_MS : expires * 1000;
  if (now - at > lifeMs) {
    const oldest = `${toTimestamp(now - lifeMs)} (${toTimestamp(now)} - ${lifeMs / 60_000} min.)`;
    throw invalid(`Signature expired: ${claim.timestamp} is now earlier than ${oldest}`);
  }
  if (at - now > MAX_SKEW_MS) {
    const newest = `${toTimestamp(now + MAX_SKEW_MS)} (${toTimestamp(now)} + ${MAX_SKEW_MS / 60_000} min.)`;
    throw invalid(`Signature not yet current: ${claim.timestamp} is still later than ${newest}`);
  }

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
  // The signer trusts this header for the payload's hash; the service checks the payload itself.
  const stated = headers['x-amz-content-sha256'];
  if (stated !== undefined && stated !== createHash('sha256').update(body).digest('hex')) throw mismatch();
  const query = Object.fromEntries(
    [...url.searchParams.keys()]
      .filter((name) => claim.form === 'header' || !SET_BY_SIGNER.has(name))
      .map((name) => [name, url.searchParams.getAll(name)]),
  );
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
          unhoistableHeaders: signable,
        });
  const own =
    claim.form === 'header'
      ? /Signature=(\w+)$/.exec(signed.headers.authorization ?? '')?.[1]
      : signed.query?.['X-Amz-Signature'];
  const [a, b] = [Buffer.from(String(own)), Buffer.from(claim.signature)];
  if (a.length !== b.length || !timingSafeEqual(a, b)) {
    throw mismatch();
  }
  return claim.form;
};
