// @ts-check
import { randomBytes, randomUUID } from 'node:crypto';
import { AwsError, parse } from './http.js';

/**
 * @typedef {{ accessKeyId: string, secretAccessKey: string, sessionToken: string, expiration: Date }} IssuedCredentials
 */

const SERVICE = 'AWSCognitoIdentityService.';

/**
 * Returns the operation that an `x-amz-target` names; any other target is returned as it is, and is no operation.
 * @param {string} target
 */
export const operationOf = (target) => (target.startsWith(SERVICE) ? target.slice(SERVICE.length) : target);

/**
 * Simulates Cognito Identity's guest access: identities, and credentials for them.
 * @param {{ identityPoolIds: string[], region: string, sessionSeconds: number, now: () => number }} options
 */
export const createCognito = ({ identityPoolIds, region, sessionSeconds, now }) => {
  /** @type {Set<string>} */
  const identities = new Set();
  /** @type {Map<string, IssuedCredentials>} */
  const issued = new Map();

  const issueCredentials = () => {
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

  /** @param {(ms: number) => number} change */
  const changeExpirations = (change) => {
    for (const [id, credentials] of issued) {
      issued.set(id, { ...credentials, expiration: new Date(change(+credentials.expiration)) });
    }
  };

  /** @type {Record<string, (input: any) => unknown>} */
  const operations = {
    GetId({ IdentityPoolId }) {
      if (!identityPoolIds.includes(IdentityPoolId)) {
        throw new AwsError(400, 'ResourceNotFoundException', `IdentityPool '${IdentityPoolId}' not found.`);
      }
      const IdentityId = `${region}:${randomUUID()}`;
      identities.add(IdentityId);
      return { IdentityId };
    },
    GetCredentialsForIdentity({ IdentityId }) {
      if (!identities.has(IdentityId)) {
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
    /** @param {string} accessKeyId */
    find: (accessKeyId) => issued.get(accessKeyId),
    /** Expires all credentials given out so far. */
    expireCredentials: () => changeExpirations(() => 0),
    /** @param {number} ms */
    postponeExpirations: (ms) => changeExpirations((expiration) => expiration + ms),
    /** Revokes all credentials given out so far. */
    revokeCredentials: () => issued.clear(),
    /** Deletes all identities, as in the pool. */
    deleteIdentities: () => identities.clear(),
    /**
     * @param {string} target the whole `x-amz-target`
     * @param {Buffer} body
     */
    call(target, body) {
      const name = target.startsWith(SERVICE) ? operationOf(target) : '';
      const run = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (!run) throw new AwsError(400, 'UnknownOperationException', '');
      return run(parse(body) ?? {});
    },
  };
};
