// What an answer's headers allow pages of other origins.

/** A header that is a list, in lower case. */
export const listOf = (headers: Headers, name: string) =>
  (headers.get(name) ?? '')
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter(Boolean);

export const isCrossOrigin = (url: string, origin: string): boolean => new URL(url).origin !== origin;

/** Whether a page of `origin` may read the answer. */
export const allowsOrigin = (headers: Headers, origin: string): boolean =>
  ['*', origin].includes(headers.get('access-control-allow-origin') ?? '');

/** Whether a page may read this header of the answer. */
export const exposes = (headers: Headers, name: string): boolean => {
  const exposed = listOf(headers, 'access-control-expose-headers');
  return exposed.includes('*') || exposed.includes(name.toLowerCase());
};

/** What an answer fails to allow, as a fix names it. */
export const allowOriginFix = (headers: Headers, origin: string): string => {
  const allowed = headers.get('access-control-allow-origin');
  return `Let it answer with Access-Control-Allow-Origin: ${origin}, or *; it has ${allowed ? `"${allowed}"` : 'none'}. AWS itself allows all: what answers in its place is a proxy or another host.`;
};
