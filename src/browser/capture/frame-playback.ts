import type { PlayerState } from './frame-protocols.js';
import type { Range } from './played-ranges.js';

/** Both kinds of player play at twice the speed at most. */
const MAX_RATE = 2;

/** They report their position every quarter of a second, but not to the millisecond. A larger step ahead is a seek. */
const SLACK_SECONDS = 1;

/** A duration that differs by less is the same one, known better. */
const SAME_SECONDS = 1;

/** The playback of one frame, as its player has reported it so far. */
export interface FramePlayback {
  medium: unknown;
  isPlaying: boolean;
  position: number;
  /** When the position was reported, in milliseconds of the page's life. */
  positionAt: number;
  duration: number;
}

export interface PlaybackListeners {
  /** Another medium is in the player. */
  onNewMedium(): void;
  /** The medium may be another one. */
  onMaybeNewMedium(): void;
  onProgress(duration: number, step: Range): void;
  /** The player has paused, ended or gone. */
  onStop(): void;
}

export const createFramePlayback = (): FramePlayback => ({
  medium: undefined,
  isPlaying: false,
  position: 0,
  positionAt: 0,
  duration: 0,
});

const updateMedium = (playback: FramePlayback, medium: unknown, listeners: PlaybackListeners) => {
  if (playback.medium && medium !== playback.medium) {
    listeners.onNewMedium();
    // The next position is the first one of this medium.
    playback.position = Number.NaN;
    playback.duration = 0;
  }
  playback.medium = medium;
};

const updateDuration = (playback: FramePlayback, duration: number, listeners: PlaybackListeners) => {
  if (playback.duration && Math.abs(duration - playback.duration) > SAME_SECONDS) {
    listeners.onMaybeNewMedium();
  }
  playback.duration = duration;
};

const updatePosition = (playback: FramePlayback, position: number, listeners: PlaybackListeners) => {
  const now = performance.now();
  const step = position - playback.position;
  const maxStep = ((now - playback.positionAt) / 1000) * MAX_RATE + SLACK_SECONDS;
  if (playback.isPlaying && step > 0 && step < maxStep) {
    listeners.onProgress(playback.duration, [playback.position, position]);
  }
  playback.position = position;
  playback.positionAt = now;
};

/** Updates the playback by a message, and reports what has changed. */
export const updatePlayback = (
  playback: FramePlayback,
  { position, duration, medium, isPlaying = playback.isPlaying }: PlayerState,
  listeners: PlaybackListeners,
): void => {
  if (medium) updateMedium(playback, medium, listeners);
  if (typeof duration === 'number') updateDuration(playback, duration, listeners);
  if (typeof position === 'number') updatePosition(playback, position, listeners);
  if (playback.isPlaying && !isPlaying) listeners.onStop();
  playback.isPlaying = isPlaying;
};
