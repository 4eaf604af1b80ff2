import { html, nothing } from 'lit-html';
import { connectView } from './connect-view.js';
import { eventDetail } from './event-detail.js';
import { eventsView } from './events-view.js';
import { faultBanner, faultsView } from './faults-view.js';
import type { PageActions } from './page-actions.js';
import { lastingParameters, openedNumber, toHash, type View } from './page-route.js';
import type { PageState } from './page-state.js';
import { requestsView } from './requests-view.js';
import { schemaView } from './schema-view.js';
import { sessionView } from './session-view.js';

const VIEWS: Record<View, (state: PageState, actions: PageActions) => unknown> = {
  events: eventsView,
  session: sessionView,
  requests: requestsView,
  faults: faultsView,
  schema: schemaView,
  connect: connectView,
};

/** The views beside which an event is opened. */
const OPENING_VIEWS: View[] = ['events', 'session'];

/** The views that the navigation lists. */
const NAVIGATION: [view: View, label: string][] = [
  ['events', 'Events'],
  ['requests', 'Requests'],
  ['faults', 'Faults'],
  ['schema', 'Schema'],
  ['connect', 'Connect'],
];

/** Returns the name of a view, for the title of the tab. */
export const titleOf = (view: View): string => NAVIGATION.find(([each]) => each === view)?.[1] ?? 'Session';

const CONNECTION_LABELS: Record<PageState['connection'], string> = {
  connecting: 'Connecting…',
  live: 'Live',
  lost: 'Connection lost',
};

const isCurrent = (view: View, { route }: PageState) =>
  route.view === view || (view === 'events' && route.view === 'session');

const headerView = (state: PageState) => html`<header class="top">
  <h1><span class="brand">personalize-beacon</span> local</h1>
  <span class="connection is-${state.connection}"
    ><span class="dot" aria-hidden="true"></span>${CONNECTION_LABELS[state.connection]}</span
  >
  <nav aria-label="Views">
    ${NAVIGATION.map(
      ([view, label]) => html`<a
        href=${toHash(view, lastingParameters(state.route.parameters))}
        aria-current=${isCurrent(view, state) ? 'page' : nothing}
        >${label}</a
      >`,
    )}
  </nav>
</header>`;

const lostBanner = ({ connection }: PageState) =>
  connection === 'lost'
    ? html`<section class="banner is-error" aria-label="Connection">
        <span><b>Connection lost.</b> The page shows what had come before, and reconnects by itself.</span>
      </section>`
    : nothing;

/** Follows the link without its hash, which would be another view. */
const skipToMain = (event: Event) => {
  event.preventDefault();
  document.getElementById('main')?.focus();
};

/** Shows the whole page. */
export const pageView = (state: PageState, actions: PageActions) => {
  const hasDetail = openedNumber(state.route) !== undefined && OPENING_VIEWS.includes(state.route.view);
  const isCovered = hasDetail && state.isNarrow;
  return html`<div ?inert=${isCovered}>
      <a class="skip" href="#main" @click=${skipToMain}>Skip to the content</a>
      ${headerView(state)} ${lostBanner(state)} ${state.route.view === 'faults' ? nothing : faultBanner(state, actions)}
    </div>
    <div class="layout ${hasDetail ? 'has-detail' : ''}">
      <main id="main" tabindex="-1" ?inert=${isCovered}>${VIEWS[state.route.view](state, actions)}</main>
      ${hasDetail ? eventDetail(state, actions) : nothing}
    </div>
    <p class="notice ${state.notice ? '' : 'is-empty'}" role="status">${state.notice}</p>`;
};
