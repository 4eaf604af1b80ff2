import { html, nothing } from 'lit-html';
import { emptyView } from './connect-view.js';
import { activeFilters, filterEvents } from './event-filters.js';
import { eventTable } from './event-table.js';
import { filterBar } from './filter-bar.js';
import { count, formatNumber } from './labels.js';
import { memoizeLast } from './memoize-last.js';
import type { PageActions } from './page-actions.js';
import { type PageState, ROWS_PER_STEP } from './page-state.js';
import { droppedNotice, moreButton } from './view-parts.js';

const passingEvents = memoizeLast(filterEvents);

/** Returns the newest events, newest first. */
const newestFirst = memoizeLast((events: PageState['events'], shown: number) =>
  events.slice(-shown).reverse(),
);

/** Says how many events there are, and how many of them pass the filters. */
export const summarizeEvents = ({ events, route: { parameters } }: PageState): string => {
  if (!activeFilters(parameters).length) return count(events.length, 'event');
  return `${formatNumber(passingEvents(events, parameters).length)} of ${count(events.length, 'event')}`;
};

const clearView = ({ isConfirmingClear }: PageState, actions: PageActions) =>
  isConfirmingClear
    ? html`<span class="confirm" role="group" aria-labelledby="clear-question">
        <span id="clear-question">Remove all events and requests?</span>
        <button type="button" class="is-danger" @click=${actions.clear}>Remove</button>
        <button type="button" @click=${() => actions.confirmClear(false)}>Cancel</button>
      </span>`
    : html`<button type="button" @click=${() => actions.confirmClear(true)}>Clear</button>`;

const listView = (state: PageState, actions: PageActions) => {
  const { events, route, shownRows } = state;
  const passing = passingEvents(events, route.parameters);
  if (!events.length) return emptyView(state, actions);
  if (!passing.length) return html`<p class="empty">No event passes the filters.</p>`;
  return html`${eventTable(state, newestFirst(passing, shownRows), actions)}
  ${moreButton(actions, passing.length - shownRows, ROWS_PER_STEP)}`;
};

/** Shows the events as they come, with their filters. */
export const eventsView = (state: PageState, actions: PageActions) => html`
  <div class="view-head">
    <h2>Events</h2>
    <span class="summary">${summarizeEvents(state)}</span>
    <span class="tools">
      <a class="button" href="/api/interactions.csv" download="interactions.csv"
        >Download CSV<span class="hidden"> of the Interactions dataset</span></a
      >
      ${clearView(state, actions)}
    </span>
  </div>
  ${state.events.length || activeFilters(state.route.parameters).length ? filterBar(state, actions) : nothing}
  ${droppedNotice(state.dropped.events, 'events', state.maxEvents)} ${listView(state, actions)}
`;
