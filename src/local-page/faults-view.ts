import { html, nothing } from 'lit-html';
import { recentValues } from './event-filters.js';
import {
  activeLabels,
  CLOCK_SKEW_MS,
  describeFault,
  describeSkew,
  hitsOf,
  isHealthy,
  otherFaults,
  PRESETS,
} from './fault-presets.js';
import { asText, count } from './labels.js';
import { memoizeLast } from './memoize-last.js';
import type { PageActions } from './page-actions.js';
import { toHash } from './page-route.js';
import type { PageState } from './page-state.js';

/** Items that are suggested. */
const MAX_ITEMS = 50;

const itemsOf = memoizeLast((events: PageState['events']) =>
  recentValues(events, ({ event }) => asText(event.itemId), MAX_ITEMS),
);

interface Switch {
  label: string;
  effect: string;
  isOn: boolean;
  hits: number | undefined;
  toggle(): void;
}

const switchView = ({ label, effect, isOn, hits, toggle }: Switch) => html`<li>
  <button type="button" role="switch" class="switch" aria-checked=${isOn ? 'true' : 'false'} @click=${toggle}>
    <span class="switch-mark" aria-hidden="true"></span>
    <span class="switch-label">${label}</span>
    <span class="switch-state">
      ${isOn ? 'On' : 'Off'}${hits === undefined ? nothing : html`, ${count(hits, 'hit')}`}
    </span>
    <span class="switch-effect">${effect}</span>
  </button>
</li>`;

const switchesView = (state: PageState, actions: PageActions) => {
  const isClockWrong = state.clockSkewMs === CLOCK_SKEW_MS;
  return html`<ul class="switches" aria-label="Faults">
    ${PRESETS.map(({ label, effect, fault }) => {
      const hits = hitsOf(state, fault);
      return switchView({
        label,
        effect,
        hits,
        isOn: hits !== undefined,
        toggle: () => actions.toggleFault(fault),
      });
    })}
    ${switchView({
      label: 'Clock 1 hour off',
      effect:
        'To the service, the visitor’s clock is an hour ahead: signatures are refused until the tracker corrects it.',
      hits: undefined,
      isOn: isClockWrong,
      toggle: () => actions.setClockSkew(isClockWrong ? 0 : CLOCK_SKEW_MS),
    })}
  </ul>`;
};

const refuseForm = (state: PageState, actions: PageActions) => {
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const refuseItem = String(new FormData(form).get('item') ?? '').trim();
    const fault = { on: 'events' as const, name: 'refuse', refuseItem };
    if (refuseItem && hitsOf(state, fault) === undefined) actions.toggleFault(fault);
    form.reset();
  };
  return html`<form class="refuse" @submit=${onSubmit}>
    <label class="field">
      <span>Refuse one item: batches with an event of it get 400 InvalidInputException</span>
      <input name="item" list="items" placeholder="itemId" required autocomplete="off" />
    </label>
    <datalist id="items">${itemsOf(state.events).map((item) => html`<option value=${item}></option>`)}</datalist>
    <button>Refuse this item</button>
  </form>`;
};

const othersView = (state: PageState, actions: PageActions) => {
  const others = otherFaults(state);
  const isOtherSkew = state.clockSkewMs !== 0 && state.clockSkewMs !== CLOCK_SKEW_MS;
  if (!others.length && !isOtherSkew) return nothing;
  return html`<h3>Other active faults</h3>
    <p class="muted">For one item, or set elsewhere: in code, in the demo shop or by the API.</p>
    <ul class="others">
      ${others.map(
        (fault) => html`<li>
          <span>${describeFault(fault)}</span> <b>${count(hitsOf(state, fault) ?? 0, 'hit')}</b>
          <button type="button" class="small" @click=${() => actions.toggleFault(fault)}>
            Undo<span class="hidden"> ${describeFault(fault)}</span>
          </button>
        </li>`,
      )}
      ${
        isOtherSkew
          ? html`<li>
              <span>${describeSkew(state.clockSkewMs)}</span>
              <button type="button" class="small" @click=${() => actions.setClockSkew(0)}>
                Undo<span class="hidden"> the clock’s offset</span>
              </button>
            </li>`
          : nothing
      }
    </ul>`;
};

/** Shows the switches for faults, and all active faults. */
export const faultsView = (state: PageState, actions: PageActions) => html`
  <div class="view-head">
    <h2>Faults</h2>
    <span class="summary">${isHealthy(state) ? 'All is well' : count(activeLabels(state).length, 'active fault')}</span>
    <span class="tools">
      <button type="button" ?disabled=${isHealthy(state)} @click=${actions.healAll}>Undo all</button>
    </span>
  </div>
  <p class="muted">See how your site and the tracker behave while AWS fails. A switch works at once.</p>
  ${switchesView(state, actions)} ${refuseForm(state, actions)} ${othersView(state, actions)}
`;

/** Says in every view that faults are active. */
export const faultBanner = (state: PageState, actions: PageActions) =>
  isHealthy(state)
    ? nothing
    : html`<section class="banner is-warning" aria-label="Active faults">
        <span><b>${count(activeLabels(state).length, 'fault')} on:</b> ${activeLabels(state).join(' · ')}</span>
        <a href=${toHash('faults')}>Change</a>
        <button type="button" class="small" @click=${actions.healAll}>Undo all</button>
      </section>`;
