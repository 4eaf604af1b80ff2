import type { Setup } from './check-flags.js';
import { explainFailure } from './network-failure.js';
import { allowsConnection, policiesOf } from './policy.js';
import { type Finding, failed, ok, type Step } from './run-steps.js';

const judge = (policies: string[], urls: string[], page: string): Finding => {
  if (!policies.length) return ok('has no Content-Security-Policy');
  const blocked = urls.filter((url) => !policies.every((policy) => allowsConnection(policy, url, page)));
  const origins = [...new Set(blocked.map((url) => new URL(url).origin))].join(' ');
  return origins
    ? failed(
        `its Content-Security-Policy does not let ${origins} through`,
        `Add to its connect-src: ${origins}`,
      )
    : ok('its Content-Security-Policy lets the requests through');
};

/** Checks whether the page's Content-Security-Policy allows the requests; no step without `--page`. */
export const pageStep = ({ page, timeoutMs }: Setup, urls: string[]): Step[] =>
  page === undefined
    ? []
    : [
        {
          name: 'page',
          needs: ['options'],
          async run() {
            try {
              const response = await fetch(page, { signal: AbortSignal.timeout(timeoutMs) });
              const html = await response.text();
              if (!response.ok) {
                return failed(`is answered ${response.status}`, 'Let --page be one that anybody can see.');
              }
              return judge(policiesOf(response.headers, html), urls, response.url);
            } catch (error) {
              const { detail, fix } = explainFailure(page, error as Error, timeoutMs);
              return failed(detail, fix);
            }
          },
        },
      ];
