import type { Answer, PostRequest } from './lib/http.js';
import type { Credentials } from './sign.js';

/** Posts, and tells what came of it. */
type Ask = (request: PostRequest) => Promise<Answer>;

/**
 * An identity pool's guest credentials, by plain requests (the "enhanced" flow), and the identity they are for. Rejects with
 * the `answer` that stood in the way.
 * @param kept the identity of an earlier time
 */
export const askCognito = async (
  ask: Ask,
  url: string,
  identityPoolId: string,
  kept?: string,
): Promise<{ identityId: string; credentials: Credentials }> => {
  const call = async (operation: string, input: unknown) => {
    const answer = await ask({
      url,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityService.${operation}`,
      },
      body: JSON.stringify(input),
    });
    if (answer.status !== 200) throw { answer }; // Settled by whoever sends as a batch's is.
    return answer.body;
  };
  const identityId = kept ?? (await call('GetId', { IdentityPoolId: identityPoolId })).IdentityId;
  try {
    const { Credentials: c } = await call('GetCredentialsForIdentity', { IdentityId: identityId });
    return {
      identityId,
      credentials: {
        accessKeyId: c.AccessKeyId,
        secretAccessKey: c.SecretKey,
        sessionToken: c.SessionToken,
        expiration: new Date(c.Expiration * 1000),
      },
    };
  } catch (error) {
    // The identity has been deleted in the pool.
    const { answer } = error as { answer?: Answer };
    if (kept && answer?.kind === 'ResourceNotFoundException') return askCognito(ask, url, identityPoolId);
    throw error;
  }
};
