import type { TrackedAction, TrackedEvent } from '../../contract/event.js';
import type { Unfinished } from './finish-on-unload.js';
import { createPlayed, type Played, type Range } from './played-ranges.js';

type AnyEvent = TrackedEvent | TrackedAction;

/** The played part of one medium, for one item. */
interface Viewing {
  event: AnyEvent | undefined;
  played: Played;
  /** False of an item that came while the medium was playing: what was played before is not its own. */
  isWhole: boolean;
  /** 0 to 1; NaN of a stream, which has no end. */
  share: number;
  /** The share of its last event. */
  told: number;
}

/** Follows one player, for one item after the other. */
export interface Viewer {
  /** Reads the player's marks again. */
  mark(): void;
  /** Starts the next viewing: another medium is in the player. */
  change(): void;
  /** Starts the next viewing if another item waits for its medium: this looks like another one. */
  suspect(): void;
  /** Counts what has been played. */
  progress(duration: number, step: Range | undefined, all: Range[]): void;
  /** Records what has come: the player has paused, ended or gone. */
  rest(): void;
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

/** An event at each quarter. */
const PARTS = 4;

/** Pages change a player's marks and its medium one after the other. So long one waits for the other. */
const SETTLE_MS = 5000;

/** To two decimals: what is finer says nothing of a visitor. */
const round = (share: number) => Math.round(Math.min(share, 1) * 100) / 100;

const idOf = (event: AnyEvent | undefined) =>
  (event as TrackedEvent | undefined)?.itemId ?? (event as TrackedAction | undefined)?.actionId;

const begin = (event: AnyEvent | undefined, isWhole = true): Viewing => ({
  event,
  played: createPlayed(),
  isWhole,
  share: 0,
  told: 0,
});

/**
 * Records the share of a medium that has really been played, whenever it has grown: at each quarter, at pause and end,
 * and when the page is hidden or left. A live stream, which has no share, makes one event without `eventValue`.
 */
export const createViewer = ({
  read,
  record,
  hasMedium,
  isGone,
  unfinished,
  signal,
}: ViewerOptions): Viewer => {
  let current = begin(read());
  /** The viewing of the item that the marks name now, while the medium may still be the previous item's. */
  let next: Viewing | undefined;
  /** The share of the item before when the next one came. */
  let shareBefore = 0;
  /** While it runs nothing is recorded: whose the medium is will show. */
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Nothing more of it is to come for now. */
  let isResting = false;

  const tell = () => {
    unfinished.delete(flush);
    const { event, share, told } = current;
    const eventValue = round(share);
    if (!event || told === 1 || eventValue <= told) return;
    const isLive = Number.isNaN(eventValue);
    current.told = isLive ? 1 : eventValue;
    record(isLive ? event : { ...event, eventValue });
  };

  const stopWaiting = () => {
    clearTimeout(timer);
    timer = next = undefined;
  };

  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLE_MS);
  };

  const tellWhenDue = () => {
    if (!timer && (isResting || Math.floor(current.share * PARTS) > Math.floor(current.told * PARTS))) tell();
  };

  /** Nothing else has come: the medium is that of the item which the marks name. */
  const settle = () => {
    if (signal.aborted) return;
    if (next && !isGone()) {
      current.share = shareBefore;
      tell();
      current = next;
      unfinished.add(flush);
    }
    stopWaiting();
    tellWhenDue();
  };

  const flush = () => {
    // Nobody else may have what was played.
    if (next && !current.event) {
      current = next;
      stopWaiting();
    }
    tell();
    const isNextToCome = next;
    stopWaiting();
    // Later playback may be the next item's again.
    if (isNextToCome) mark();
  };

  const change = () => {
    const id = idOf(current.event);
    const wasPlayed = current.played.seconds() > 0;
    tell();
    stopWaiting();
    current = begin(read());
    if (wasPlayed && id !== undefined && id === idOf(current.event)) wait();
  };

  const mark = () => {
    const event = read();
    const id = idOf(event);
    if (id === idOf(current.event)) {
      current.event = event;
      if (next) stopWaiting();
      tellWhenDue();
    } else if (timer && !next) {
      // The medium has come ahead of its marks.
      current.event = event;
      stopWaiting();
      tellWhenDue();
    } else if (!hasMedium()) {
      change();
    } else if (next && id === idOf(next.event)) {
      next.event = event;
    } else {
      next = current.event ? begin(event, false) : { ...current, event };
      shareBefore = current.share;
      wait();
    }
  };

  return {
    mark,
    change,
    suspect: () => void (next && change()),
    progress(duration, step, all) {
      if (step) isResting = false;
      for (const viewing of next ? [current, next] : [current]) {
        for (const [from, to] of viewing.isWhole ? all : step ? [step] : []) viewing.played.add(from, to);
        const seconds = viewing.played.seconds();
        // Without its duration nothing can be said of it yet.
        if (seconds && duration > 0) {
          viewing.share = Number.isFinite(duration) ? seconds / duration : Number.NaN;
          unfinished.add(flush);
        }
      }
      tellWhenDue();
    },
    rest() {
      isResting = true;
      tellWhenDue();
    },
  };
};
