import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { repeat } from 'lit-html/directives/repeat.js';
import type { ReceivedRequest } from '../local/received.js';
import { count, formatNumber, formatTime, isPreflight, operationOf, signatureLabel } from './labels.js';
import { memoizeLast } from './memoize-last.js';
import type { PageActions } from './page-actions.js';
import { type RouteParameters, toHash } from './page-route.js';
import { type PageState, ROWS_PER_STEP } from './page-state.js';
import { droppedNotice, moreButton } from './view-parts.js';

const COLUMNS = ['Time', 'Request', 'Answer', 'Signature', 'Bytes', 'Events', 'Fault', 'Origin'];

const NUMBERS = ['Bytes', 'Events'];

/** Statuses from here on are failures. */
const FIRST_ERROR_STATUS = 400;

const filterRequests = memoizeLast((requests: PageState['requests'], parameters: RouteParameters) =>
  requests.filter(
    (request) =>
      (!parameters.request || request.requestId === parameters.request) &&
      !(parameters.preflights === 'hidden' && isPreflight(request)),
  ),
);

const answerView = ({ status, errorType }: ReceivedRequest) => {
  if (!status)
    return html`<span class="status is-rejected"><span aria-hidden="true">✕</span> No answer</span>`;
  const isError = status >= FIRST_ERROR_STATUS;
  return html`<span class="status ${isError ? 'is-rejected' : 'is-accepted'}"
    ><span aria-hidden="true">${isError ? '✕' : '✓'}</span> ${status}</span
  > ${errorType ?? ''}`;
};

const requestLabel = (request: ReceivedRequest) =>
  isPreflight(request)
    ? html`<span class="tag">Preflight</span> ${operationOf(request)}`
    : html`<span class="muted">${request.method}</span> <b>${operationOf(request)}</b>`;

/** Returns the number of events of each request, those of a refused one included. */
const countByRequest = memoizeLast((events: PageState['events']) => {
  const counts = new Map<string, number>();
  for (const { requestId } of events) counts.set(requestId, (counts.get(requestId) ?? 0) + 1);
  return counts;
});

const eventsLink = (requestId: string, eventCount: number) =>
  eventCount
    ? html`<a href=${toHash('events', { request: requestId })}
        >${formatNumber(eventCount)}<span class="hidden"> ${eventCount === 1 ? 'event' : 'events'} of this request</span></a
      >`
    : html`<span class="muted">0</span>`;

const rowView = (
  request: ReceivedRequest,
  eventCount: number,
) => html`<tr class=${isPreflight(request) ? 'is-preflight' : ''}>
  <th scope="row">${formatTime(request.receivedAt)}</th>
  <td>${requestLabel(request)}</td>
  <td>${answerView(request)}</td>
  <td>${signatureLabel(request.form)}</td>
  <td class="is-number">${formatNumber(request.bytes)}</td>
  <td class="is-number">${eventsLink(request.requestId, eventCount)}</td>
  <td>${request.fault ? html`<span class="tag is-fault">${request.fault}</span>` : ''}</td>
  <td>${request.origin ?? html`<span class="muted">none</span>`}</td>
</tr>`;

const tableView = (requests: readonly ReceivedRequest[], counts: ReadonlyMap<string, number>) => html`<div
  class="scroll"
  tabindex="0"
  role="region"
  aria-label="Requests, newest first"
>
  <table class="request-table">
    <thead>
      <tr>
        ${COLUMNS.map(
          (column) =>
            html`<th scope="col" class=${NUMBERS.includes(column) ? 'is-number' : ''}>${column}</th>`,
        )}
      </tr>
    </thead>
    <tbody>
      ${repeat(
        requests,
        ({ number }) => number,
        (request) => rowView(request, counts.get(request.requestId) ?? request.eventCount),
      )}
    </tbody>
  </table>
</div>`;

const toolsView = ({ route: { parameters } }: PageState, actions: PageActions) => html`<span class="tools">
  ${
    parameters.request
      ? html`<button type="button" @click=${() => actions.setFilter('request', '')}>Show all requests</button>`
      : nothing
  }
  <label class="check">
    <input
      type="checkbox"
      .checked=${live(parameters.preflights === 'hidden')}
      @change=${(event: Event) => actions.setPreflights((event.target as HTMLInputElement).checked)}
    />
    Hide preflights
  </label>
</span>`;

/** Shows the requests, newest first. */
export const requestsView = (state: PageState, actions: PageActions) => {
  const { requests, route, shownRows, dropped, maxEvents } = state;
  const passing = filterRequests(requests, route.parameters);
  const total = count(requests.length, 'request');
  return html`<div class="view-head">
      <h2>Requests</h2>
      <span class="summary"
        >${passing.length === requests.length ? total : `${formatNumber(passing.length)} of ${total}`}</span
      >
      ${toolsView(state, actions)}
    </div>
    ${droppedNotice(dropped.requests, 'requests', maxEvents)}
    ${
      passing.length
        ? tableView(passing.slice(-shownRows).reverse(), countByRequest(state.events))
        : html`<p class="empty">${requests.length ? 'No request passes the filters.' : 'No requests yet.'}</p>`
    }
    ${moreButton(actions, passing.length - shownRows, ROWS_PER_STEP)}`;
};
