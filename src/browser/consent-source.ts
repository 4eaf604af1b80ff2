import type { Settings } from '../contract/resolve-options.js';
import type { ConsentSource } from './follow-consent.js';
import { loadChunk } from './platform/load-chunk.js';

/** Follows the site's consent manager, if the option `consent` names one. Loads the chunk `consent`. */
export const followConsentSource = (
  { consent: source, tcfPurposes, chunkUrl }: Settings,
  options: Pick<ConsentSource, 'consent' | 'warn' | 'signal'>,
): void => {
  if (!source || source === 'required') return;
  // Nothing is recorded before the visitor consents: the chunk may come late.
  loadChunk('consent', () => import('./follow-consent.js'), chunkUrl).then(({ followConsent }) =>
    followConsent({ source, purposes: tcfPurposes.split(',').map(Number), ...options }),
  );
};
