import { untilAborted } from './deadline.js';
import { refuse } from './refusal.js';

/**
 * As much as browsers let a page's beacons and keepalive requests carry. Ten events with each field at its limit, in
 * ASCII, make some 53,000 bytes; shops send some 3,000. Any single event fits, even with each of its at most 10,024
 * characters written as an escape of six bytes, so that a page that splits what is too large always gets it through.
 */
export const DEFAULT_MAX_BODY_BYTES = 64 * 1024;

/** JSON by `fetch`; by `sendBeacon`, which asks for no preflight then, JSON that says it is text. */
const CONTENT_TYPE = /^(application\/json|text\/plain)\s*(;|$)/i;

const tooLarge = (maxBytes: number) =>
  refuse(413, 'RequestEntityTooLargeException', `the body must be at most ${maxBytes} bytes`);

/** The page tries again; the server is not to wait for the rest. */
const tooSlow = () =>
  refuse(408, 'RequestTimeoutException', 'the body did not arrive in time', { connection: 'close' });

/**
 * Returns how many bytes of body a request's headers announce, the limit where they do not say; throws the answer where
 * it is too large, or no JSON.
 */
export const announcedBytes = ({ headers }: Request, maxBytes: number): number => {
  if (!CONTENT_TYPE.test(headers.get('content-type') ?? '')) {
    throw refuse(
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

/** Counts as it reads. */
const collect = async (
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array[]> => {
  const chunks: Uint8Array[] = [];
  const reader = body.getReader();
  // Not awaited: a client that sends too much, or too slowly, is not waited for.
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

/** Servers hold a client to the length that it has stated; to read all at once takes them half the time. */
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
      : await collect(request.body, maxBytes, signal);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
};

/** Reads the JSON of a request's body; throws the answer where there is none, or not before the signal is aborted. */
export const readJson = async (request: Request, maxBytes: number, signal: AbortSignal): Promise<unknown> => {
  try {
    return JSON.parse(await untilAborted(signal, 'the body', () => readText(request, maxBytes, signal)));
  } catch (error) {
    if (error instanceof Response) throw error;
    if (signal.aborted) throw tooSlow();
    throw refuse(400, 'SerializationException', 'the body is not JSON in UTF-8, or did not arrive whole');
  }
};
