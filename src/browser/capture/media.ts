export { use } from '../platform/borrowed-natives.js';

import { findAll, matches, readUnclobbered } from '../platform/dom-clobbering.js';
import { listen } from '../platform/lifecycle.js';
import { logThrown } from '../platform/log-error.js';
import type { Unfinished } from './finish-on-unload.js';
import { followFrames } from './media-frames.js';
import { createViewer, type Viewer } from './media-viewing.js';
import type { Range } from './played-ranges.js';
import type { Reading } from './read-event.js';

/** To be told of what has come or whose marks have changed, and is marked; it looks, too, whether a frame has gone. */
export type WatchMedia = (marked: Iterable<Element>) => void;

const PLAYERS = 'video,audio,iframe';
const MARKED = '[data-personalize-media]';

/** Returns the ranges that have been played, in any order and however often. */
const rangesOf = ({ played }: HTMLMediaElement): Range[] =>
  Array.from({ length: played.length }, (_, i) => [played.start(i), played.end(i)]);

/** Follows the players of a page, and records how much of their media is played. */
export const captureMedia = (
  read: (player: Element, trigger: 'media') => Reading | undefined,
  record: (event: Reading['event'], trigger: 'media') => void,
  unfinished: Unfinished,
  signal: AbortSignal,
): WatchMedia => {
  const viewers = new WeakMap<Element, Viewer>();
  const faulty = new WeakSet<Element>();
  /** Keeps what one player throws from the others and from the page; prints it once. */
  const guard = (player: Element, run: () => void) => {
    try {
      run();
    } catch (thrown) {
      if (!faulty.has(player)) logThrown(thrown);
      faulty.add(player);
    }
  };

  const followElement = (player: HTMLMediaElement, viewer: Viewer) => {
    let position = player.currentTime;
    const look = (event?: Event) => {
      const from = position;
      position = player.currentTime;
      const isJump = event?.type === 'seeking' || player.seeking || position <= from;
      viewer.progress(player.duration, isJump ? undefined : [from, position], rangesOf(player));
    };
    const rest = () => {
      look();
      viewer.rest();
    };
    const on = (types: string[], run: (event: Event) => void) => {
      for (const type of types) listen(player, type, (event) => guard(player, () => run(event)), signal);
    };
    on(['timeupdate', 'seeking'], look);
    on(['pause', 'ended'], rest);
    // Another medium comes; what was played of the one before the element has forgotten.
    on(['emptied'], () => {
      position = 0;
      viewer.change();
    });
    // It may have been played, and paused, before this script came.
    if (player.paused) rest();
    else look();
  };

  const viewerOf = (player: Element) => viewers.get(player) as Viewer;
  const frames = followFrames({
    begin: (frame) => viewerOf(frame).change(),
    suspect: (frame) => viewerOf(frame).suspect(),
    progress: (frame, duration, step) => viewerOf(frame).progress(duration, step, [step]),
    rest: (frame) => viewerOf(frame).rest(),
    guard,
    signal,
  });

  const watch = (player: Element) => {
    const isFrame = matches(player, 'iframe');
    let viewer = viewers.get(player);
    if (viewer) viewer.mark();
    else {
      viewer = createViewer({
        read: () => read(player, 'media')?.event,
        record: (event) => record(event, 'media'),
        // `HAVE_NOTHING` is 0. What is in a frame cannot be seen.
        hasMedium: () => isFrame || (player as HTMLMediaElement).readyState > 0,
        isGone: () => !player.isConnected,
        unfinished,
        signal,
      });
      viewers.set(player, viewer);
      if (!isFrame) followElement(player as HTMLMediaElement, viewer);
    }
    if (isFrame) frames.follow(player as HTMLIFrameElement);
  };

  // One that a library puts into what is marked has no mark itself. Its events don't bubble.
  const onCome = ({ target }: Event) => {
    const player = target as Element;
    guard(player, () => {
      const isNew = matches(player, PLAYERS) && !viewers.has(player);
      if (isNew && readUnclobbered(player, 'closest').call(player, MARKED)) watch(player);
    });
  };
  for (const type of ['loadstart', 'play', 'load']) listen(document, type, onCome, signal, true);

  return (marked) => {
    frames.look();
    for (const element of marked) {
      const players = matches(element, PLAYERS) ? [element] : findAll(element, PLAYERS);
      for (const player of players) guard(player, () => watch(player));
    }
  };
};
