import { parseCredentials } from '../../contract/credentials-input.js';
import type { Credentials } from '../../contract/sigv4.js';
import type { Parse } from '../platform/stored-format.js';

/** Credentials in IndexedDB, which outlive a visit. Times in Unix milliseconds. */
export interface StoredCredentials {
  identityId?: string | undefined;
  credentials: Credentials;
  renewAt: number;
  /** Offset of the visitor's clock in milliseconds, as it was known when the credentials were stored. */
  offset: number;
}

/** Some 300 years: with a larger offset no Date can hold the time. */
const MAX_OFFSET_MS = 1e13;

export const parseStoredCredentials: Parse<StoredCredentials> = (stored: StoredCredentials) =>
  // Cognito would refuse any other identity, on every page.
  /^[\w-]+:[\w-]+$/.test(stored.identityId as string) &&
  Number.isFinite(stored.renewAt + stored.offset) &&
  Math.abs(stored.offset) < MAX_OFFSET_MS
    ? { ...stored, credentials: parseCredentials(stored.credentials) }
    : undefined;
