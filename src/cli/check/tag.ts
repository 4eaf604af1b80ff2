import type { Setup } from './check-flags.js';

/** The build's word. */
declare const VERSION: string;

const quote = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** The tag of a page that goes the way that has been checked. */
export const tagOf = ({ settings }: Setup): string => {
  const { trackingId, actionTrackingId, identityPoolId, region, endpoint, identityEndpoint, exitTransport } =
    settings;
  const attributes = {
    'tracking-id': trackingId,
    'action-tracking-id': actionTrackingId,
    'identity-pool-id': identityPoolId,
    region: identityPoolId?.startsWith(`${region}:`) ? undefined : (region as string | undefined),
    endpoint,
    'identity-endpoint': identityEndpoint,
    'exit-transport': exitTransport,
  };
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const text = given.map(([name, value]) => ` data-${name}="${quote(value as string)}"`).join('');
  return `<script async src="/personalize-${VERSION}.js"${text}></script>`;
};
