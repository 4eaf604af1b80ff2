import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsError } from './aws-error.js';
import type { IssuedCredentials } from './guest-access.js';
import { readClaim, type SignatureClaim } from './signature-claim.js';

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

/** A request, and what its signature is checked against. */
export interface VerifyInput {
  request: IncomingMessage;
  body: Buffer;
  /** Undefined stands for any: that of the host name, or else that of the signature. */
  region: string | undefined;
  /** The service's time in milliseconds. */
  now: number;
  findCredentials(accessKeyId: string): IssuedCredentials | undefined;
}

const invalid = (message: string) => new AwsError(403, 'InvalidSignatureException', message);

const mismatch = () =>
  invalid('The request signature we calculated does not match the signature you provided.');

const unrecognized = () =>
  new AwsError(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.');

const toTimestamp = (ms: number) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');

/** Returns the region that a request must be signed for. */
const regionOf = ({ credential }: SignatureClaim, { region, request }: VerifyInput): string => {
  const [, regionOfHost] =
    /^personalize-events\.([\w-]+)\.amazonaws\.com/.exec(request.headers.host ?? '') ?? [];
  return region ?? regionOfHost ?? credential.split('/')[2] ?? '';
};

/** Returns the credentials that a claim names, if they are valid. */
const checkCredentials = (claim: SignatureClaim, input: VerifyInput) => {
  const { now, findCredentials } = input;
  const [accessKeyId = '', ...scope] = claim.credential.split('/');
  const credentials = findCredentials(accessKeyId);
  if (!credentials) throw unrecognized();
  if (credentials.expiration && +credentials.expiration <= now) {
    throw new AwsError(403, 'ExpiredTokenException', 'The security token included in the request is expired');
  }
  if (claim.token !== credentials.sessionToken) throw unrecognized();
  if (
    scope.join('/') !== `${claim.timestamp.slice(0, 8)}/${regionOf(claim, input)}/${SERVICE}/aws4_request`
  ) {
    throw invalid(`Credential should be scoped to a valid region and to correct service: '${SERVICE}'.`);
  }
  return credentials;
};

const checkTime = ({ expires, at, timestamp }: SignatureClaim, now: number) => {
  if (expires !== undefined && !(expires >= 1 && expires <= MAX_EXPIRES_SECONDS)) {
    throw invalid(`X-Amz-Expires must be between 1 and ${MAX_EXPIRES_SECONDS} seconds`);
  }
  const lifeMs = expires === undefined ? MAX_SKEW_MS : expires * 1000;
  if (now - at > lifeMs) {
    const oldest = `${toTimestamp(now - lifeMs)} (${toTimestamp(now)} - ${lifeMs / 60_000} min.)`;
    throw invalid(`Signature expired: ${timestamp} is now earlier than ${oldest}`);
  }
  if (at - now > MAX_SKEW_MS) {
    const newest = `${toTimestamp(now + MAX_SKEW_MS)} (${toTimestamp(now)} + ${MAX_SKEW_MS / 60_000} min.)`;
    throw invalid(`Signature not yet current: ${timestamp} is still later than ${newest}`);
  }
};

const checkSignedHeaders = ({ form, signedHeaders, token }: SignatureClaim) => {
  const required = form === 'query' ? ['host'] : ['host', 'x-amz-date'];
  if (form === 'header' && token !== undefined) required.push('x-amz-security-token');
  const unsigned = required.find((name) => !signedHeaders.includes(name));
  if (unsigned) throw invalid(`'${unsigned}' must be a 'SignedHeader' in the AWS authorization`);
};

/** Returns the request as AWS's signer takes it. */
const toSignable = (claim: SignatureClaim, { request, body }: VerifyInput, url: URL): HttpRequest => {
  const headers = Object.fromEntries(
    claim.signedHeaders.map((name) => [name, String(request.headers[name] ?? '')]),
  );
  // The signer trusts this header for the payload's hash; the service checks the payload itself.
  const hash = headers['x-amz-content-sha256'];
  if (hash !== undefined && hash !== createHash('sha256').update(body).digest('hex')) throw mismatch();
  const query = Object.fromEntries(
    [...url.searchParams.keys()]
      .filter((name) => claim.form === 'header' || !SET_BY_SIGNER.has(name))
      .map((name) => [name, url.searchParams.getAll(name)]),
  );
  return new HttpRequest({ method: request.method ?? '', path: url.pathname, query, headers, body });
};

/** Signs the request with AWS's own signer, and returns the signature. */
const sign = async (
  request: HttpRequest,
  { form, at, expires = 0, signedHeaders }: SignatureClaim,
  signer: SignatureV4,
): Promise<string> => {
  const signableHeaders = new Set(signedHeaders);
  const options = { signingDate: new Date(at), signableHeaders };
  if (form === 'header') {
    const { headers } = await signer.sign(request, options);
    return /Signature=(\w+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  }
  const { query } = await signer.presign(request, {
    ...options,
    expiresIn: expires,
    unhoistableHeaders: signableHeaders,
  });
  return String(query?.['X-Amz-Signature']);
};

/** Verifies a signature as AWS does. Resolves to its form. */
export const verifySignature = async (input: VerifyInput): Promise<'header' | 'query'> => {
  const { request, now } = input;
  // Not the received host, which may be no valid host.
  const url = new URL(request.url ?? '/', 'http://localhost');
  const claim = readClaim(request, url.searchParams);
  const credentials = checkCredentials(claim, input);
  checkTime(claim, now);
  checkSignedHeaders(claim);
  const signer = new SignatureV4({
    service: SERVICE,
    region: regionOf(claim, input),
    credentials,
    sha256: Sha256,
    applyChecksum: false,
  });
  const expected = Buffer.from(await sign(toSignable(claim, input, url), claim, signer));
  const claimed = Buffer.from(claim.signature);
  if (expected.length !== claimed.length || !timingSafeEqual(expected, claimed)) throw mismatch();
  return claim.form;
};
