import type { Answer, PostRequest } from './answer.js';
import type { Credentials } from './sigv4.js';

/** Sends a POST request and resolves to its response. */
type Post = (request: PostRequest) => Promise<Answer>;

/** Credentials in Cognito's form. */
interface CognitoCredentials {
  AccessKeyId: string;
  SecretKey: string;
  SessionToken: string;
  /** Unix seconds. */
  Expiration: number;
}

const isComplete = (
  credentials: Partial<CognitoCredentials> | undefined,
): credentials is CognitoCredentials =>
  !!credentials?.AccessKeyId &&
  !!credentials.SecretKey &&
  !!credentials.SessionToken &&
  Number.isFinite(credentials.Expiration);

/**
 * Gets an identity pool's guest credentials, and the identity that they belong to, by plain requests (the "enhanced"
 * flow). Rejects with an object whose `answer` is the response that failed or lacked the requested fields.
 * @param knownIdentityId the identity of an earlier visit
 */
export const askCognito = async (
  post: Post,
  url: string,
  identityPoolId: string,
  knownIdentityId?: string,
): Promise<{ identityId: string; credentials: Credentials }> => {
  const call = async <T>(
    operation: string,
    input: unknown,
    read: (body: Answer['body']) => T | undefined,
  ) => {
    const answer = await post({
      url,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityService.${operation}`,
      },
      body: JSON.stringify(input),
    });
    // The send loop classifies it like the response to a batch.
    if (answer.status !== 200 || answer.foreign) throw { answer };
    const fields = read(answer.body);
    if (fields) return fields;
    throw { answer: { ...answer, foreign: `${url} is answered by something without ${operation}'s fields` } };
  };
  const identityId =
    knownIdentityId ??
    (await call('GetId', { IdentityPoolId: identityPoolId }, ({ IdentityId }) =>
      typeof IdentityId === 'string' ? IdentityId : undefined,
    ));
  try {
    const credentials = await call(
      'GetCredentialsForIdentity',
      { IdentityId: identityId },
      ({ Credentials }) => (isComplete(Credentials) ? Credentials : undefined),
    );
    return {
      identityId,
      credentials: {
        accessKeyId: credentials.AccessKeyId,
        secretAccessKey: credentials.SecretKey,
        sessionToken: credentials.SessionToken,
        expiration: new Date(credentials.Expiration * 1000),
      },
    };
  } catch (error) {
    // The known identity has been deleted from the pool.
    const { answer } = error as { answer?: Answer };
    if (knownIdentityId && answer?.kind === 'ResourceNotFoundException')
      return askCognito(post, url, identityPoolId);
    throw error;
  }
};
