import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { ReceivedEvent } from '../local/received.js';
import {
  asText,
  count,
  describeProblem,
  describeRejection,
  formatTime,
  itemOf,
  signatureLabel,
} from './labels.js';
import type { PageActions } from './page-actions.js';
import { openedNumber, toHash } from './page-route.js';
import type { PageState } from './page-state.js';
import { moveRowFocus } from './row-keys.js';
import { statusView } from './view-parts.js';

// The roles are written out: with `display: grid` browsers forget that it is a table.

const COLUMNS = ['Time', 'Status', 'Type', 'Item or action', 'User or session', 'Signature', 'Problems'];

const problemsView = ({ rejection, warnings }: ReceivedEvent) => {
  if (rejection) return html`<span class="problem is-rejected">${describeRejection(rejection)}</span>`;
  const [first] = warnings;
  return first
    ? html`<span class="problem is-warning">
        <b>${count(warnings.length, 'warning')}</b> <span class="problem-text">${describeProblem(first)}</span>
      </span>`
    : nothing;
};

const visitorView = ({ userId, sessionId }: ReceivedEvent) =>
  userId
    ? html`<span class="hidden">User </span><b class="user">${userId}</b>`
    : html`<span class="hidden">Session </span><span class="muted">${sessionId}</span>`;

/** Shows the form of the signature; a phone has no room for the words in brackets. */
const signatureView = ({ form }: ReceivedEvent) => {
  const [label, brackets] = signatureLabel(form).split(/(?= \()/);
  return brackets ? html`${label}<span class="brackets">${brackets}</span>` : label;
};

interface RowOptions {
  href: string;
  isOpen: boolean;
  isTabStop: boolean;
}

const rowView = (event: ReceivedEvent, { href, isOpen, isTabStop }: RowOptions): TemplateResult => {
  const item = itemOf(event);
  return html`<tr role="row" class="row is-${event.status} ${isOpen ? 'is-open' : ''}">
    <th role="rowheader" scope="row" class="cell-time">
      <a
        href=${href}
        data-row=${event.number}
        tabindex=${isTabStop ? 0 : -1}
        aria-current=${isOpen ? 'true' : nothing}
        ><span class="hidden">Event ${event.number}, </span>${formatTime(event.receivedAt)}</a
      >
    </th>
    <td role="cell" class="cell-status">${statusView(event.status)}</td>
    <td role="cell" class="cell-type">${asText(event.event.eventType)}</td>
    <td role="cell" class="cell-item" title=${item}>
      ${item || html`<span class="muted">no item</span>`}
    </td>
    <td role="cell" class="cell-visitor" title=${event.userId ?? event.sessionId}>${visitorView(event)}</td>
    <td role="cell" class="cell-signature">${signatureView(event)}</td>
    <td role="cell" class="cell-problems">${problemsView(event)}</td>
  </tr>`;
};

/** Shows events in a table. @param events those to render, in the order of the rows */
export const eventTable = (
  { route, currentRow }: PageState,
  events: readonly ReceivedEvent[],
  actions: PageActions,
): TemplateResult => {
  const opened = openedNumber(route);
  const hasRow = (number: number | undefined) => events.some((event) => event.number === number);
  const tabStop = [currentRow, opened].find(hasRow) ?? events[0]?.number;
  const onKey = (event: KeyboardEvent) => {
    const number = moveRowFocus(event);
    if (number === undefined) return;
    actions.setCurrentRow(number);
    if (opened !== undefined) actions.openEvent(number);
  };
  return html`<table role="table" class="event-table" aria-label="Events, newest first" @keydown=${onKey}>
    <thead role="rowgroup">
      <tr role="row">
        ${COLUMNS.map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${repeat(
        events,
        ({ number }) => number,
        (event) =>
          rowView(event, {
            href: toHash(route.view, { ...route.parameters, event: String(event.number) }),
            isOpen: event.number === opened,
            isTabStop: event.number === tabStop,
          }),
      )}
    </tbody>
  </table>`;
};
