/** Why no answer came, and what to do about it. */
export interface Trouble {
  detail: string;
  fix: string;
}

const REGIONS = 'https://docs.aws.amazon.com/general/latest/gr/personalize.html';

const RESOLVES: Trouble = {
  detail: 'no name server answers',
  fix: 'Look at the network and the DNS of this machine.',
};
const UNREACHABLE: Trouble = { detail: 'cannot be reached', fix: 'Look for a firewall, or for a proxy.' };
const CUT: Trouble = {
  detail: 'ended the connection without an answer',
  fix: 'Try again; if it goes on, look for a firewall or a proxy in between.',
};

const TROUBLES: Record<string, Trouble> = {
  ENOTFOUND: {
    detail: 'there is no such host',
    fix: `Look whether the region is spelled right and has the service (${REGIONS}), and whether this machine is online.`,
  },
  EAI_AGAIN: RESOLVES,
  ECONNREFUSED: {
    detail: 'refuses connections',
    fix: 'Look whether host and port are right, and whether something listens there.',
  },
  ECONNRESET: CUT,
  UND_ERR_SOCKET: CUT,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  UND_ERR_CONNECT_TIMEOUT: UNREACHABLE,
};

const isOfTls = (code: string) => /CERT|TLS|SSL|UNABLE_TO_|SELF_SIGNED/.test(code);

/** Node's fetch reads no proxy from the environment unless it is told to. */
const proxyHint = () => {
  const name = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].find((name) => process.env[name]);
  return name
    ? ` ${name} is set, and not used: Node does so from 24 on with NODE_USE_ENV_PROXY=1. Else try where no proxy is needed.`
    : '';
};

/** @param error what `fetch` has rejected with, of this URL */
export const troubleOf = (url: string, error: Error & { cause?: unknown }, timeLimitMs: number): Trouble => {
  const { code = '', message = error.message } = (error.cause ?? {}) as { code?: string; message?: string };
  const trouble = (): Trouble => {
    if (error.name === 'TimeoutError') {
      return {
        detail: `no answer within ${timeLimitMs / 1000} s`,
        fix: 'Try again, or give it more time by --timeout; if it goes on, look for a firewall or a proxy in between.',
      };
    }
    if (isOfTls(code)) {
      return {
        detail: `TLS fails: ${message} (${code})`,
        fix: 'The certificate is not one that this machine trusts: a proxy that reads along (NODE_EXTRA_CA_CERTS names its CA), or another host under this name.',
      };
    }
    return (
      TROUBLES[code] ?? {
        detail: `no answer: ${[message, code].filter(Boolean).join(' ')}`,
        fix: 'Look at the network of this machine.',
      }
    );
  };
  const { detail, fix } = trouble();
  return { detail: `${new URL(url).host}: ${detail}`, fix: fix + proxyHint() };
};
