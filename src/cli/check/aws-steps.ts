import type { Operation } from '../../contract/event.js';
import { type Credentials, createSigner, type Signer } from '../../contract/sigv4.js';
import type { Setup } from './check-flags.js';
import { clockStep, skewOf } from './clock-step.js';
import { cognitoSteps } from './cognito-steps.js';
import { HEADERS_READ_FROM_AWS, judgeCorsAccess } from './cors-access.js';
import { describeAnswer, generalFix, putFix } from './fixes.js';
import { hostStep } from './host-step.js';
import { optionsStep } from './options-step.js';
import { pageStep } from './page-step.js';
import { preflightStep } from './preflight-step.js';
import { failed, ok, type Step, skipped } from './run-steps.js';
import type { SimulatedBrowser, SimulatedReply } from './simulated-browser.js';
import { createTestRequest } from './test-request.js';

/** Signed headers for which a preflight must ask: all but `host`, which the browser sets. */
const SIGNED_HEADERS = ['authorization', 'content-type', 'x-amz-date', 'x-amz-security-token'];

const PUTS = {
  events: { action: 'PutEvents', flag: '--tracking-id' },
  'action-interactions': { action: 'PutActionInteractions', flag: '--action-tracking-id' },
} satisfies Record<Operation, unknown>;

const KEEPALIVE =
  'Set exitTransport: \'keepalive\' (data-exit-transport="keepalive" on the tag): pages are then left by keepalive requests with signed headers. Then check again with --exit-transport keepalive.';

/** Returns the steps of the way to AWS. */
export const awsSteps = (setup: Setup, browser: SimulatedBrowser): Step[] => {
  const { settings } = setup;
  const { endpointUrl, identityUrl, region } = settings;
  const { clock, measured, origin } = browser;
  let credentials: Credentials;
  let signer: Signer;

  const judge = (reply: SimulatedReply, operation: Operation) => {
    const { answer, failure } = reply;
    if (failure) return failed(failure.detail, failure.fix);
    if (answer.status === 200) {
      return judgeCorsAccess(reply, `${endpointUrl}/${operation}`, origin, HEADERS_READ_FROM_AWS);
    }
    const { secretAccessKey, sessionToken } = credentials;
    const { action, flag } = PUTS[operation];
    return failed(
      describeAnswer(answer, [secretAccessKey, sessionToken as string]),
      putFix(answer, action, flag, clock.offset ? '' : skewOf(measured)),
    );
  };

  const putSteps = (operation: Operation): [preflight: Step, put: Step] => {
    const { action } = PUTS[operation];
    const preflight = `${action} preflight`;
    const post = () => {
      const request = createTestRequest(settings, operation, clock.offset);
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
          // The refusal itself may have corrected the clock: the tracker would retry, too.
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
      const request = createTestRequest(settings, 'events', clock.offset);
      const reply = await browser.beacon(signer.presign(request), request.body);
      const { answer, failure } = reply;
      if (answer.status === 200) return ok('200 to a text/plain body, as a page that is left sends it');
      const finding = judge(reply, 'events');
      // The same event was accepted with signed headers, so the presigned form is refused.
      return failure || generalFix(answer) ? finding : { ...finding, fix: KEEPALIVE };
    },
  };

  const guestSteps = cognitoSteps(browser, identityUrl, settings.identityPoolId as string, (got) => {
    credentials = got;
    signer = createSigner(got, region as string, clock.now);
  });

  const [preflight, putEvents] = putSteps('events');
  return [
    optionsStep(setup),
    ...pageStep(setup, [identityUrl, `${endpointUrl}/events`]),
    hostStep(browser, 'region', endpointUrl),
    preflight,
    ...guestSteps,
    putEvents,
    presigned,
    ...(settings.actionTrackingId ? putSteps('action-interactions') : []),
    clockStep(measured),
  ];
};
