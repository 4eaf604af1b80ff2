/** The form of Playwright's option `proxy`. */
export interface ProxyOption {
  server: string;
  bypass?: string;
  username?: string;
  password?: string;
}

/** A proxy that the browser would use without this package. */
export interface UpstreamProxy {
  host: string;
  port: number;
  /** The header that identifies the user, if there is one. */
  headers: Record<string, string>;
  /** Returns whether the destination is reached without the proxy. */
  isBypassed(url: URL): boolean;
}

/** Stands for no proxy in older configs: there it lets Chromium on Windows have a proxy for each context. */
const PER_CONTEXT = /^(http:\/\/)?per-context$/;

/** Follows Playwright's rule: an entry matches a host and its subdomains. */
const createBypass = (bypass = '') => {
  const entries = bypass
    .split(',')
    .map((entry) => entry.trim().replace(/^\*?\.?/, '.'))
    .filter((entry) => entry !== '.');
  return ({ hostname, host }: URL) =>
    entries.some((entry) => `.${hostname}`.endsWith(entry) || `.${host}`.endsWith(entry));
};

/** Reads Playwright's option `proxy`. @throws an error if it is no HTTP proxy */
export const readUpstreamProxy = (option: ProxyOption | undefined): UpstreamProxy | undefined => {
  if (!option || PER_CONTEXT.test(option.server)) return undefined;
  const { server, bypass, username, password = '' } = option;
  const address = server.includes('://') ? server : `http://${server}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'http:') {
    throw new Error(
      `proxy.server must be an HTTP proxy, such as http://proxy.example:3128; got ${server}. personalize-beacon/playwright has a proxy of its own before it, which speaks neither HTTPS nor SOCKS.`,
    );
  }
  const credentials = Buffer.from(`${username}:${password}`).toString('base64');
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 80),
    headers: username === undefined ? {} : { 'proxy-authorization': `Basic ${credentials}` },
    isBypassed: createBypass(bypass),
  };
};
