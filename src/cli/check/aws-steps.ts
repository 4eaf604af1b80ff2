import type { Operation } from '../../contract/event.js';
import { type Credentials, createSigner, type Signer } from '../../contract/sigv4.js';
import { generalFix, putFix, tell } from './answers.js';
import type { Setup } from './check-flags.js';
import { clockStep, skewOf } from './clock-step.js';
import { cognitoSteps } from './cognito-steps.js';
import { hostStep } from './host-step.js';
import { optionsStep } from './option-steps.js';
import { pageStep } from './page-step.js';
import { preflightStep } from './preflight-step.js';
import { probe } from './probe.js';
import { judgeReadable, READ_OF_AWS } from './readable.js';
import type { Browser, Reply } from './simulated-browser.js';
import { failed, ok, type Step, skipped } from './walk.js';

/** What a signature in headers needs leave for: all but `host`, which the browser sets. */
const SIGNED_HEADERS = ['authorization', 'content-type', 'x-amz-date', 'x-amz-security-token'];

const PUTS = {
  events: { action: 'PutEvents', flag: '--tracking-id' },
  'action-interactions': { action: 'PutActionInteractions', flag: '--action-tracking-id' },
} satisfies Record<Operation, unknown>;

const KEEPALIVE =
  'Set exitTransport: \'keepalive\' (data-exit-transport="keepalive" on the tag): pages are then left by keepalive requests with signed headers. Then check again with --exit-transport keepalive.';

/** The chain to AWS. */
export const awsSteps = (setup: Setup, browser: Browser): Step[] => {
  const { settings } = setup;
  const { endpointUrl, identityUrl, region } = settings;
  const { clock, measured, origin } = browser;
  let credentials: Credentials;
  let signer: Signer;

  const judge = (reply: Reply, operation: Operation) => {
    const { answer, trouble } = reply;
    if (trouble) return failed(trouble.detail, trouble.fix);
    if (answer.status === 200) {
      return judgeReadable(reply, `${endpointUrl}/${operation}`, origin, READ_OF_AWS);
    }
    const { secretAccessKey, sessionToken } = credentials;
    const { action, flag } = PUTS[operation];
    return failed(
      tell(answer, [secretAccessKey, sessionToken as string]),
      putFix(answer, action, flag, clock.offset ? '' : skewOf(measured)),
    );
  };

  const putSteps = (operation: Operation): [preflight: Step, put: Step] => {
    const { action } = PUTS[operation];
    const preflight = `${action} preflight`;
    const post = () => {
      const request = probe(settings, operation, clock.offset);
      return browser.post({ ...request, headers: signer.signHeaders(request) });
    };
    return [
      preflightStep(browser, preflight, ['region'], `${endpointUrl}/${operation}`, SIGNED_HEADERS),
      {
        name: action,
        needs: [preflight, 'GetCredentialsForIdentity'],
        async run() {
          const { offset } = clock;
          const reply = await post();
          // By this very answer, as the tracker does.
          const isCorrected = reply.answer.status === 403 && clock.offset !== offset;
          return judge(isCorrected ? await post() : reply, operation);
        },
      },
    ];
  };

  const presigned: Step = {
    name: 'PutEvents presigned',
    needs: ['PutEvents'],
    async run() {
      if (settings.exitTransport === 'keepalive') return skipped('not used with keepalive');
      const request = probe(settings, 'events', clock.offset);
      const reply = await browser.beacon(signer.presign(request), request.body);
      const { answer, trouble } = reply;
      if (answer.status === 200) return ok('200 to a text/plain body, as a page that is left sends it');
      const finding = judge(reply, 'events');
      // The same was taken with signed headers: it is the form that is refused.
      return trouble || generalFix(answer) ? finding : { ...finding, fix: KEEPALIVE };
    },
  };

  const guest = cognitoSteps(browser, identityUrl, settings.identityPoolId as string, (got) => {
    credentials = got;
    signer = createSigner(got, region as string, clock.now);
  });

  const [preflight, putEvents] = putSteps('events');
  return [
    optionsStep(setup),
    ...pageStep(setup, [identityUrl, `${endpointUrl}/events`]),
    hostStep(browser, 'region', endpointUrl),
    preflight,
    ...guest,
    putEvents,
    presigned,
    ...(settings.actionTrackingId ? putSteps('action-interactions') : []),
    clockStep(measured),
  ];
};
