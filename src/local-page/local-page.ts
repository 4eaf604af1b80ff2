import { render } from 'lit-html';
import { createAnnouncer } from './announce.js';
import { summarizeEvents } from './events-view.js';
import { createDetails } from './load-details.js';
import { createActions } from './page-actions.js';
import { openedNumber, parseHash } from './page-route.js';
import { applySnapshot, applyUpdate, createState, type PageState, ROWS_PER_STEP } from './page-state.js';
import { createStore } from './page-store.js';
import { pageView, titleOf } from './page-view.js';
import { readStream } from './read-stream.js';

const elementOf = (id: string) => document.getElementById(id) as HTMLElement;

const root = elementOf('page');
const announce = createAnnouncer(elementOf('announcement'));
const narrow = matchMedia('(max-width: 999px)');

/** Number of the event that was opened at the last render. */
let rendered: number | undefined;

/** Moves the focus into an opened event that covers the page, and back to its row once it is closed. */
const moveFocus = (opened: number | undefined) => {
  const focus = (selector: string) => root.querySelector<HTMLElement>(selector)?.focus();
  if (opened === undefined) {
    if (rendered !== undefined && document.activeElement === document.body) focus(`[data-row="${rendered}"]`);
  } else if (narrow.matches && opened !== rendered) {
    focus('[data-close]');
  }
  rendered = opened;
};

const renderPage = (state: PageState) => {
  render(pageView(state, actions), root);
  document.title = `${titleOf(state.route.view)} – personalize-beacon local`;
  moveFocus(openedNumber(state.route));
  announce(`${summarizeEvents(state)}. ${state.connection === 'lost' ? 'Connection lost.' : ''}`);
};

const store = createStore(createState(parseHash(location.hash)), renderPage);
const details = createDetails(store);

/** Shows what a hash says. */
const showRoute = (hash: string) => {
  const before = store.state.route;
  const route = parseHash(hash);
  const isSameView = route.view === before.view;
  store.set({
    route,
    notice: '',
    ...(!isSameView && { shownRows: ROWS_PER_STEP, isConfirmingClear: false }),
  });
  details.onRoute(before);
};

const actions = createActions(store, (hash) => {
  try {
    history.replaceState(null, '', hash);
  } catch {
    // Safari refuses more than a hundred changes in half a minute, as by an arrow key that is held down.
  }
  showRoute(hash);
});

addEventListener('hashchange', () => showRoute(location.hash));
const followWidth = () => store.set({ isNarrow: narrow.matches });
narrow.addEventListener('change', followWidth);
addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return;
  if (store.state.isConfirmingClear) actions.confirmClear(false);
  else if (openedNumber(store.state.route) !== undefined) actions.closeEvent();
});

readStream({
  onSnapshot(snapshot) {
    store.receive(applySnapshot(snapshot));
    details.reload();
  },
  onUpdate(update) {
    store.receive(applyUpdate(store.state, update));
    details.onEvents(update.events);
  },
  onFaults: store.receive,
  onLost: () => store.set({ connection: 'lost' }),
});
followWidth();
