import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { activeFilters, countByStatus, recentValues } from './event-filters.js';
import { asText, formatNumber, STATUS_LABELS, STATUSES } from './labels.js';
import { memoizeLast } from './memoize-last.js';
import type { PageActions } from './page-actions.js';
import { type FilterName, lastingParameters, toHash } from './page-route.js';
import type { PageState } from './page-state.js';

/** Event types to choose from: a dataset has fewer. */
const MAX_TYPES = 100;

const typesOf = memoizeLast((events: PageState['events']) =>
  recentValues(events, ({ event }) => asText(event.eventType), MAX_TYPES).sort(),
);

const countsOf = memoizeLast(countByStatus);

/** Shows the totals by status. Each is a link that filters. */
const totalsView = ({ events, route: { parameters } }: PageState) => {
  const counts = countsOf(events);
  const total = (status: string | undefined, label: unknown, value: number) =>
    html`<li>
      <a
        class="total is-${status ?? 'all'}"
        href=${toHash('events', { ...lastingParameters(parameters), status })}
        aria-current=${parameters.status === status ? 'true' : nothing}
      >
        <span class="total-label">${label}</span> <span class="total-count">${formatNumber(value)}</span>
      </a>
    </li>`;
  return html`<ul class="totals" aria-label="Events by status">
    ${total(undefined, 'All', events.length)}
    ${STATUSES.map((status) => {
      const { sign, label } = STATUS_LABELS[status];
      return total(status, html`<span aria-hidden="true">${sign}</span> ${label}`, counts[status]);
    })}
  </ul>`;
};

const FIELDS: [name: FilterName, label: string, placeholder: string][] = [
  ['item', 'Item or action', 'Part of the ID'],
  ['session', 'Session', 'Part of the ID'],
  ['user', 'User', 'Part of the ID'],
];

const readInput = (event: Event) => (event.target as HTMLInputElement | HTMLSelectElement).value;

const searchView = (state: PageState, actions: PageActions) => html`<label class="field is-search">
  <span>Search</span>
  <input
    type="search"
    placeholder="Any text of an event"
    .value=${live(state.route.parameters.text ?? '')}
    @input=${(event: Event) => actions.setFilter('text', readInput(event))}
  />
</label>`;

const typeView = (state: PageState, actions: PageActions) => {
  const { type = '' } = state.route.parameters;
  const types = typesOf(state.events);
  const all = type && !types.includes(type) ? [...types, type] : types;
  return html`<label class="field">
    <span>Event type</span>
    <select @change=${(event: Event) => actions.setFilter('type', readInput(event))}>
      <option value="" .selected=${live(!type)}>All</option>
      ${all.map((each) => html`<option value=${each} .selected=${live(each === type)}>${each}</option>`)}
    </select>
  </label>`;
};

/** Shows the filters that other views link to. */
const linkedFilters = (state: PageState, actions: PageActions) => {
  const { warning, request } = state.route.parameters;
  const pill = (name: FilterName, text: string) => html`<li class="pill">
    ${text}
    <button type="button" class="small" @click=${() => actions.setFilter(name, '')}>
      Remove<span class="hidden"> the filter ${text}</span>
    </button>
  </li>`;
  return warning || request
    ? html`<ul class="pills" aria-label="More filters">
        ${warning ? pill('warning', `Warning “${warning}”`) : nothing}
        ${request ? pill('request', `Request ${request}`) : nothing}
      </ul>`
    : nothing;
};

const warningsCheck = (
  { route: { parameters } }: PageState,
  actions: PageActions,
) => html`<label class="check">
  <input
    type="checkbox"
    .checked=${live(!!parameters.warnings)}
    @change=${(event: Event) =>
      actions.setFilter('warnings', (event.target as HTMLInputElement).checked ? 'only' : '')}
  />
  Only with warnings
</label>`;

/** Shows the totals and the filters of the events. */
export const filterBar = (state: PageState, actions: PageActions) => {
  const { parameters } = state.route;
  return html`${totalsView(state)}
    <form
      class="filters"
      role="search"
      aria-label="Filter events"
      @submit=${(event: Event) => event.preventDefault()}
    >
      ${searchView(state, actions)}
      <details ?open=${!state.isNarrow}>
        <summary>More filters</summary>
        <div class="filter-fields">
          ${typeView(state, actions)}
          ${FIELDS.map(
            ([name, label, placeholder]) => html`<label class="field">
              <span>${label}</span>
              <input
                placeholder=${placeholder}
                .value=${live(parameters[name] ?? '')}
                @input=${(event: Event) => actions.setFilter(name, readInput(event))}
              />
            </label>`,
          )}
          ${warningsCheck(state, actions)}
        </div>
      </details>
      ${
        activeFilters(parameters).length
          ? html`<button type="button" @click=${actions.clearFilters}>Clear filters</button>`
          : nothing
      }
    </form>
    ${linkedFilters(state, actions)}`;
};
