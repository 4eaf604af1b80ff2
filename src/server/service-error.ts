/**
 * Returns an error in the form of the service's own, so that the tracker handles it like one.
 * @param kind in AWS's naming
 * @param message shown in the page's console: it must hold no secret and nothing about the machine
 */
export const createServiceError = (
  status: number,
  kind: string,
  message: string,
  headers: Record<string, string> = {},
): Response =>
  new Response(JSON.stringify({ message }), {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-ErrorType': kind, ...headers },
  });

/**
 * Returns a 503: the tracker keeps the batch and retries after `seconds`, or up to a half less. That part is random, so
 * that pages that were refused together do not retry together.
 */
export const createUnavailableError = (seconds: number, message: string): Response =>
  createServiceError(503, 'ServiceUnavailableException', message, {
    'retry-after': `${Math.ceil(seconds * (1 - Math.random() / 2))}`,
  });
