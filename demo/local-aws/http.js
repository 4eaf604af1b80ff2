// @ts-check
import { TLSSocket } from 'node:tls';

/**
 * @typedef {import('node:http').IncomingMessage} IncomingMessage
 * @typedef {import('node:http').ServerResponse} ServerResponse
 * @typedef {{ status: number, body?: unknown, kind?: string }} Answer
 */

/** Larger than any batch within the service's limits, even ten events that each list 25 items in emoji. */
const MAX_BODY_BYTES = 1024 * 1024;

/** The time that a preflight's answer may be cached by AWS, in seconds. Browsers limit it (Chromium: two hours). */
const PREFLIGHT_MAX_AGE = '172800';

/** The same as in AWS's answers. */
const EXPOSED = 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date';

/** An error in AWS's format. */
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
 * Reads the body as bytes, since these were signed.
 * @param {IncomingMessage} request
 */
export const readBody = async (request) => {
  /** @type {Buffer[]} */
  const chunks = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += chunk.length;
      // Reads to the end anyway: an earlier answer would reset the connection.
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
 * Sets CORS headers as AWS does: any origin, without credentials mode, which is why a beacon with a preflight fails.
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
export const allowOrigin = (request, response) => {
  if (!request.headers.origin) return;
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', EXPOSED);
};

/**
 * Answers a preflight's questions.
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
  // The service appends the `:url`, which clients have to cut off.
  if (kind) response.setHeader('x-amzn-ErrorType', `${kind}:http://internal.amazon.com/coral/com.amazonaws/`);
  const text = body === undefined ? '' : JSON.stringify(body);
  if (contentType) response.setHeader('content-type', contentType);
  response.writeHead(status, { 'content-length': Buffer.byteLength(text) }).end(text);
};

/**
 * Ends the connection without an answer: by a reset or, under TLS, a plain end, since Node cannot reset there.
 * @param {ServerResponse} response
 */
export const cut = ({ socket }) => {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
};
