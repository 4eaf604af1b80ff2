import { sha256 } from './sha256.js';

/** AWS credentials. */
export interface Credentials {
  /** Identifies the key in each signature. */
  accessKeyId: string;
  /** Makes the signatures; is never sent. */
  secretAccessKey: string;
  /** Belongs to temporary credentials. */
  sessionToken?: string;
  /** When they expire. Without it they never expire. */
  expiration?: Date;
}

/** Signs requests with given credentials, at the current time. */
export interface Signer {
  /** Derives the day's signing key, which the first signature of a day does otherwise. */
  deriveKey(): void;
  signHeaders(request: SignableRequest): Record<string, string>;
  presign(request: SignableRequest): string;
}

/** A POST to a URL without a query. */
export interface SignableRequest {
  url: string;
  body: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** SHA-256's block size: HMAC pads its key to it (https://www.rfc-editor.org/rfc/rfc2104). */
const BLOCK_BYTES = 64;

const utf8 = (text: string) => new TextEncoder().encode(text);

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const hashOf = (text: string) => hex(sha256(utf8(text)));

const hmac = (key: Uint8Array, text: string): Uint8Array => {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? sha256(key) : key);
  const hash = (pad: number, message: Uint8Array) => {
    const padded = new Uint8Array(BLOCK_BYTES + message.length);
    padded.set(block.map((byte) => byte ^ pad));
    padded.set(message, BLOCK_BYTES);
    return sha256(padded);
  };
  return hash(0x5c, hash(0x36, utf8(text)));
};

/** Percent-encodes all but RFC 3986's unreserved characters. */
const uriEncode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

// The steps and names of the SigV4 specification. All are synchronous, so that they can run on unload:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

/** The last signing key. It stays the same for a day. */
let cached: { id: string; signingKey: Uint8Array } | undefined;

const deriveSigningKey = (secretAccessKey: string, credentialScope: string) => {
  const id = `${secretAccessKey}/${credentialScope}`;
  if (cached?.id !== id) {
    let signingKey: Uint8Array = utf8(`AWS4${secretAccessKey}`);
    // Not by `reduce`, which Prototype.js 1.6 replaces.
    for (const part of credentialScope.split('/')) signingKey = hmac(signingKey, part);
    cached = { id, signingKey };
  }
  return cached.signingKey;
};

/**
 * Returns the signature of a canonical request.
 * @param amzDate such as `20260102T030405Z`
 */
export const signature = (
  canonicalRequest: string,
  secretAccessKey: string,
  amzDate: string,
  credentialScope: string,
): string => {
  const stringToSign = [ALGORITHM, amzDate, credentialScope, hashOf(canonicalRequest)].join('\n');
  return hex(hmac(deriveSigningKey(secretAccessKey, credentialScope), stringToSign));
};

/** The parts that a signature in headers and one in the query have in common. */
interface Signing {
  amzDate: string;
  /** Access key ID and credential scope. */
  credential: string;
  host: string;
  /** Signs a canonical query and headers, both sorted by name. */
  sign(canonicalQuery: string, headers: Record<string, string>): string;
}

const toAmzDate = (at: number) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');

const toCredentialScope = (amzDate: string, region: string) =>
  `${amzDate.slice(0, 8)}/${region}/personalize/aws4_request`;

const prepare = (
  { url, body }: SignableRequest,
  { accessKeyId, secretAccessKey }: Credentials,
  region: string,
  at: number,
): Signing => {
  const amzDate = toAmzDate(at);
  const credentialScope = toCredentialScope(amzDate, region);
  const { host, pathname } = new URL(url);
  return {
    amzDate,
    credential: `${accessKeyId}/${credentialScope}`,
    host,
    sign(canonicalQuery, headers) {
      const canonicalRequest = [
        'POST',
        // Encoded a second time, as every service but S3 requires.
        pathname.split('/').map(uriEncode).join('/'),
        canonicalQuery,
        ...Object.entries(headers).map((header) => header.join(':')),
        '',
        Object.keys(headers).join(';'),
        hashOf(body),
      ].join('\n');
      return signature(canonicalRequest, secretAccessKey, amzDate, credentialScope);
    },
  };
};

/**
 * Returns the headers of a JSON request, its signature included. A browser sets `host` itself and ignores the given one.
 * @param at Unix milliseconds, correct: AWS refuses a request whose time is more than five minutes off
 */
export const signHeaders = (
  request: SignableRequest,
  credentials: Credentials,
  region: string,
  at: number,
): Record<string, string> => {
  const { amzDate, credential, host, sign } = prepare(request, credentials, region, at);
  const headers = {
    'content-type': 'application/json',
    host,
    'x-amz-date': amzDate,
    ...(credentials.sessionToken && { 'x-amz-security-token': credentials.sessionToken }),
  };
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${credential}, SignedHeaders=${Object.keys(headers).join(';')}, Signature=${sign('', headers)}`,
  };
};

/**
 * Returns the request's URL with the signature in its query; of the headers only `host` is signed. It is valid for an hour,
 * as long as guest credentials: `fetchLater` may send the request long after it was signed.
 * @param at Unix milliseconds, correct
 */
export const presign = (
  request: SignableRequest,
  credentials: Credentials,
  region: string,
  at: number,
): string => {
  const { amzDate, credential, host, sign } = prepare(request, credentials, region, at);
  const { sessionToken } = credentials;
  const query = `X-Amz-Algorithm=${ALGORITHM}&X-Amz-Credential=${uriEncode(credential)}&X-Amz-Date=${amzDate}&X-Amz-Expires=3600${sessionToken ? `&X-Amz-Security-Token=${uriEncode(sessionToken)}` : ''}&X-Amz-SignedHeaders=host`;
  return `${request.url}?${query}&X-Amz-Signature=${sign(query, { host })}`;
};

/**
 * Creates a signer.
 * @param now returns Unix milliseconds, correct
 */
export const createSigner = (credentials: Credentials, region: string, now: () => number): Signer => ({
  deriveKey() {
    deriveSigningKey(credentials.secretAccessKey, toCredentialScope(toAmzDate(now()), region));
  },
  signHeaders: (request) => signHeaders(request, credentials, region, now()),
  presign: (request) => presign(request, credentials, region, now()),
});
