import type { Setup } from './check-flags.js';
import { allowsConnection, policiesOf } from './policy.js';
import { troubleOf } from './trouble.js';
import { type Finding, failed, ok, type Step } from './walk.js';

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

/** Whether a page's policy lets its requests out at all. */
export const pageStep = ({ page, timeLimitMs }: Setup, urls: string[]): Step[] =>
  page === undefined
    ? []
    : [
        {
          name: 'page',
          needs: ['options'],
          async run() {
            try {
              const response = await fetch(page, { signal: AbortSignal.timeout(timeLimitMs) });
              const html = await response.text();
              if (!response.ok) {
                return failed(`is answered ${response.status}`, 'Let --page be one that anybody can see.');
              }
              return judge(policiesOf(response.headers, html), urls, response.url);
            } catch (error) {
              const { detail, fix } = troubleOf(page, error as Error, timeLimitMs);
              return failed(detail, fix);
            }
          },
        },
      ];
