import { sha256 } from './sha256.js';

/** What AWS signs with. */
export interface Credentials {
  /** Names the key in each signature. */
  accessKeyId: string;
  /** Signs, and is never sent. */
  secretAccessKey: string;
  /** Comes with temporary credentials. */
  sessionToken?: string;
  /** When they stop being valid; never, when absent. */
  expiration?: Date;
}

/** Signs requests with somebody's credentials, at the time of signing. */
export interface Signer {
  signHeaders(request: SignableRequest): Record<string, string>;
  presign(request: SignableRequest): string;
}

/** A POST to a URL without a query. */
export interface SignableRequest {
  url: string;
  body: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** SHA-256's block, which HMAC pads its key to (https://www.rfc-editor.org/rfc/rfc2104). */
const BLOCK_BYTES = 64;

const utf8 = (text: string) => new TextEncoder().encode(text);

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const hashOf = (text: string) => hex(sha256(utf8(text)));

const hmac = (key: Uint8Array, text: string): Uint8Array => {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? sha256(key) : key);
  const hash = (pad: number, message: Uint8Array) => sha256([...block.map((byte) => byte ^ pad), ...message]);
  return hash(0x5c, hash(0x36, utf8(text)));
};

/** Percent-encodes all but RFC 3986's unreserved characters. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

// The chain of the SigV4 specification, step by step, all of it synchronous:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

/** The last signing key, which is the same all day. */
let made: { of: string; key: Uint8Array } | undefined;

const signingKey = (secret: string, scope: string) => {
  const of = `${secret}/${scope}`;
  if (made?.of !== of) {
    let key: Uint8Array = utf8(`AWS4${secret}`);
    // No `reduce`, which Prototype.js 1.6 has made something else of.
    for (const part of scope.split('/')) key = hmac(key, part);
    made = { of, key };
  }
  return made.key;
};

/** The signature of a canonical request, at a time such as `20260102T030405Z`. */
export const signature = (canonicalRequest: string, secret: string, time: string, scope: string): string => {
  const stringToSign = [ALGORITHM, time, scope, hashOf(canonicalRequest)].join('\n');
  return hex(hmac(signingKey(secret, scope), stringToSign));
};

/** What both forms state, and what signs their query and headers, both in the order of their names. */
const prepare = (
  { url, body }: SignableRequest,
  { accessKeyId, secretAccessKey }: Credentials,
  region: string,
  at: number,
) => {
  const time = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${time.slice(0, 8)}/${region}/personalize/aws4_request`;
  const { host, pathname } = new URL(url);
  const sign = (query: string, headers: Record<string, string>) => {
    const canonicalRequest = [
      'POST',
      // Encoded once more than the URL is, as every service but S3 wants it.
      pathname.split('/').map(encode).join('/'),
      query,
      ...Object.entries(headers).map((header) => header.join(':')),
      '',
      Object.keys(headers).join(';'),
      hashOf(body),
    ].join('\n');
    return signature(canonicalRequest, secretAccessKey, time, scope);
  };
  return [time, `${accessKeyId}/${scope}`, host, sign] as const;
};

/**
 * The headers of a request whose body is JSON, the signature among them. A browser sets `host` itself and passes
 * over what it is given.
 * @param at Unix milliseconds, true time: AWS refuses what is more than five minutes off
 */
export const signHeaders = (
  request: SignableRequest,
  credentials: Credentials,
  region: string,
  at: number,
): Record<string, string> => {
  const [time, credential, host, sign] = prepare(request, credentials, region, at);
  const headers = {
    'content-type': 'application/json',
    host,
    'x-amz-date': time,
    ...(credentials.sessionToken && { 'x-amz-security-token': credentials.sessionToken }),
  };
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${credential}, SignedHeaders=${Object.keys(headers).join(';')}, Signature=${sign('', headers)}`,
  };
};

/**
 * The request's URL with the signature in its query; only `host` is signed. Valid for an hour, as guest credentials
 * are, for what waits for a crash.
 * @param at Unix milliseconds, true time
 */
export const presign = (
  request: SignableRequest,
  credentials: Credentials,
  region: string,
  at: number,
): string => {
  const [time, credential, host, sign] = prepare(request, credentials, region, at);
  const { sessionToken } = credentials;
  const query = `X-Amz-Algorithm=${ALGORITHM}&X-Amz-Credential=${encode(credential)}&X-Amz-Date=${time}&X-Amz-Expires=3600${sessionToken ? `&X-Amz-Security-Token=${encode(sessionToken)}` : ''}&X-Amz-SignedHeaders=host`;
  return `${request.url}?${query}&X-Amz-Signature=${sign(query, { host })}`;
};

/** @param now Unix milliseconds, true time */
export const createSigner = (credentials: Credentials, region: string, now: () => number): Signer => ({
  signHeaders: (request) => signHeaders(request, credentials, region, now()),
  presign: (request) => presign(request, credentials, region, now()),
});
