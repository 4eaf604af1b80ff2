import type { Setup } from './check-flags.js';

/** Replaced by the build. */
declare const VERSION: string;

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** Returns the script tag with the options that have been checked. */
export const toScriptTag = ({ settings }: Setup): string => {
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
  const text = given.map(([name, value]) => ` data-${name}="${escapeHtml(value as string)}"`).join('');
  return `<script async src="/personalize-${VERSION}.js"${text}></script>`;
};
