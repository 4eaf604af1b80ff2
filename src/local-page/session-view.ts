import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { asText, count, formatTime, itemOf, LEFT_OUT_LABELS } from './labels.js';
import type { PageActions } from './page-actions.js';
import { openedNumber, toHash } from './page-route.js';
import type { PageState } from './page-state.js';
import { moveRowFocus } from './row-keys.js';
import { type EventWithEntry, type SessionStep, summarizeSession, toSessionSteps } from './session-steps.js';
import { moreButton, statusView } from './view-parts.js';

const entryLabel = (event: EventWithEntry) =>
  'row' in event ? html`row of <b>${event.row.USER_ID}</b>` : LEFT_OUT_LABELS[event.leftOut];

const loginView = ({ login, joins }: SessionStep) =>
  login === undefined
    ? nothing
    : html`<li class="login">
        <b>${login}</b> logs in.
        ${joins ? `The rows of ${count(joins, 'anonymous event')} belong to ${login}.` : nothing}
      </li>`;

const stepView = (step: SessionStep, { route }: PageState) => {
  const { event } = step;
  const { tracker, id } = route.parameters;
  const isOpen = event.number === openedNumber(route);
  return html`${loginView(step)}
    <li class="step ${event.userId ? 'is-user' : 'is-anonymous'} ${isOpen ? 'is-open' : ''}">
      <a
        href=${toHash('session', { tracker, id, event: String(event.number) })}
        data-row=${event.number}
        aria-current=${isOpen ? 'true' : nothing}
        ><span class="hidden">Event ${event.number}, </span>${formatTime(event.receivedAt)}</a
      >
      ${statusView(event.status)}
      <span class="step-type">${asText(event.event.eventType)}</span>
      <span class="step-item">${itemOf(event) || html`<span class="muted">no item</span>`}</span>
      <span class="step-user">${event.userId ? html`as <b>${event.userId}</b>` : 'anonymous'}</span>
      <span class="step-entry">${entryLabel(event)}</span>
    </li>`;
};

const stepsView = (events: readonly EventWithEntry[], state: PageState, actions: PageActions) => {
  const steps = toSessionSteps(events);
  const shown = steps.slice(0, state.shownRows);
  const onKey = (event: KeyboardEvent) => {
    const number = moveRowFocus(event);
    if (number !== undefined && openedNumber(state.route) !== undefined) actions.openEvent(number);
  };
  return html`<p class="summary-line">${summarizeSession(steps)}</p>
    <ol class="steps" aria-label="Events of the session, oldest first" @keydown=${onKey}>
      ${repeat(
        shown,
        ({ event }) => event.number,
        (step) => stepView(step, state),
      )}
    </ol>
    ${moreButton(actions, steps.length - shown.length, steps.length)}`;
};

/** Shows the way of a session: its events in order, and where it joined its user. */
export const sessionView = (state: PageState, actions: PageActions) => {
  const { tracker = '', id = '' } = state.route.parameters;
  const { value, error } = state.session;
  return html`<div class="view-head">
      <h2>Session</h2>
      <span class="summary is-id">${id}</span>
      <span class="tools">
        <a class="button" href=${toHash('events', { session: id })}>Filter events by this session</a>
      </span>
    </div>
    <p class="muted">Event tracker ${tracker}</p>
    ${
      value?.length
        ? stepsView(value, state, actions)
        : html`<p class="empty">${error ?? (value ? 'No events of this session are kept.' : 'Loading…')}</p>`
    }`;
};
