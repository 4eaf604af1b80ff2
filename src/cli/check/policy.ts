// Matches URLs against a Content-Security-Policy (https://www.w3.org/TR/CSP3/#match-url-to-source-list).

const DEFAULT_PORTS: Record<string, string> = { 'http:': '80', 'https:': '443' };

const portOf = ({ port, protocol }: URL) => port || (DEFAULT_PORTS[protocol] as string);

/** `http:` in a policy allows HTTPS, too. */
const isScheme = (wanted: string, { protocol }: URL) =>
  protocol === wanted || (wanted === 'http:' && protocol === 'https:');

const isHost = (wanted: string, { hostname }: URL) =>
  wanted === '*' || (wanted.startsWith('*.') ? hostname.endsWith(wanted.slice(1)) : hostname === wanted);

const isPort = (wanted: string | undefined, url: URL) => {
  const isDefault = portOf(url) === DEFAULT_PORTS[url.protocol];
  if (wanted === undefined || wanted === '80') return isDefault || portOf(url) === wanted;
  return wanted === '*' || wanted === portOf(url);
};

const isPath = (wanted: string | undefined, { pathname }: URL) =>
  wanted === undefined ||
  wanted === '/' ||
  wanted === pathname ||
  (wanted.endsWith('/') && pathname.startsWith(wanted));

const matches = (source: string, url: URL, page: URL): boolean => {
  if (source === '*') return true;
  if (source.toLowerCase() === "'self'") {
    return (
      url.hostname === page.hostname && isScheme(page.protocol, url) && isPort(page.port || undefined, url)
    );
  }
  if (/^[a-z][a-z0-9+.-]*:$/i.test(source)) return isScheme(source.toLowerCase(), url);
  const parts = /^(?:([a-z][a-z0-9+.-]*:)\/\/)?([^/:']+)(?::(\d+|\*))?(\/[^?#]*)?$/i.exec(source);
  if (!parts) return false;
  const [, scheme = page.protocol, host = '', port, path] = parts;
  return (
    isScheme(scheme.toLowerCase(), url) &&
    isHost(host.toLowerCase(), url) &&
    isPort(port, url) &&
    isPath(path, url)
  );
};

/** Returns the sources of `connect-src`, or of its fallback `default-src`; undefined if neither restricts. */
const sourcesOf = (policy: string): string[] | undefined => {
  const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/));
  const find = (wanted: string) => directives.find(([name]) => name?.toLowerCase() === wanted)?.slice(1);
  return find('connect-src') ?? find('default-src');
};

/** Returns whether a policy allows a page to connect to a URL. */
export const allowsConnection = (policy: string, url: string, page: string): boolean =>
  sourcesOf(policy)?.some((source) => matches(source, new URL(url), new URL(page))) ?? true;

const META = /<meta\s[^>]*http-equiv\s*=\s*["']?content-security-policy["'\s>][^>]*>/gi;
const CONTENT = /\scontent\s*=\s*(?:"([^"]*)"|'([^']*)')/i;

/** Returns the policies in a page's headers and HTML: a URL must be allowed by all of them. */
export const policiesOf = (headers: Headers, html: string): string[] => {
  const metas = [...`${html} `.matchAll(META)].map(([tag]) => CONTENT.exec(tag));
  return [
    ...(headers.get('content-security-policy') ?? '').split(','),
    ...metas.map((content) => content?.[1] ?? content?.[2] ?? ''),
  ].filter((policy) => policy.trim());
};
