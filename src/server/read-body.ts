import { rejectOnAbort } from './deadline.js';
import { createServiceError } from './service-error.js';

/**
 * The limit that browsers set to a page's beacons and keepalive requests. Ten events with each field at its limit, in
 * ASCII, make some 53,000 bytes; shops send some 3,000. Any single event fits, even with each of its at most 10,024
 * characters written as an escape of six bytes: a page that splits a batch that is too large always delivers it.
 */
export const DEFAULT_MAX_BODY_BYTES = 64 * 1024;

/** `fetch` sends JSON; `sendBeacon` sends JSON as text, for which no preflight is needed. */
const CONTENT_TYPE = /^(application\/json|text\/plain)\s*(;|$)/i;

const tooLarge = (maxBytes: number) =>
  createServiceError(413, 'RequestEntityTooLargeException', `the body must be at most ${maxBytes} bytes`);

/** The page retries. The connection is closed, so that the server does not wait for the rest. */
const tooSlow = () =>
  createServiceError(408, 'RequestTimeoutException', 'the body did not arrive in time', {
    connection: 'close',
  });

/**
 * Returns the body length that a request's headers announce; the limit if they announce none. Throws the answer if the
 * body is too large or no JSON.
 */
export const announcedBytes = ({ headers }: Request, maxBytes: number): number => {
  if (!CONTENT_TYPE.test(headers.get('content-type') ?? '')) {
    throw createServiceError(
      415,
      'UnsupportedMediaTypeException',
      'the content type must be application/json or text/plain',
    );
  }
  const length = headers.get('content-length') ?? '';
  if (!/^\d+$/.test(length)) return maxBytes;
  if (Number(length) > maxBytes) throw tooLarge(maxBytes);
  return Number(length);
};

/** Reads a body whose length is unknown, up to the limit. */
const readStream = async (
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array[]> => {
  const chunks: Uint8Array[] = [];
  const reader = body.getReader();
  // Not awaited: a client that sends too much or too slowly would delay it.
  const cancel = () => {
    reader.cancel().catch(() => {});
  };
  signal.addEventListener('abort', cancel, { once: true });
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    bytes += value.length;
    if (bytes > maxBytes) {
      cancel();
      throw tooLarge(maxBytes);
    }
    chunks.push(value);
  }
};

/** Reads a body of known length at once, in half the time. Servers enforce the length that a client has announced. */
const readWhole = async (request: Request, maxBytes: number): Promise<Uint8Array[]> => {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return [bytes];
};

const readText = async (request: Request, maxBytes: number, signal: AbortSignal): Promise<string> => {
  const hasLength = request.headers.has('content-length');
  const chunks =
    hasLength || !request.body
      ? await readWhole(request, maxBytes)
      : await readStream(request.body, maxBytes, signal);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
};

/** Reads the JSON of a request's body. Throws the answer if it is no JSON, or has not arrived when the signal is aborted. */
export const readJson = async (request: Request, maxBytes: number, signal: AbortSignal): Promise<unknown> => {
  try {
    return JSON.parse(await rejectOnAbort(signal, 'the body', () => readText(request, maxBytes, signal)));
  } catch (error) {
    if (error instanceof Response) throw error;
    if (signal.aborted) throw tooSlow();
    throw createServiceError(
      400,
      'SerializationException',
      'the body is not JSON in UTF-8, or did not arrive whole',
    );
  }
};
