import { refuse } from './refusal.js';

/**
 * Larger than any batch within the service's limits: ten events with all 25 items shown, each character written as the
 * six bytes of an escape, make 560,000 bytes. What shops send is a hundredth of that.
 */
const MAX_BODY_BYTES = 1024 * 1024;

/** JSON by `fetch`; by `sendBeacon`, which asks for no preflight then, JSON that says it is text. */
const CONTENT_TYPE = /^(application\/json|text\/plain)\s*(;|$)/i;

const tooLarge = () =>
  refuse(413, 'RequestEntityTooLargeException', `the body must be at most ${MAX_BODY_BYTES} bytes`);

/** Counts as it reads. */
const collect = async (body: ReadableStream<Uint8Array>): Promise<Uint8Array[]> => {
  const chunks: Uint8Array[] = [];
  const reader = body.getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    bytes += value.length;
    if (bytes > MAX_BODY_BYTES) {
      // Not awaited: whoever sends too much is not waited for.
      reader.cancel().catch(() => {});
      throw tooLarge();
    }
    chunks.push(value);
  }
};

/** Servers hold a client to the length that it has stated; to read all at once takes them half the time. */
const readWhole = async (request: Request): Promise<Uint8Array[]> => {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > MAX_BODY_BYTES) throw tooLarge();
  return [bytes];
};

const readText = async (request: Request): Promise<string> => {
  const hasLength = request.headers.has('content-length');
  const chunks = hasLength || !request.body ? await readWhole(request) : await collect(request.body);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
};

/** The JSON of a request's body; throws the answer where there is none. */
export const readJson = async (request: Request): Promise<unknown> => {
  const { headers } = request;
  if (!CONTENT_TYPE.test(headers.get('content-type') ?? '')) {
    throw refuse(
      415,
      'UnsupportedMediaTypeException',
      'the content type must be application/json or text/plain',
    );
  }
  if (Number(headers.get('content-length')) > MAX_BODY_BYTES) throw tooLarge();
  try {
    return JSON.parse(await readText(request));
  } catch (error) {
    if (error instanceof Response) throw error;
    throw refuse(400, 'SerializationException', 'the body is not JSON in UTF-8, or did not arrive whole');
  }
};
