import { parseCredentials } from '../../contract/credentials-input.js';
import type { Credentials } from '../../contract/sigv4.js';
import type { Parse } from '../platform/stored-format.js';

/** What is kept of credentials between visits. Times in Unix milliseconds. */
export interface KeptCredentials {
  identityId?: string | undefined;
  credentials: Credentials;
  renewAt: number;
  /** Of the visitor's clock. */
  offset: number;
}

/** Some 300 years: a clock that is further off makes times that no Date holds. */
const MAX_OFFSET_MS = 1e13;

export const parseKept: Parse<KeptCredentials> = (kept: KeptCredentials) =>
  // Any other identity Cognito would refuse, on every page.
  /^[\w-]+:[\w-]+$/.test(kept.identityId as string) &&
  Number.isFinite(kept.renewAt + kept.offset) &&
  Math.abs(kept.offset) < MAX_OFFSET_MS
    ? { ...kept, credentials: parseCredentials(kept.credentials) }
    : undefined;
