import type { PageState } from './page-state.js';

/** Holds the state of the page. */
export interface Store {
  readonly state: PageState;
  set(change: Partial<PageState>): void;
}

/** Creates a store. Changes until the next frame are rendered together. */
export const createStore = (initial: PageState, render: (state: PageState) => void): Store => {
  let state = initial;
  let isScheduled = false;
  const renderNow = () => {
    isScheduled = false;
    render(state);
  };
  return {
    get state() {
      return state;
    },
    set(change) {
      state = { ...state, ...change };
      if (!isScheduled) requestAnimationFrame(renderNow);
      isScheduled = true;
    },
  };
};
