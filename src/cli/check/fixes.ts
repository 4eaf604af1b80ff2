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
    return 'Too many requests: try again in a minute. If this persists, request a higher quota.';
  }
  if (status >= 500) return 'The service, or a proxy in front of it, has failed: try again later.';
  if (status >= 300 && status < 400) return 'Pass the address that it redirects to.';
  return undefined;
};

const UNKNOWN_FIX =
  'See docs/troubleshooting.md, and check the proxies between this machine and the service.';

const COGNITO_FIXES: Record<string, string> = {
  NotAuthorizedException:
    'Turn on guest ("unauthenticated") access in the identity pool, and give it a role.',
  ResourceNotFoundException:
    'There is no such pool in this region: copy --identity-pool-id from the Cognito console, with region and colon.',
  InvalidIdentityPoolConfigurationException:
    "Give the pool a guest role that it may assume: the role's trust policy must name cognito-identity.amazonaws.com, with this pool's ID as cognito-identity.amazonaws.com:aud and unauthenticated as :amr.",
  InvalidParameterException: 'Copy --identity-pool-id from the Cognito console, with region and colon.',
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
    ResourceNotFoundException: `There is no such tracker in this region: ${flag} must be its tracking ID (not the ARN), --region its region, and its status ACTIVE.`,
    InvalidSignatureException: skew
      ? `This machine's clock is ${skew}. Set it. Also let the answers expose Date: otherwise visitors with a wrong clock are refused too.`
      : "Check that --region is the endpoint's region, and that no proxy changes host, path or body: all three are signed.",
    InvalidInputException: `The message names the invalid field. Check ${flag} first.`,
  };
  const credentialsFix =
    'The service does not accept these credentials: the identity pool and the event tracker must be in one AWS account and partition.';
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
    400: `Let it accept a batch of PutEvents as ${type}. Its message gives the reason.`,
    401: 'Let it accept batches without a login: visitors have none.',
    403: 'Let it accept batches without a login or a CSRF token: a page that is left can send none.',
    404: `Let it answer at ${url}: the tracker appends the last part to --endpoint.`,
    405: `Let it accept POST at ${url}.`,
    415: `Let it accept ${type}: the body is JSON in any case.`,
  };
  return generalFix(answer) ?? fixes[status] ?? UNKNOWN_FIX;
};
