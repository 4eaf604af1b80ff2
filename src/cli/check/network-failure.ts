/** The reason why no answer came, and its fix. */
export interface NetworkFailure {
  detail: string;
  fix: string;
}

const REGIONS = 'https://docs.aws.amazon.com/general/latest/gr/personalize.html';

const NO_NAME_SERVER: NetworkFailure = {
  detail: 'no name server answers',
  fix: 'Check the network and the DNS of this machine.',
};
const UNREACHABLE: NetworkFailure = {
  detail: 'cannot be reached',
  fix: 'Check for a firewall or a proxy.',
};
const CONNECTION_CLOSED: NetworkFailure = {
  detail: 'ended the connection without an answer',
  fix: 'Try again. If this persists, check for a firewall or a proxy in between.',
};

const FAILURES: Record<string, NetworkFailure> = {
  ENOTFOUND: {
    detail: 'there is no such host',
    fix: `Check that the region is spelled correctly and has the service (${REGIONS}), and that this machine is online.`,
  },
  EAI_AGAIN: NO_NAME_SERVER,
  ECONNREFUSED: {
    detail: 'refuses connections',
    fix: 'Check the host and the port, and that a server listens there.',
  },
  ECONNRESET: CONNECTION_CLOSED,
  UND_ERR_SOCKET: CONNECTION_CLOSED,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  UND_ERR_CONNECT_TIMEOUT: UNREACHABLE,
};

const isTlsError = (code: string) => /CERT|TLS|SSL|UNABLE_TO_|SELF_SIGNED/.test(code);

/** Node's `fetch` ignores the environment's proxy unless NODE_USE_ENV_PROXY is set. */
const proxyHint = () => {
  const name = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].find((name) => process.env[name]);
  return name
    ? ` ${name} is set, and not used: Node 24 and later use it with NODE_USE_ENV_PROXY=1. Otherwise run this on a machine that needs no proxy.`
    : '';
};

/** Explains the error that `fetch` has rejected with for this URL. */
export const explainFailure = (
  url: string,
  error: Error & { cause?: unknown },
  timeoutMs: number,
): NetworkFailure => {
  const { code = '', message = error.message } = (error.cause ?? {}) as { code?: string; message?: string };
  const failure = (): NetworkFailure => {
    if (error.name === 'TimeoutError') {
      return {
        detail: `no answer within ${timeoutMs / 1000} s`,
        fix: 'Try again, or allow more time by --timeout. If this persists, check for a firewall or a proxy in between.',
      };
    }
    if (isTlsError(code)) {
      return {
        detail: `TLS fails: ${message} (${code})`,
        fix: 'This machine does not trust the certificate. Either a proxy decrypts TLS (pass its CA in NODE_EXTRA_CA_CERTS), or another host answers under this name.',
      };
    }
    return (
      FAILURES[code] ?? {
        detail: `no answer: ${[message, code].filter(Boolean).join(' ')}`,
        fix: 'Check the network of this machine.',
      }
    );
  };
  const { detail, fix } = failure();
  return { detail: `${new URL(url).host}: ${detail}`, fix: fix + proxyHint() };
};
