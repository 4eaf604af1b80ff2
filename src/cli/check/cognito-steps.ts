import { NO_ANSWER } from '../../contract/answer.js';
import { askCognito } from '../../contract/cognito.js';
import type { Credentials } from '../../contract/sigv4.js';
import { judgeCorsAccess } from './cors-access.js';
import { cognitoFix, describeAnswer } from './fixes.js';
import { preflightStep } from './preflight-step.js';
import { failed, ok, type Step } from './run-steps.js';
import type { SimulatedBrowser, SimulatedReply } from './simulated-browser.js';

const NOT_COGNITO = 'Something else answers in the place of Cognito Identity: a proxy, or another host.';

const judgeRefusal = ({ answer, failure }: SimulatedReply) =>
  failure ? failed(failure.detail, failure.fix) : failed(describeAnswer(answer), cognitoFix(answer));

const inMinutes = (ms: number) => `${Math.round(ms / 60_000)} min`;

/** Returns the steps by which a page gets guest credentials. */
export const cognitoSteps = (
  browser: SimulatedBrowser,
  identityUrl: string,
  identityPoolId: string,
  onCredentials: (credentials: Credentials) => void,
): Step[] => {
  let identityId = '';

  const getId: Step = {
    name: 'GetId',
    needs: ['Cognito preflight'],
    async run() {
      const replies: SimulatedReply[] = [];
      // Answers the first request alone: the next step gets the credentials.
      const askOnce: Parameters<typeof askCognito>[0] = async (request) => {
        if (replies.length) return NO_ANSWER;
        const reply = await browser.post(request);
        replies.push(reply);
        return reply.answer;
      };
      await askCognito(askOnce, identityUrl, identityPoolId).catch(() => {}); // The reply tells why.
      const [reply] = replies as [SimulatedReply];
      if (reply.answer.status !== 200) return judgeRefusal(reply);
      identityId = reply.answer.body.IdentityId;
      if (!identityId) return failed('200 without an IdentityId', NOT_COGNITO);
      return judgeCorsAccess(reply, identityUrl, browser.origin, {});
    },
  };

  const getCredentials: Step = {
    name: 'GetCredentialsForIdentity',
    needs: ['GetId'],
    async run() {
      let reply: SimulatedReply | undefined;
      const ask: Parameters<typeof askCognito>[0] = async (request) => {
        reply = await browser.post(request);
        return reply.answer;
      };
      try {
        const { credentials } = await askCognito(ask, identityUrl, identityPoolId, identityId);
        onCredentials(credentials);
        return ok(
          `guest credentials for ${inMinutes(+(credentials.expiration as Date) - browser.measured.now())}`,
        );
      } catch {
        const last = reply as unknown as SimulatedReply;
        return last.answer.status === 200
          ? failed('200 without credentials', NOT_COGNITO)
          : judgeRefusal(last);
      }
    },
  };

  return [
    preflightStep(browser, 'Cognito preflight', ['options'], identityUrl, ['content-type', 'x-amz-target']),
    getId,
    getCredentials,
  ];
};
