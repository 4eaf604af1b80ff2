import type { Unfinished } from './finish-on-unload.js';
import type { PlaybackListeners } from './frame-playback.js';
import {
  type AnyEvent,
  addPlayed,
  createViewing,
  isQuarterReached,
  isSameSubject,
  takeEvent,
  type Viewing,
} from './media-viewing.js';
import type { Range } from './played-ranges.js';

/** Follows one player, for one item after the other. */
export interface Viewer extends PlaybackListeners {
  /** Reads the player's attributes again. */
  refresh(): void;
  /** Begins the next viewing: another medium is in the player. */
  onNewMedium(): void;
  /** Begins the next viewing if another item waits for its medium: this seems to be another one. */
  onMaybeNewMedium(): void;
  /**
   * Counts what has been played.
   * @param step the last stretch; none after a seek
   * @param all everything that has been played of the medium, if the player knows
   */
  onProgress(duration: number, step: Range | undefined, all?: Range[]): void;
  /** Records what is due: the player has paused, ended or gone. */
  onStop(): void;
}

export interface ViewerOptions {
  read(): AnyEvent | undefined;
  record(event: AnyEvent): void;
  hasMedium(): boolean;
  isGone(): boolean;
  /** The browser pauses a player that the page removes, which reports its playback. */
  unfinished: Unfinished;
  signal: AbortSignal;
}

/** Pages change a player's attributes and its medium one after the other. One waits for the other for this long. */
const SETTLE_MS = 5000;

/**
 * Records the share of a medium that has really been played, whenever it has grown: at each quarter, at pause and end,
 * and when the page is hidden or unloaded. A live stream, which has no share, makes one event without `eventValue`.
 */
export const createViewer = ({
  read,
  record,
  hasMedium,
  isGone,
  unfinished,
  signal,
}: ViewerOptions): Viewer => {
  let current = createViewing(read());
  /** The viewing of the item that the attributes name now, while the medium may still be the previous item's. */
  let next: Viewing | undefined;
  /** The current share when the next item came. */
  let shareBefore = 0;
  /** While it runs nothing is recorded: it is not known yet whose the medium is. */
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether no progress is expected for now. */
  let isStopped = false;

  const recordCurrent = () => {
    unfinished.delete(flush);
    const event = takeEvent(current);
    if (event) record(event);
  };

  const recordIfDue = () => {
    if (!timer && (isStopped || isQuarterReached(current))) recordCurrent();
  };

  const stopWaiting = () => {
    clearTimeout(timer);
    timer = next = undefined;
  };

  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLE_MS);
  };

  /** Decides that the medium is that of the item in the attributes: no other one has come. */
  const settle = () => {
    if (signal.aborted) return;
    if (next && !isGone()) {
      current.share = shareBefore;
      recordCurrent();
      current = next;
      unfinished.add(flush);
    }
    stopWaiting();
    recordIfDue();
  };

  const flush = () => {
    // Without a current item, only the next one can own what was played.
    if (next && !current.event) {
      current = next;
      stopWaiting();
    }
    recordCurrent();
    const isNextPending = next;
    stopWaiting();
    // Later playback may be the next item's again.
    if (isNextPending) refresh();
  };

  const onNewMedium = () => {
    const { event, played } = current;
    const wasPlayed = played.seconds() > 0;
    recordCurrent();
    stopWaiting();
    current = createViewing(read());
    if (wasPlayed && current.event && isSameSubject(event, current.event)) wait();
  };

  const setNext = (event: AnyEvent | undefined) => {
    if (next && isSameSubject(event, next.event)) {
      next.event = event;
      return;
    }
    next = current.event ? createViewing(event, false) : { ...current, event };
    shareBefore = current.share;
    wait();
  };

  const refresh = () => {
    const event = read();
    const isSame = isSameSubject(event, current.event);
    // A new medium may come ahead of its attributes.
    const isAwaited = !isSame && timer && !next;
    if (isSame || isAwaited) {
      current.event = event;
      if (isAwaited || next) stopWaiting();
      recordIfDue();
    } else if (hasMedium()) {
      setNext(event);
    } else {
      onNewMedium();
    }
  };

  return {
    refresh,
    onNewMedium,
    onMaybeNewMedium: () => void (next && onNewMedium()),
    onProgress(duration, step, all = step ? [step] : []) {
      if (step) isStopped = false;
      for (const viewing of next ? [current, next] : [current]) {
        if (addPlayed(viewing, duration, step, all)) unfinished.add(flush);
      }
      recordIfDue();
    },
    onStop() {
      isStopped = true;
      recordIfDue();
    },
  };
};
