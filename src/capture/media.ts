import type { TrackedEvent } from '../event.js';
import { isVisible, listen } from '../lib/lifecycle.js';
import type { Reading } from './attributes.js';
import { followFrames } from './frames.js';

/** To be told of players that have come or whose marks have changed; it looks, too, whether a frame has gone. */
export type WatchMedia = (players: Iterable<Element>) => void;

/** What is played in one player for one item. */
interface Viewing {
  event: Reading['event'] | undefined;
  /** 0 to 1; NaN of a stream, which has no end. */
  share: number;
  /** The share of its last event. */
  told: number;
}

/** An event at each quarter. */
const PARTS = 4;

/** Seconds of it that have been played, whichever way and how often. */
const playedOf = ({ played }: HTMLMediaElement) => {
  let seconds = 0;
  for (let i = 0; i < played.length; i++) seconds += played.end(i) - played.start(i);
  return seconds;
};

/** To two decimals: what is finer says nothing of a visitor. */
const round = (share: number) => Math.round(Math.min(share, 1) * 100) / 100;

const itemOf = (event: Reading['event'] | undefined) => (event as TrackedEvent | undefined)?.itemId;

/**
 * Records the share of a medium that has really been played, whenever it has grown: at each quarter, at pause and end,
 * and when the page is hidden or left. A live stream, which has no share, makes one event without `eventValue`.
 */
export const captureMedia = (
  read: (player: Element, trigger: 'media') => Reading | undefined,
  record: (event: Reading['event'], trigger: 'media') => void,
  signal: AbortSignal,
): WatchMedia => {
  const viewings = new WeakMap<Element, Viewing>();
  /** Players with something to tell. One that the page removes is paused by the browser, and so told. */
  const untold = new Set<Element>();

  const eventOf = (player: Element) => read(player, 'media')?.event;

  const tell = (player: Element) => {
    untold.delete(player);
    const viewing = viewings.get(player);
    if (!viewing?.event || viewing.told === 1) return;
    const eventValue = round(viewing.share);
    if (eventValue <= viewing.told) return;
    const isLive = Number.isNaN(eventValue);
    viewing.told = isLive ? 1 : eventValue;
    record(isLive ? viewing.event : { ...viewing.event, eventValue }, 'media');
  };

  const begin = (player: Element) => {
    tell(player);
    viewings.set(player, { event: eventOf(player), share: 0, told: 0 });
  };

  const progress = (player: Element, seconds: number, duration: number) => {
    const viewing = viewings.get(player) as Viewing;
    // Without its duration nothing can be said of it yet.
    if (!seconds || !(duration > 0)) return;
    viewing.share = Number.isFinite(duration) ? seconds / duration : Number.NaN;
    untold.add(player);
    if (Math.floor(viewing.share * PARTS) > Math.floor(viewing.told * PARTS)) tell(player);
  };

  const followElement = (player: HTMLMediaElement) => {
    const look = () => progress(player, playedOf(player), player.duration);
    const rest = () => {
      look();
      tell(player);
    };
    listen(player, 'timeupdate', look, signal);
    for (const type of ['pause', 'ended']) listen(player, type, rest, signal);
    // Another medium comes; what was played of the one before the element has forgotten.
    listen(player, 'emptied', () => begin(player), signal);
    // It may have been played, and paused, before this script came.
    if (player.paused) rest();
    else look();
  };

  const frames = followFrames({ begin, progress, rest: tell, signal });

  const tellAll = () => {
    for (const player of untold) tell(player);
  };
  // In the capture phase, ahead of the tracker, which hands over what waits.
  listen(window, 'pagehide', tellAll, signal, true);
  listen(window, 'visibilitychange', () => isVisible() || tellAll(), signal, true);

  return (players) => {
    frames.look();
    for (const player of players) {
      const known = viewings.get(player);
      const event = eventOf(player);
      const anew = !known || itemOf(event) !== itemOf(known.event);
      if (anew) begin(player);
      else known.event = event;
      if (player instanceof HTMLIFrameElement) frames.follow(player, anew);
      else if (player instanceof HTMLMediaElement && !known) followElement(player);
    }
  };
};
