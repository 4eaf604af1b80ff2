/**
 * An error in the service's form, which the tracker settles as it does the service's own.
 * @param kind as AWS names it
 * @param message what the page's console says of it: no secret, nothing of the machine
 */
export const refuse = (
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
 * Not now: the tracker keeps the batch and sends it again after `seconds`, or up to a half less, at random, so that
 * pages that were refused together do not come back together.
 */
export const refuseForNow = (seconds: number, message: string): Response =>
  refuse(503, 'ServiceUnavailableException', message, {
    'retry-after': `${Math.ceil(seconds * (1 - Math.random() / 2))}`,
  });
