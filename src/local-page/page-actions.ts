import type { Fault } from '../local/fault.js';
import { clearEvents, putFaults, sendTestEvent } from './api-client.js';
import { faultsOf, toggleFault } from './fault-presets.js';
import { FILTER_NAMES, type FilterName, lastingParameters, type Route, toHash } from './page-route.js';
import { ROWS_PER_STEP } from './page-state.js';
import type { Store } from './page-store.js';

/** How long the page says that an action has succeeded. */
const NOTICE_MS = 5000;

/** Everything that a user can do on the page. */
export interface PageActions {
  setFilter(name: FilterName, value: string): void;
  setPreflights(isHidden: boolean): void;
  clearFilters(): void;
  showMore(): void;
  setCurrentRow(number: number): void;
  openEvent(number: number): void;
  closeEvent(): void;
  confirmClear(isAsked: boolean): void;
  clear(): void;
  toggleFault(fault: Fault): void;
  setClockSkew(ms: number): void;
  healAll(): void;
  copy(text: string, label: string): void;
  sendTestEvent(): void;
}

/** Creates the actions. @param replaceRoute shows a route in place of the current one, without a new history entry */
export const createActions = (store: Store, replaceRoute: (hash: string) => void): PageActions => {
  /** Runs a request, and shows why it failed. */
  const attempt = (done: string, run: () => Promise<unknown>) => {
    run().then(
      () => {
        store.set({ notice: done });
        setTimeout(() => store.state.notice === done && store.set({ notice: '' }), NOTICE_MS);
      },
      (error: Error) => store.set({ notice: error.message }),
    );
  };
  const setParameters = (change: { [Name in keyof Route['parameters']]?: string | undefined }) => {
    const { view, parameters } = store.state.route;
    replaceRoute(toHash(view, { ...parameters, ...change }));
  };
  const setFaults = (faults: Fault[], clockSkewMs: number) =>
    attempt('', async () => store.set(await putFaults(faults, clockSkewMs)));

  return {
    setFilter: (name, value) => setParameters({ [name]: value }),
    setPreflights: (isHidden) => setParameters({ preflights: isHidden ? 'hidden' : undefined }),
    clearFilters: () => setParameters(Object.fromEntries(FILTER_NAMES.map((name) => [name, undefined]))),
    showMore: () => store.set({ shownRows: store.state.shownRows + ROWS_PER_STEP }),
    setCurrentRow: (currentRow) => store.set({ currentRow }),
    openEvent: (number) => setParameters({ event: String(number) }),
    closeEvent: () => setParameters({ event: undefined }),
    confirmClear: (isConfirmingClear) => store.set({ isConfirmingClear }),
    clear() {
      const { view, parameters } = store.state.route;
      store.set({ isConfirmingClear: false });
      replaceRoute(toHash(view === 'session' ? 'events' : view, lastingParameters(parameters)));
      attempt('Events and requests were removed.', clearEvents);
    },
    toggleFault: (fault) => setFaults(toggleFault(store.state, fault), store.state.clockSkewMs),
    setClockSkew: (ms) => setFaults(faultsOf(store.state), ms),
    healAll: () => setFaults([], 0),
    copy: (text, label) => attempt(`${label} copied.`, () => navigator.clipboard.writeText(text)),
    sendTestEvent() {
      const [trackingId = ''] = store.state.description?.trackingIds ?? [];
      attempt('', () => sendTestEvent(trackingId));
    },
  };
};
