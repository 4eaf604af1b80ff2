import { NO_ANSWER } from '../../contract/answer.js';
import { askCognito } from '../../contract/cognito.js';
import type { Credentials } from '../../contract/sigv4.js';
import { cognitoFix, tell } from './answers.js';
import { preflightStep } from './preflight-step.js';
import { judgeReadable } from './readable.js';
import type { Browser, Reply } from './simulated-browser.js';
import { failed, ok, type Step } from './walk.js';

const NOT_COGNITO = 'Something else answers in the place of Cognito Identity: a proxy, or another host.';

const judgeRefusal = ({ answer, trouble }: Reply) =>
  trouble ? failed(trouble.detail, trouble.fix) : failed(tell(answer), cognitoFix(answer));

const about = (ms: number) => `${Math.round(ms / 60_000)} min`;

/** How a page comes to guest credentials. */
export const cognitoSteps = (
  browser: Browser,
  identityUrl: string,
  identityPoolId: string,
  onCredentials: (credentials: Credentials) => void,
): Step[] => {
  let identityId = '';

  const getId: Step = {
    name: 'GetId',
    needs: ['Cognito preflight'],
    async run() {
      const replies: Reply[] = [];
      // Credentials are another step's.
      const askOnce: Parameters<typeof askCognito>[0] = async (request) => {
        if (replies.length) return NO_ANSWER;
        const reply = await browser.post(request);
        replies.push(reply);
        return reply.answer;
      };
      await askCognito(askOnce, identityUrl, identityPoolId).catch(() => {}); // What stood in the way is in the reply.
      const [reply] = replies as [Reply];
      if (reply.answer.status !== 200) return judgeRefusal(reply);
      identityId = reply.answer.body.IdentityId;
      if (!identityId) return failed('200 without an IdentityId', NOT_COGNITO);
      return judgeReadable(reply, identityUrl, browser.origin, {});
    },
  };

  const getCredentials: Step = {
    name: 'GetCredentialsForIdentity',
    needs: ['GetId'],
    async run() {
      let reply: Reply | undefined;
      const ask: Parameters<typeof askCognito>[0] = async (request) => {
        reply = await browser.post(request);
        return reply.answer;
      };
      try {
        const { credentials } = await askCognito(ask, identityUrl, identityPoolId, identityId);
        onCredentials(credentials);
        return ok(
          `guest credentials for ${about(+(credentials.expiration as Date) - browser.measured.now())}`,
        );
      } catch {
        const last = reply as unknown as Reply;
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
