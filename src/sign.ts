import { sha256 } from './lib/sha256.js';

/** What AWS signs with. `sessionToken` comes with temporary credentials. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  /** When they stop being valid; never, when absent. */
  expiration?: Date;
}

/** Where and when a signature holds. */
export interface Scope {
  region: string;
  service: string;
  /** Unix milliseconds, true time: AWS refuses what is more than five minutes off. */
  at: number;
}

export interface SignableRequest {
  method: string;
  url: string;
  /** Each of them is signed; lower-case names. `host` is added. */
  headers: Record<string, string>;
  body: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** SHA-256's block, which HMAC pads its key to (https://www.rfc-editor.org/rfc/rfc2104). */
const BLOCK_BYTES = 64;

const utf8 = (text: string) => new TextEncoder().encode(text);

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const hmac = (key: Uint8Array, text: string): Uint8Array => {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? sha256(key) : key);
  const hash = (pad: number, message: Uint8Array) =>
    sha256(Uint8Array.from([...block.map((byte) => byte ^ pad), ...message]));
  return hash(0x5c, hash(0x36, utf8(text)));
};

/** Percent-encodes all but RFC 3986's unreserved characters. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** `20260102T030405Z` */
const timestamp = (at: number) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');

const scopeOf = ({ region, service, at }: Scope) =>
  `${timestamp(at).slice(0, 8)}/${region}/${service}/aws4_request`;

const signedHeaderNames = (headers: Record<string, string>) => Object.keys(headers).sort().join(';');

// The chain of the SigV4 specification, step by step, all of it synchronous:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

const canonicalQuery = (url: URL) =>
  // By name, then value: a line feed sorts before all that encoding leaves.
  Array.from(url.searchParams, (pair) => pair.map(encode).join('\n'))
    .sort()
    .join('&')
    .replace(/\n/g, '=');

const canonicalRequest = (method: string, url: URL, headers: Record<string, string>, body: string) =>
  [
    method,
    // Encoded once more than the URL is, as every service but S3 wants it.
    url.pathname.split('/').map(encode).join('/'),
    canonicalQuery(url),
    ...Object.keys(headers)
      .sort()
      .map((name) => `${name}:${(headers[name] as string).trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaderNames(headers),
    hex(sha256(utf8(body))),
  ].join('\n');

const stringToSign = (scope: Scope, canonical: string) =>
  [ALGORITHM, timestamp(scope.at), scopeOf(scope), hex(sha256(utf8(canonical)))].join('\n');

const signingKey = (secret: string, scope: Scope) =>
  scopeOf(scope)
    .split('/')
    .reduce(hmac, utf8(`AWS4${secret}`));

const signature = (
  { method, body }: SignableRequest,
  url: URL,
  headers: Record<string, string>,
  { secretAccessKey }: Credentials,
  scope: Scope,
) =>
  hex(
    hmac(
      signingKey(secretAccessKey, scope),
      stringToSign(scope, canonicalRequest(method, url, headers, body)),
    ),
  );

/** The request's headers with the signature among them. `host` is left out: a browser sets it itself. */
export const signHeaders = (
  request: SignableRequest,
  credentials: Credentials,
  scope: Scope,
): Record<string, string> => {
  const url = new URL(request.url);
  const headers: Record<string, string> = { ...request.headers, 'x-amz-date': timestamp(scope.at) };
  if (credentials.sessionToken) headers['x-amz-security-token'] = credentials.sessionToken;
  const signed = { ...headers, host: url.host };
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${credentials.accessKeyId}/${scopeOf(scope)}, SignedHeaders=${signedHeaderNames(signed)}, Signature=${signature(request, url, signed, credentials, scope)}`,
  };
};

/** The request's URL with the signature in its query, valid for `expiresIn` seconds; only `host` is signed. */
export const presign = (
  request: SignableRequest,
  credentials: Credentials,
  scope: Scope,
  expiresIn: number,
): string => {
  const { host } = new URL(request.url);
  const headers = { ...request.headers, host };
  const query = Object.entries({
    'X-Amz-Algorithm': ALGORITHM,
    'X-Amz-Credential': `${credentials.accessKeyId}/${scopeOf(scope)}`,
    'X-Amz-Date': timestamp(scope.at),
    'X-Amz-Expires': `${expiresIn}`,
    'X-Amz-SignedHeaders': signedHeaderNames(headers),
    ...(credentials.sessionToken && { 'X-Amz-Security-Token': credentials.sessionToken }),
  }).map((pair) => pair.map(encode).join('='));
  const url = `${request.url}${request.url.includes('?') ? '&' : '?'}${query.join('&')}`;
  return `${url}&X-Amz-Signature=${signature(request, new URL(url), headers, credentials, scope)}`;
};
