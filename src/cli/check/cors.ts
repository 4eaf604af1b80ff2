// Reads the CORS headers of an answer.

/** Returns the entries of a header that is a list, in lower case. */
export const listOf = (headers: Headers, name: string) =>
  (headers.get(name) ?? '')
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter(Boolean);

export const isCrossOrigin = (url: string, origin: string): boolean => new URL(url).origin !== origin;

/** Returns whether a page of `origin` may read the answer. */
export const allowsOrigin = (headers: Headers, origin: string): boolean =>
  ['*', origin].includes(headers.get('access-control-allow-origin') ?? '');

/** Returns whether a page may read this header of the answer. */
export const exposes = (headers: Headers, name: string): boolean => {
  const exposed = listOf(headers, 'access-control-expose-headers');
  return exposed.includes('*') || exposed.includes(name.toLowerCase());
};

/** Returns the fix for an answer that does not allow the origin. */
export const allowOriginFix = (headers: Headers, origin: string): string => {
  const allowed = headers.get('access-control-allow-origin');
  return `Let it answer with Access-Control-Allow-Origin: ${origin}, or *; it has ${allowed ? `"${allowed}"` : 'none'}. AWS itself allows all: what answers in its place is a proxy or another host.`;
};
