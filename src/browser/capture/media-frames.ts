import { tryOrUndefined } from '../../contract/try.js';
import { listen } from '../platform/lifecycle.js';
import { createFramePlayback, type FramePlayback, updatePlayback } from './frame-playback.js';
import { PROTOCOLS, type Protocol, parseMessage, protocolOf } from './frame-protocols.js';
import type { Viewer } from './media-viewer.js';

/** A player's script may come long after its frame's `load`. */
const HELLO_INTERVAL_MS = 500;
const MAX_HELLOS = 30;

export interface FramesOptions {
  viewerOf(frame: Element): Viewer;
  /** Runs what concerns one frame so that an error there stops no other. */
  guard(frame: Element, run: () => void): void;
  signal: AbortSignal;
}

/** Follows the players in frames by their messages. */
export interface Frames {
  follow(frame: HTMLIFrameElement): void;
  /** Stops following frames that the page has removed: no event reports that. */
  dropRemoved(): void;
}

interface Following {
  src: string;
  /** The protocols that its player may have. */
  protocols: Protocol[];
  helloTimer: ReturnType<typeof setTimeout> | undefined;
  playback: FramePlayback;
}

/** Returns whether the player comes later, from a script or a link in the frame: no attribute reports it. */
const isBlank = ({ src, srcdoc }: HTMLIFrameElement) => !src || srcdoc || /^(about|javascript):/.test(src);

const warn = (src: string, what: string) =>
  tryOrUndefined(() => console.warn(`personalize-beacon: ${what}: ${src || 'a frame without src'}`));

/** Returns the protocols that a frame's player may have; warns if there is none. */
const protocolsFor = (frame: HTMLIFrameElement): Protocol[] => {
  const protocol = protocolOf(frame.src);
  if (protocol) return [protocol];
  if (isBlank(frame)) return PROTOCOLS;
  warn(frame.src, 'data-personalize-media follows frames of YouTube and Vimeo');
  return [];
};

/** Sends to any origin: naming one that is not in the frame yet would be an error in the console. */
const post = (frame: HTMLIFrameElement, message: unknown) => frame.contentWindow?.postMessage(message, '*');

export const followFrames = ({ viewerOf, guard, signal }: FramesOptions): Frames => {
  const followed = new Map<HTMLIFrameElement, Following>();

  /** Sends hello until the player answers. */
  const sendHello = (frame: HTMLIFrameElement, following: Following, times = MAX_HELLOS) => {
    const { src, protocols, helloTimer } = following;
    clearTimeout(helloTimer);
    if (signal.aborted || !frame.isConnected || !protocols[0]) return;
    // A document that the page can access is its own: the player's has yet to load.
    const isLoaded = !frame.contentDocument;
    if (!times) {
      if (isLoaded) warn(src, "no answer from the player; YouTube's needs enablejsapi=1");
      return;
    }
    if (isLoaded) for (const { hello } of protocols) post(frame, hello);
    following.helloTimer = setTimeout(
      () => guard(frame, () => sendHello(frame, following, times - 1)),
      HELLO_INTERVAL_MS,
    );
  };

  const start = (frame: HTMLIFrameElement) => {
    const following = {
      src: frame.src,
      protocols: protocolsFor(frame),
      helloTimer: followed.get(frame)?.helloTimer,
      playback: createFramePlayback(),
    };
    followed.set(frame, following);
    sendHello(frame, following);
  };

  const onMessage = (event: Event) => {
    const { source, origin, data } = event as MessageEvent;
    // The browser vouches for this origin, no matter what address the frame was given.
    const protocol = source && protocolOf(origin);
    const message = protocol && parseMessage(data);
    if (!message) return;
    for (const [frame, { helloTimer, playback }] of followed) {
      guard(frame, () => {
        if (frame.contentWindow !== source) return;
        if (protocol.isAnswer(message)) {
          clearTimeout(helloTimer);
          for (const subscription of protocol.subscriptions) post(frame, subscription);
        }
        updatePlayback(playback, protocol.read(message), viewerOf(frame));
      });
    }
  };

  /** Says hello to the new document in a frame, which knows of no subscription. */
  const onLoad = ({ target }: Event) => {
    const frame = target as HTMLIFrameElement;
    guard(frame, () => {
      const following = followed.get(frame);
      if (following?.src === frame.src) {
        following.playback.isPlaying = false;
        sendHello(frame, following);
      } else if (following) {
        viewerOf(frame).onNewMedium();
        start(frame);
      }
    });
  };

  return {
    follow(frame) {
      if (followed.has(frame)) return;
      // The browser adds the same listener only once.
      listen(window, 'message', onMessage, signal);
      listen(frame, 'load', onLoad, signal);
      start(frame);
    },
    dropRemoved() {
      for (const [frame, { helloTimer }] of followed) {
        if (frame.isConnected) continue;
        clearTimeout(helloTimer);
        followed.delete(frame);
        guard(frame, () => viewerOf(frame).onStop());
      }
    },
  };
};
