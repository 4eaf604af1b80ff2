/** The rows that the arrow keys move among. */
const ROWS = 'a[data-row]';

const PAGE_ROWS = 10;

/** By key, the index to move to. */
const MOVES: Record<string, (index: number, last: number) => number> = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  PageDown: (index) => index + PAGE_ROWS,
  PageUp: (index) => index - PAGE_ROWS,
  Home: () => 0,
  End: (_, last) => last,
};

/**
 * Moves the focus among the rows of a list. Returns the number of the row that has got it, or undefined if the key is
 * none of the list's.
 */
export const moveRowFocus = (event: KeyboardEvent): number | undefined => {
  const move = MOVES[event.key];
  const { target, currentTarget } = event;
  const row = target instanceof Element && target.closest(ROWS);
  if (!move || !row || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const rows = [...(currentTarget as Element).querySelectorAll<HTMLElement>(ROWS)];
  const last = rows.length - 1;
  const next = rows[Math.min(last, Math.max(0, move(rows.indexOf(row as HTMLElement), last)))];
  event.preventDefault();
  next?.focus();
  return next && Number(next.dataset.row);
};
