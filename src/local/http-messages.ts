import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { AwsError } from './aws-error.js';

/** An answer in AWS's format. */
export interface AwsAnswer {
  status: number;
  body?: unknown;
  errorType?: string | undefined;
  errorMessage?: string;
}

/** Larger than any batch within the service's limits, even ten events that each list 25 items in emoji. */
const MAX_BODY_BYTES = 1024 * 1024;

/** How long AWS lets a preflight's answer be cached, in seconds. Browsers limit it (Chromium: two hours). */
const PREFLIGHT_MAX_AGE = '172800';

/** The same headers as in AWS's answers. */
const EXPOSED_HEADERS = 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date';

/** Reads a body as bytes: the signature is of these. */
export const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      bytes += chunk.length;
      // Reads to the end anyway: an earlier answer would reset the connection.
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    }
  } catch {
    throw new AwsError(400, 'RequestTimeoutException', 'The body did not arrive whole.');
  }
  if (bytes > MAX_BODY_BYTES) {
    throw new AwsError(413, 'RequestEntityTooLargeException', 'Request is too large');
  }
  return Buffer.concat(chunks);
};

/** Parses a JSON body. */
export const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError(400, 'SerializationException', 'The body is not JSON.');
  }
};

/** Sets AWS's CORS headers: any origin, but no credentials mode, which is why a beacon with a preflight fails. */
export const allowOrigin = (request: IncomingMessage, response: ServerResponse): void => {
  if (!request.headers.origin) return;
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', EXPOSED_HEADERS);
};

/** Sets the headers of the answer to a preflight. */
export const allowPost = (request: IncomingMessage, response: ServerResponse): void => {
  const { origin, 'access-control-request-headers': requested } = request.headers;
  if (!origin) return;
  response.setHeader('access-control-allow-methods', 'POST');
  if (requested) response.setHeader('access-control-allow-headers', requested);
  response.setHeader('access-control-max-age', PREFLIGHT_MAX_AGE);
};

/** Sends an answer in AWS's format. */
export const sendAnswer = (
  response: ServerResponse,
  { status, body, errorType }: AwsAnswer,
  contentType: string | undefined,
): void => {
  // The service appends the `:url`, which clients have to cut off.
  if (errorType) {
    response.setHeader('x-amzn-ErrorType', `${errorType}:http://internal.amazon.com/coral/com.amazonaws/`);
  }
  const text = body === undefined ? '' : JSON.stringify(body);
  if (contentType) response.setHeader('content-type', contentType);
  response.writeHead(status, { 'content-length': Buffer.byteLength(text) }).end(text);
};

/** Ends the connection without an answer: by a reset or, under TLS, a plain end, since Node cannot reset there. */
export const resetConnection = ({ socket }: ServerResponse): void => {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
};
