import { html, nothing, type TemplateResult } from 'lit-html';
import type { InteractionsEntry } from '../local/interactions-table.js';
import type { ReceivedEvent, ReceivedRequest } from '../local/received.js';
import { jsonView, toJsonText } from './json-view.js';
import {
  asText,
  count,
  describeProblem,
  formatDate,
  formatNumber,
  LEFT_OUT_REASONS,
  operationOf,
  signatureLabel,
} from './labels.js';
import type { PageActions } from './page-actions.js';
import { openedNumber, toHash } from './page-route.js';
import type { PageState } from './page-state.js';
import { copyButton, statusView } from './view-parts.js';

const rejectionView = ({ rejection }: ReceivedEvent) =>
  rejection
    ? html`<section class="note is-error" aria-labelledby="rejection-title">
        <h3 id="rejection-title">Rejected: ${rejection.type}</h3>
        <p>${describeProblem(rejection)}</p>
      </section>`
    : nothing;

const warningsView = ({ warnings }: ReceivedEvent) =>
  warnings.length
    ? html`<section class="note is-warning" aria-labelledby="warnings-title">
        <h3 id="warnings-title">${count(warnings.length, 'warning')} of the schema</h3>
        <ul>
          ${warnings.map(({ field, message }) => html`<li><code>${field}</code> ${message}</li>`)}
        </ul>
      </section>`
    : nothing;

const cellView = (value: unknown) =>
  value === null ? html`<span class="muted">empty</span>` : asText(value);

/** Shows the row that an event becomes, or says why it becomes none. */
const entryView = (event: ReceivedEvent, entry: InteractionsEntry | undefined) => {
  if (!entry) return html`<p class="muted">Loading…</p>`;
  if ('leftOut' in entry) return html`<p class="left-out">${LEFT_OUT_REASONS[entry.leftOut]}</p>`;
  return html`<table class="pairs" aria-label="Row of the Interactions dataset">
      <tbody>
        ${Object.entries(entry.row).map(
          ([column, value]) => html`<tr>
            <th scope="row">${column}</th>
            <td>${cellView(value)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
    ${
      !event.userId
        ? html`<p class="joined">
            Sent anonymously; it belongs to <b>${entry.row.USER_ID}</b>, who logged in during the session.
          </p>`
        : nothing
    }`;
};

const contentView = (
  event: ReceivedEvent,
  entry: InteractionsEntry | undefined,
  actions: PageActions,
) => html`
  <div class="side-by-side">
    <section aria-labelledby="json-title">
      <div class="section-head">
        <h3 id="json-title">As received</h3>
        ${copyButton(actions, toJsonText(event.event), 'event as JSON')}
      </div>
      ${jsonView(event.event, 'JSON of the event')}
    </section>
    <section aria-labelledby="row-title">
      <div class="section-head">
        <h3 id="row-title">Interactions row</h3>
        ${entry && 'row' in entry ? copyButton(actions, toJsonText(entry.row), 'row as JSON') : nothing}
      </div>
      ${entryView(event, entry)}
    </section>
  </div>
`;

const visitorFacts = ({ trackingId, sessionId, userId, eventId }: ReceivedEvent) => html`
  <dt>Session</dt>
  <dd>
    ${sessionId || html`<span class="muted">none</span>`}
    ${
      sessionId
        ? html`<a href=${toHash('session', { tracker: trackingId, id: sessionId })}>All events of this session</a>`
        : nothing
    }
  </dd>
  <dt>User</dt>
  <dd>${userId ?? html`<span class="muted">anonymous</span>`}</dd>
  <dt>Event tracker</dt>
  <dd>${trackingId}</dd>
  <dt>eventId</dt>
  <dd>${eventId}</dd>
`;

const summarizeRequest = (request: ReceivedRequest): string => {
  const answer = [request.status || 'no answer', request.errorType].filter(Boolean).join(' ');
  return `${request.method} ${operationOf(request)}, ${formatNumber(request.bytes)} bytes: ${answer}`;
};

const requestFacts = (event: ReceivedEvent, request: ReceivedRequest | undefined) => html`
  <dt>Received</dt>
  <dd>${formatDate(event.receivedAt)}</dd>
  <dt>Signature</dt>
  <dd>${signatureLabel(event.form)}</dd>
  <dt>Content type</dt>
  <dd>${event.contentType ?? html`<span class="muted">none</span>`}</dd>
  <dt>Request</dt>
  <dd>
    ${request ? summarizeRequest(request) : nothing}
    <a href=${toHash('requests', { request: event.requestId })}>Open the request</a>
  </dd>
`;

const factsView = (event: ReceivedEvent, request: ReceivedRequest | undefined) => html`
  <section aria-labelledby="visitor-title">
    <h3 id="visitor-title">Visitor</h3>
    <dl class="facts">${visitorFacts(event)}</dl>
  </section>
  <section aria-labelledby="request-title">
    <h3 id="request-title">Request</h3>
    <dl class="facts">${requestFacts(event, request)}</dl>
  </section>
`;

const bodyView = (event: ReceivedEvent, state: PageState, actions: PageActions) => {
  const { value } = state.opened;
  const entry = value?.number === event.number ? value : undefined;
  const request = state.requests.find(({ requestId }) => requestId === event.requestId);
  return html`${rejectionView(event)} ${warningsView(event)} ${contentView(event, entry, actions)}
  ${factsView(event, request)}`;
};

/** Shows the opened event, beside the list or, on a narrow screen, over it. */
export const eventDetail = (state: PageState, actions: PageActions): TemplateResult | typeof nothing => {
  const number = openedNumber(state.route);
  if (number === undefined) return nothing;
  const event = state.events.find((each) => each.number === number) ?? state.opened.value;
  return html`<aside class="detail" aria-labelledby="detail-title">
    <div class="detail-head">
      <h2 id="detail-title">
        Event ${number}${event ? html` <span class="detail-type">${asText(event.event.eventType)}</span>` : nothing}
      </h2>
      ${event ? statusView(event.status) : nothing}
      <button type="button" class="close" data-close @click=${actions.closeEvent}>
        Close<span class="hidden"> event ${number}</span>
      </button>
    </div>
    ${event ? bodyView(event, state, actions) : html`<p class="note">${state.opened.error ?? 'Loading…'}</p>`}
  </aside>`;
};
