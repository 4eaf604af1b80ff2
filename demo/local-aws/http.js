// @ts-check
import { TLSSocket } from 'node:tls';

/**
 * @typedef {import('node:http').IncomingMessage} IncomingMessage
 * @typedef {import('node:http').ServerResponse} ServerResponse
 * @typedef {{ status: number, body?: unknown, kind?: string }} Answer
 */

/** Larger than any batch within the service's limits, even of ten events with all 25 items shown in emoji. */
const MAX_BODY_BYTES = 1024 * 1024;

/** How long AWS lets a browser keep a preflight's answer, in seconds. Browsers cap it (Chromium: two hours). */
const PREFLIGHT_MAX_AGE = '172800';

/** As AWS's own answers have it. */
const EXPOSED = 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date';

/** An error as AWS words it. */
export class AwsError extends Error {
  /**
   * @param {number} status
   * @param {string | undefined} kind
   * @param {string} message
   */
  constructor(status, kind, message) {
    super(message);
    this.status = status;
    this.kind = kind;
  }
}

/**
 * The bytes, not text: it is these that were signed.
 * @param {IncomingMessage} request
 */
export const readBody = async (request) => {
  /** @type {Buffer[]} */
  const chunks = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += chunk.length;
      // Read to the end all the same: an answer before that would reset the connection.
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    }
  } catch {
    throw new AwsError(400, 'RequestTimeoutException', 'The body did not arrive whole.');
  }
  if (size > MAX_BODY_BYTES)
    throw new AwsError(413, 'RequestEntityTooLargeException', 'Request is too large');
  return Buffer.concat(chunks);
};

/** @param {Buffer} body */
export const parse = (body) => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError(400, 'SerializationException', 'The body is not JSON.');
  }
};

/**
 * CORS as AWS answers it: any origin, never with credentials mode, which is why a beacon with a preflight fails.
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
export const allowOrigin = (request, response) => {
  if (!request.headers.origin) return;
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', EXPOSED);
};

/**
 * What a preflight asks for.
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
export const allowPost = (request, response) => {
  const { origin, 'access-control-request-headers': asked } = request.headers;
  if (!origin) return;
  response.setHeader('access-control-allow-methods', 'POST');
  if (asked) response.setHeader('access-control-allow-headers', asked);
  response.setHeader('access-control-max-age', PREFLIGHT_MAX_AGE);
};

/**
 * @param {ServerResponse} response
 * @param {Answer} answer
 * @param {string | undefined} contentType
 */
export const send = (response, { status, body, kind }, contentType) => {
  // The `:url` is as the service sends it; clients have to cut it off.
  if (kind) response.setHeader('x-amzn-ErrorType', `${kind}:http://internal.amazon.com/coral/com.amazonaws/`);
  const text = body === undefined ? '' : JSON.stringify(body);
  if (contentType) response.setHeader('content-type', contentType);
  response.writeHead(status, { 'content-length': Buffer.byteLength(text) }).end(text);
};

/**
 * Ends the connection without an answer: by a reset, except under TLS, where Node has only the plain end.
 * @param {ServerResponse} response
 */
export const cut = ({ socket }) => {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
};
