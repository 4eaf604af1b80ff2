// @ts-check
// Runs in the page: repeats a visit's steps at their times. The driver closes, hides and shows the page.

/**
 * @param {import('./record.js').Step[]} steps
 * @param {{ isSinglePage: boolean, visit: number }} options `isSinglePage`: paths change by `history.pushState()`
 */
export const play = (steps, { isSinglePage, visit }) => {
  // Where the visit is, across its documents.
  const state = sessionStorage;
  state.startedAt ??= String(Date.now());
  state.step ??= '0';

  /** @param {import('./record.js').Step} step @param {number} n */
  const perform = ({ do: kind, type, item, action, to }, n) => {
    // The stub at first, then the tracker.
    const { personalize: tracker } = /** @type {any} */ (window);
    const eventId = `visit-${visit}-${n}`;
    if (kind === 'track' && action) tracker.trackAction(type, action, { eventId });
    else if (kind === 'track') tracker.track(type, item, { eventId });
    else if (kind === 'identify') tracker.identify(to);
    else if (kind === 'back') history.back();
    else if (n === 0) return;
    else if (kind === 'go' && isSinglePage) history.pushState({}, '', `/page${n}`);
    else if (kind === 'go') location.href = `/page${n}`;
  };

  /** Sets a timer for each task of this page: steps of the same time share one. */
  const goOn = () => {
    for (let first = Number(state.step), end = first; first < steps.length; first = end) {
      const { at } = steps[first];
      while (steps[end]?.at === at) end++;
      const task = steps.slice(first, end);
      const next = String(end);
      const from = first;
      setTimeout(
        () => {
          state.step = next;
          for (const [n, step] of task.entries()) perform(step, from + n);
        },
        Number(state.startedAt) + at - Date.now(),
      );
      if (!isSinglePage && first > 0 && task.some(({ do: kind }) => kind === 'go' || kind === 'back')) return;
    }
  };

  goOn();
  addEventListener('pageshow', ({ persisted }) => persisted && goOn());
};
