import type { Answer } from '../../contract/answer.js';
import { excerpt } from '../printable.js';

const hideSecrets = (text: string, secrets: string[]) =>
  secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((rest, secret) => rest.replaceAll(secret, '(hidden)'), text);

/** Describes an answer in words. @param secrets hidden in case a proxy echoes them */
export const describeAnswer = ({ status, kind, body }: Answer, secrets: string[] = []): string =>
  [status, kind, body.message ?? body.Message]
    .filter(Boolean)
    .map((part) => excerpt(part, (text) => hideSecrets(text, secrets)))
    .join(' ');

/** Returns the fix for an error that any service may answer with. */
export const generalFix = ({ status, kind }: Answer): string | undefined => {
  if (status === 429 || /Throttl|TooMany/.test(kind)) {
    return 'Too many requests: try again in a minute. If it goes on, have the quota raised.';
  }
  if (status >= 500) return 'The service, or what stands before it, has failed: try again later.';
  if (status >= 300 && status < 400) return 'Name the address that it redirects to.';
  return undefined;
};

const UNKNOWN_FIX = 'See docs/troubleshooting.md, or what stands between this machine and the service.';

const COGNITO_FIXES: Record<string, string> = {
  NotAuthorizedException:
    'Turn on guest ("unauthenticated") access in the identity pool, and give it a role.',
  ResourceNotFoundException:
    'There is no such pool in this region: copy --identity-pool-id from the Cognito console, region and colon included.',
  InvalidIdentityPoolConfigurationException:
    "Give the pool a guest role that it may assume: the role's trust policy names cognito-identity.amazonaws.com, with this pool's ID as cognito-identity.amazonaws.com:aud and unauthenticated as :amr.",
  InvalidParameterException: 'Copy --identity-pool-id from the Cognito console, region and colon included.',
};

/** Returns the fix for an error of Cognito Identity. */
export const cognitoFix = (answer: Answer): string =>
  generalFix(answer) ?? COGNITO_FIXES[answer.kind] ?? UNKNOWN_FIX;

const policyStatement = (action: string) =>
  JSON.stringify({ Effect: 'Allow', Action: `personalize:${action}`, Resource: '*' });

/**
 * Returns the fix for an error of Personalize.
 * @param action the operation's name
 * @param flag the flag of the tracker's ID
 * @param skew how far this machine's clock is off, if it could not be corrected
 */
export const putFix = (answer: Answer, action: string, flag: string, skew: string): string => {
  const fixes: Record<string, string> = {
    AccessDeniedException: `Add this statement to the policy of the pool's guest role, with * and not the tracker's ARN: ${policyStatement(action)}`,
    ResourceNotFoundException: `There is no such tracker in this region: ${flag} is its tracking ID (not the ARN), it must be ACTIVE, and --region its region.`,
    InvalidSignatureException: skew
      ? `This machine's clock is ${skew}. Set it; and let the answers expose Date, or visitors with a wrong clock are refused, too.`
      : 'Look whether --region is that of the endpoint, and whether a proxy changes host, path or body, all of which are signed.',
    InvalidInputException: `Its message says what it dislikes; look at ${flag} first.`,
  };
  const credentialsFix =
    'The credentials are not good here: let the identity pool and the event tracker be of one AWS account and partition.';
  return (
    generalFix(answer) ??
    fixes[answer.kind] ??
    (/Token|UnrecognizedClient/.test(answer.kind) ? credentialsFix : UNKNOWN_FIX)
  );
};

/** Returns the fix for an error of the site's own endpoint. @param type the content type that was sent */
export const relayFix = (answer: Answer, url: string, type: string): string => {
  const { status } = answer;
  const fixes: Record<number, string> = {
    400: `Let it take a batch of PutEvents as ${type}; its message says what it dislikes.`,
    401: 'Let it take batches without a login: visitors have none.',
    403: 'Let it take batches without a login or a CSRF token: a page that is left can send none.',
    404: `Let it answer at ${url}: the tracker appends that last part to --endpoint.`,
    405: `Let it take POST at ${url}.`,
    415: `Let it take ${type}: the body is JSON all the same.`,
  };
  return generalFix(answer) ?? fixes[status] ?? UNKNOWN_FIX;
};
