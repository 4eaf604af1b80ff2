import type { PageState } from './page-state.js';

/** Holds the state of the page. */
export interface Store {
  readonly state: PageState;
  /** Changes the state, and renders it in the next frame. */
  set(change: Partial<PageState>): void;
  /** Changes the state by what the server sends. In a burst, it is rendered a few times a second. */
  receive(change: Partial<PageState>): void;
}

/** Shortest time between two renders of what the server sends: leaves time for the user's input in a burst. */
const RECEIVE_INTERVAL_MS = 200;

/** Creates a store. Changes until the next frame are rendered together. */
export const createStore = (initial: PageState, render: (state: PageState) => void): Store => {
  let state = initial;
  let hasFrame = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let renderedAt = Number.NEGATIVE_INFINITY;

  const renderNow = () => {
    hasFrame = false;
    renderedAt = performance.now();
    render(state);
  };
  const requestRender = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!hasFrame) requestAnimationFrame(renderNow);
    hasFrame = true;
  };

  return {
    get state() {
      return state;
    },
    set(change) {
      state = { ...state, ...change };
      requestRender();
    },
    receive(change) {
      state = { ...state, ...change };
      const waitMs = renderedAt + RECEIVE_INTERVAL_MS - performance.now();
      if (waitMs <= 0) requestRender();
      else timer ??= setTimeout(requestRender, waitMs);
    },
  };
};
