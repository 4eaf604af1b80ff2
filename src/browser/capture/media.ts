export { use } from '../platform/borrowed-natives.js';

import { findAll, matches, readUnclobbered } from '../platform/dom-clobbering.js';
import { listen } from '../platform/lifecycle.js';
import { logThrown } from '../platform/log-error.js';
import type { Unfinished } from './finish-on-unload.js';
import { followFrames } from './media-frames.js';
import { createViewer, type Viewer } from './media-viewer.js';
import type { Range } from './played-ranges.js';
import type { Reading } from './read-event.js';

export interface Media {
  /** Watches players in elements with `data-personalize-media` that are new or have changed. */
  watch(marked: Iterable<Element>): void;
  /** Checks all watched frames again: the page has changed. */
  check(): void;
}

const PLAYERS = 'video,audio,iframe';
const MARKED = '[data-personalize-media]';

/** Returns the ranges that have been played, in any order and however often. */
const rangesOf = ({ played }: HTMLMediaElement): Range[] =>
  Array.from({ length: played.length }, (_, i) => [played.start(i), played.end(i)]);

/** Returns a runner that keeps an error with one player from the others and from the page, and prints it once. */
const createGuard = () => {
  const faulty = new WeakSet<Element>();
  return (player: Element, run: () => void): void => {
    try {
      run();
    } catch (thrown) {
      if (!faulty.has(player)) logThrown(thrown);
      faulty.add(player);
    }
  };
};

/** Follows the players of a page, and records how much of their media is played. */
export const captureMedia = (
  read: (player: Element, trigger: 'media') => Reading | undefined,
  record: (event: Reading['event'], trigger: 'media') => void,
  unfinished: Unfinished,
  signal: AbortSignal,
): Media => {
  const viewers = new WeakMap<Element, Viewer>();
  const guard = createGuard();

  const followElement = (player: HTMLMediaElement, viewer: Viewer) => {
    let position = player.currentTime;
    const updateProgress = (event?: Event) => {
      const from = position;
      position = player.currentTime;
      const isJump = event?.type === 'seeking' || player.seeking || position <= from;
      viewer.onProgress(player.duration, isJump ? undefined : [from, position], rangesOf(player));
    };
    const stop = () => {
      updateProgress();
      viewer.onStop();
    };
    const on = (types: string[], run: (event: Event) => void) => {
      for (const type of types) listen(player, type, (event) => guard(player, () => run(event)), signal);
    };
    on(['timeupdate', 'seeking'], updateProgress);
    on(['pause', 'ended'], stop);
    // Another medium comes. The element has forgotten what was played of the one before.
    on(['emptied'], () => {
      position = 0;
      viewer.onNewMedium();
    });
    // It may have been played, and paused, before this script loaded.
    if (player.paused) stop();
    else updateProgress();
  };

  const frames = followFrames({ viewerOf: (frame) => viewers.get(frame) as Viewer, guard, signal });

  const watch = (player: Element) => {
    const isFrame = matches(player, 'iframe');
    let viewer = viewers.get(player);
    if (viewer) viewer.refresh();
    else {
      viewer = createViewer({
        read: () => read(player, 'media')?.event,
        record: (event) => record(event, 'media'),
        // `HAVE_NOTHING` is 0. The content of a frame cannot be accessed.
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

  // A player that a library puts into a marked element is not marked itself. Its events don't bubble.
  const onPlayerEvent = ({ target }: Event) => {
    const player = target as Element;
    guard(player, () => {
      const isNew = matches(player, PLAYERS) && !viewers.has(player);
      if (isNew && readUnclobbered(player, 'closest').call(player, MARKED)) watch(player);
    });
  };
  for (const type of ['loadstart', 'play', 'load']) listen(document, type, onPlayerEvent, signal, true);

  return {
    watch(marked) {
      for (const element of marked) {
        const players = matches(element, PLAYERS) ? [element] : findAll(element, PLAYERS);
        for (const player of players) guard(player, () => watch(player));
      }
    },
    check: frames.dropRemoved,
  };
};
