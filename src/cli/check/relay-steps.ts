import type { Operation } from '../../contract/event.js';
import type { Setup } from './check-flags.js';
import { clockStep } from './clock-step.js';
import { HEADERS_READ_FROM_ENDPOINT, judgeCorsAccess } from './cors-access.js';
import { describeAnswer, relayFix } from './fixes.js';
import { hostStep } from './host-step.js';
import { optionsStep } from './options-step.js';
import { pageStep } from './page-step.js';
import { preflightStep } from './preflight-step.js';
import { failed, ok, type Step, skipped } from './run-steps.js';
import type { SimulatedBrowser, SimulatedReply } from './simulated-browser.js';
import { createTestRequest } from './test-request.js';

const JSON_TYPE = 'application/json';
const TEXT_TYPE = 'text/plain';

const isSuccess = ({ answer: { status } }: SimulatedReply) => status >= 200 && status < 300;

/** The chain to an endpoint of the site's own, which takes batches unsigned. */
export const relaySteps = (setup: Setup, browser: SimulatedBrowser): Step[] => {
  const { settings } = setup;
  const { endpointUrl, actionTrackingId, exitTransport } = settings;

  const refusal = ({ answer, failure }: SimulatedReply, url: string, type: string) =>
    failure
      ? failed(failure.detail, failure.fix)
      : failed(`${type} is answered ${describeAnswer(answer)}`, relayFix(answer, url, type));

  const putSteps = (operation: Operation): Step[] => {
    const url = `${endpointUrl}/${operation}`;
    const preflight = `/${operation} preflight`;
    return [
      preflightStep(browser, preflight, ['endpoint'], url, ['content-type']),
      {
        name: `/${operation}`,
        needs: [preflight],
        async run() {
          const { body } = createTestRequest(settings, operation, browser.clock.offset);
          const reply = await browser.post({ url, body, headers: { 'content-type': JSON_TYPE } });
          return isSuccess(reply)
            ? judgeCorsAccess(reply, url, browser.origin, HEADERS_READ_FROM_ENDPOINT)
            : refusal(reply, url, JSON_TYPE);
        },
      },
      {
        name: `/${operation} as text`,
        needs: ['endpoint'],
        async run() {
          if (exitTransport === 'keepalive') return skipped('not used with keepalive');
          const { body } = createTestRequest(settings, operation, browser.clock.offset);
          const reply = await browser.beacon(url, body);
          return isSuccess(reply)
            ? ok(`${reply.answer.status} to a ${TEXT_TYPE} body, as a page that is left sends it`)
            : refusal(reply, url, TEXT_TYPE);
        },
      },
    ];
  };

  return [
    optionsStep(setup),
    ...pageStep(setup, [`${endpointUrl}/events`]),
    hostStep(browser, 'endpoint', endpointUrl),
    ...putSteps('events'),
    ...(actionTrackingId ? putSteps('action-interactions') : []),
    clockStep(browser.measured),
  ];
};
