import type { Operation } from '../../contract/event.js';
import { relayFix, tell } from './answers.js';
import type { Setup } from './check-flags.js';
import { clockStep } from './clock-step.js';
import { hostStep } from './host-step.js';
import { optionsStep } from './option-steps.js';
import { pageStep } from './page-step.js';
import { preflightStep } from './preflight-step.js';
import { probe } from './probe.js';
import { judgeReadable, READ_OF_ENDPOINT } from './readable.js';
import type { Browser, Reply } from './simulated-browser.js';
import { failed, ok, type Step, skipped } from './walk.js';

const JSON_TYPE = 'application/json';
const TEXT_TYPE = 'text/plain';

const isSuccess = ({ answer: { status } }: Reply) => status >= 200 && status < 300;

/** The chain to an endpoint of the site's own, which takes batches unsigned. */
export const relaySteps = (setup: Setup, browser: Browser): Step[] => {
  const { settings } = setup;
  const { endpointUrl, actionTrackingId, exitTransport } = settings;

  const refusal = ({ answer, trouble }: Reply, url: string, type: string) =>
    trouble
      ? failed(trouble.detail, trouble.fix)
      : failed(`${type} is answered ${tell(answer)}`, relayFix(answer, url, type));

  const putSteps = (operation: Operation): Step[] => {
    const url = `${endpointUrl}/${operation}`;
    const preflight = `/${operation} preflight`;
    return [
      preflightStep(browser, preflight, ['endpoint'], url, ['content-type']),
      {
        name: `/${operation}`,
        needs: [preflight],
        async run() {
          const { body } = probe(settings, operation, browser.clock.offset);
          const reply = await browser.post({ url, body, headers: { 'content-type': JSON_TYPE } });
          return isSuccess(reply)
            ? judgeReadable(reply, url, browser.origin, READ_OF_ENDPOINT)
            : refusal(reply, url, JSON_TYPE);
        },
      },
      {
        name: `/${operation} as text`,
        needs: ['endpoint'],
        async run() {
          if (exitTransport === 'keepalive') return skipped('not used with keepalive');
          const { body } = probe(settings, operation, browser.clock.offset);
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
