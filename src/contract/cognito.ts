import type { Answer, PostRequest } from './answer.js';
import type { Credentials } from './sigv4.js';

/** Posts, and tells what came of it. */
type Ask = (request: PostRequest) => Promise<Answer>;

/** Credentials as Cognito writes them. */
interface CognitoCredentials {
  AccessKeyId: string;
  SecretKey: string;
  SessionToken: string;
  /** Unix seconds. */
  Expiration: number;
}

const isComplete = (found: Partial<CognitoCredentials> | undefined): found is CognitoCredentials =>
  !!found?.AccessKeyId && !!found.SecretKey && !!found.SessionToken && Number.isFinite(found.Expiration);

/**
 * Asks for an identity pool's guest credentials, by plain requests (the "enhanced" flow), and the identity they are for. Rejects with
 * the `answer` that stood in the way, also where it lacks the fields that were asked for.
 * @param kept the identity of an earlier time
 */
export const askCognito = async (
  ask: Ask,
  url: string,
  identityPoolId: string,
  kept?: string,
): Promise<{ identityId: string; credentials: Credentials }> => {
  const call = async <T>(
    operation: string,
    input: unknown,
    read: (body: Answer['body']) => T | undefined,
  ) => {
    const answer = await ask({
      url,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityService.${operation}`,
      },
      body: JSON.stringify(input),
    });
    // The sending loop decides by it as by a batch's answer.
    if (answer.status !== 200 || answer.foreign) throw { answer };
    const found = read(answer.body);
    if (found) return found;
    throw { answer: { ...answer, foreign: `${url} is answered by something without ${operation}'s fields` } };
  };
  const identityId =
    kept ??
    (await call('GetId', { IdentityPoolId: identityPoolId }, ({ IdentityId }) =>
      typeof IdentityId === 'string' ? IdentityId : undefined,
    ));
  try {
    const found = await call('GetCredentialsForIdentity', { IdentityId: identityId }, ({ Credentials }) =>
      isComplete(Credentials) ? Credentials : undefined,
    );
    return {
      identityId,
      credentials: {
        accessKeyId: found.AccessKeyId,
        secretAccessKey: found.SecretKey,
        sessionToken: found.SessionToken,
        expiration: new Date(found.Expiration * 1000),
      },
    };
  } catch (error) {
    // The identity has been deleted in the pool.
    const { answer } = error as { answer?: Answer };
    if (kept && answer?.kind === 'ResourceNotFoundException') return askCognito(ask, url, identityPoolId);
    throw error;
  }
};
