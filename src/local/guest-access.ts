import { randomBytes, randomUUID } from 'node:crypto';
import { AwsError } from './aws-error.js';
import { parseJson } from './http-messages.js';
import type { KnownIds } from './known-ids.js';

/** Credentials that the local AWS knows. */
export interface IssuedCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Absent in an access key for the AWS CLI and SDKs. */
  sessionToken?: string;
  /** Absent in an access key, which does not expire. */
  expiration?: Date;
}

/** Credentials for a guest. */
export type GuestCredentials = Required<IssuedCredentials>;

interface GuestAccessOptions {
  knownIds: KnownIds;
  /** Lifetime of guest credentials. */
  sessionSeconds: number;
  /** Returns the service's time in milliseconds. */
  now(): number;
}

const TARGET_PREFIX = 'AWSCognitoIdentityService.';

/** Returns the operation in an `x-amz-target`; another target is returned unchanged, and is no operation. */
export const operationOfTarget = (target: string): string =>
  target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : target;

/** Simulates Cognito Identity's guest access: identities, and credentials for them. */
export const createGuestAccess = ({ knownIds, sessionSeconds, now }: GuestAccessOptions) => {
  const identities = new Set<string>();
  const issued = new Map<string, GuestCredentials>();

  const issueCredentials = (): GuestCredentials => {
    const credentials = {
      accessKeyId: `ASIA${randomBytes(10).toString('hex').slice(0, 16).toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      // As long as STS's tokens: the length matters for a token in a URL.
      sessionToken: randomBytes(660).toString('base64'),
      expiration: new Date(now() + sessionSeconds * 1000),
    };
    issued.set(credentials.accessKeyId, credentials);
    return credentials;
  };

  const changeExpirations = (change: (ms: number) => number) => {
    for (const [id, credentials] of issued) {
      issued.set(id, { ...credentials, expiration: new Date(change(+credentials.expiration)) });
    }
  };

  const operations: Record<string, (input: Record<string, unknown>) => unknown> = {
    GetId({ IdentityPoolId: poolId }) {
      if (!knownIds.hasIdentityPool(poolId)) {
        throw new AwsError(400, 'ResourceNotFoundException', `IdentityPool '${poolId}' not found.`);
      }
      const IdentityId = `${`${poolId}`.split(':')[0]}:${randomUUID()}`;
      identities.add(IdentityId);
      return { IdentityId };
    },
    GetCredentialsForIdentity({ IdentityId }) {
      if (!identities.has(IdentityId as string)) {
        throw new AwsError(400, 'ResourceNotFoundException', `Identity '${IdentityId}' not found.`);
      }
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = issueCredentials();
      return {
        IdentityId,
        Credentials: {
          AccessKeyId: accessKeyId,
          SecretKey: secretAccessKey,
          SessionToken: sessionToken,
          Expiration: Math.floor(+expiration / 1000),
        },
      };
    },
  };

  return {
    issueCredentials,
    find: (accessKeyId: string): GuestCredentials | undefined => issued.get(accessKeyId),
    /** Expires all credentials issued so far. */
    expireCredentials: () => changeExpirations(() => 0),
    postponeExpirations: (ms: number) => changeExpirations((expiration) => expiration + ms),
    /** Revokes all credentials issued so far. */
    revokeCredentials: () => issued.clear(),
    /** Deletes all identities, as in the pool. */
    deleteIdentities: () => identities.clear(),
    /** Runs an operation. @param target the whole `x-amz-target` */
    call(target: string, body: Buffer): unknown {
      const name = target.startsWith(TARGET_PREFIX) ? operationOfTarget(target) : '';
      const run = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (!run) throw new AwsError(400, 'UnknownOperationException', '');
      return run((parseJson(body) ?? {}) as Record<string, unknown>);
    },
  };
};
