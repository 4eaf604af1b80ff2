import type { Setup } from './check-flags.js';
import { failed, ok, type Step, warning } from './run-steps.js';

/** Returns whether a host counts as secure without TLS (https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy). */
const isLocal = ({ hostname }: URL) => /^(localhost|.+\.localhost|127\..+|\[::1\])$/.test(hostname);

/** Checks valid options that do not go together. */
export const optionsStep = ({ settings, origin, isOriginAssumed }: Setup): Step => ({
  name: 'options',
  run() {
    const { trackingId, identityPoolId, region, endpointUrl, identityEndpoint, identityUrl } = settings;
    const insecure = [endpointUrl, ...(identityPoolId ? [identityUrl] : [])]
      .map((url) => new URL(url))
      .find((url) => url.protocol === 'http:' && !isLocal(url));
    if (insecure && origin.startsWith('https:')) {
      return failed(
        `${origin} is HTTPS, ${insecure.href} is not`,
        'Browsers block that as mixed content: serve it by HTTPS.',
      );
    }
    const poolRegion = identityPoolId?.split(':')[0];
    if (poolRegion !== region) {
      const detail = `region is ${region}, the pool is in ${poolRegion}`;
      return identityEndpoint
        ? warning(detail, `That is right if the event tracker is in ${region}; else leave out --region.`)
        : failed(
            detail,
            `Leave out --region if the event tracker is in ${poolRegion}. If it is in ${region}, say where the pool is: --identity-endpoint-url ${identityUrl.replace(`${region}`, `${poolRegion}`)}, on the tag data-identity-endpoint.`,
          );
    }
    const assumed = isOriginAssumed ? ' (assumed; --origin tells another)' : '';
    return ok(
      `tracker ${trackingId}, ${identityPoolId ? `region ${region}` : 'unsigned'}, origin ${origin}${assumed}`,
    );
  },
});
