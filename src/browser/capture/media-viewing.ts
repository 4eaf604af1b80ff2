import type { TrackedAction, TrackedEvent } from '../../contract/event.js';
import { createPlayed, type Played, type Range } from './played-ranges.js';

export type AnyEvent = TrackedEvent | TrackedAction;

/** The played part of one medium, for one item. */
export interface Viewing {
  event: AnyEvent | undefined;
  played: Played;
  /** False if the item came while the medium was playing: what was played before is not the item's. */
  isWhole: boolean;
  /** 0 to 1; NaN for a stream, which has no end. */
  share: number;
  /** The share of the last event. */
  recordedShare: number;
}

/** An event is due at each quarter. */
const PARTS = 4;

/** Rounds to two decimals: finer steps say nothing about a visitor. */
const round = (share: number) => Math.round(Math.min(share, 1) * 100) / 100;

const subjectIdOf = (event: AnyEvent | undefined) =>
  (event as TrackedEvent | undefined)?.itemId ?? (event as TrackedAction | undefined)?.actionId;

/** Returns whether two events are of the same item or action, or both absent. */
export const isSameSubject = (a: AnyEvent | undefined, b: AnyEvent | undefined): boolean =>
  subjectIdOf(a) === subjectIdOf(b);

export const createViewing = (event: AnyEvent | undefined, isWhole = true): Viewing => ({
  event,
  played: createPlayed(),
  isWhole,
  share: 0,
  recordedShare: 0,
});

/**
 * Adds what has been played to a viewing.
 * @param step the last stretch; none after a seek
 * @param all everything that the player has played of the medium
 * @returns whether the share is known: a player may not know the duration yet
 */
export const addPlayed = (
  viewing: Viewing,
  duration: number,
  step: Range | undefined,
  all: Range[],
): boolean => {
  const { played, isWhole } = viewing;
  const latest = step ? [step] : [];
  for (const [from, to] of isWhole ? all : latest) played.add(from, to);
  const seconds = played.seconds();
  if (!seconds || !(duration > 0)) return false;
  viewing.share = Number.isFinite(duration) ? seconds / duration : Number.NaN;
  return true;
};

/** Returns whether the share has reached another quarter since the last event. */
export const isQuarterReached = ({ share, recordedShare }: Viewing): boolean =>
  Math.floor(share * PARTS) > Math.floor(recordedShare * PARTS);

/** Returns the event to record now, if the share has grown since the last one. */
export const takeEvent = (viewing: Viewing): AnyEvent | undefined => {
  const { event, share, recordedShare } = viewing;
  const eventValue = round(share);
  if (!event || recordedShare === 1 || eventValue <= recordedShare) return undefined;
  const isLive = Number.isNaN(eventValue);
  viewing.recordedShare = isLive ? 1 : eventValue;
  return isLive ? event : { ...event, eventValue };
};
