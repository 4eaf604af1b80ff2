import { tryOrUndefined } from '../../contract/try.js';
import { listen } from '../platform/lifecycle.js';
import type { Range } from './played-ranges.js';

// biome-ignore lint/suspicious/noExplicitAny: a stranger's message, read with care
type Message = any;

/** What a message says of its player. */
interface Said {
  /** Seconds from the start. */
  position?: unknown;
  duration?: unknown;
  /** Absent: as before. */
  isPlaying?: boolean | undefined;
  /** An ID of what it plays. */
  medium?: unknown;
}

/** How a kind of player talks, in a frame that is on the page already: no script of theirs is loaded. */
interface Protocol {
  /** Whose it is, in a frame's address and in what comes from it: one may lead to another. */
  host: RegExp;
  /** Said until it answers, as text: a frame that says nothing of its own may have either. */
  hello: string;
  isAnswer(message: Message): unknown;
  /** What it is asked to tell of when it has answered. */
  wishes: unknown[];
  read(message: Message): Said;
}

const YOUTUBE_PLAYING = 1;

const PROTOCOLS: Protocol[] = [
  {
    // As YouTube's own script does it (https://developers.google.com/youtube/iframe_api_reference): of position,
    // duration and state the player tells what has changed.
    host: /(^|\.)(youtube(-nocookie|education)?\.com|youtube\.googleapis\.com)\.?$/,
    hello: '{"event":"listening","id":1,"channel":"widget"}',
    isAnswer: () => true,
    wishes: [],
    read: ({ info }) => ({
      position: info?.currentTime,
      duration: info?.duration,
      isPlaying: info?.playerState === undefined ? undefined : info.playerState === YOUTUBE_PLAYING,
      medium: info?.videoData?.video_id,
    }),
  },
  {
    // As Vimeo's own script does it (https://github.com/vimeo/player.js).
    host: /(^|\.)vimeo\.com\.?$/,
    hello: '{"method":"ping"}',
    isAnswer: ({ event, method }) => event === 'ready' || method === 'ping',
    wishes: ['timeupdate', 'pause', 'ended', 'loaded'].map((value) => ({
      method: 'addEventListener',
      value,
    })),
    read: ({ event, data }) => ({
      position: data?.seconds,
      duration: data?.duration,
      // It answers other things, too, while it plays.
      isPlaying: /^(pause|ended)$/.test(event) ? false : event === 'timeupdate' || undefined,
      medium: event === 'loaded' && data?.id,
    }),
  },
];

/** A player's script may come long after its frame's `load`. */
const HELLO_EVERY_MS = 500;
const MAX_HELLOS = 30;

/** Both kinds of player go at twice the speed at most; */
const MAX_RATE = 2;
/** and tell of their position every quarter of a second, but not to the millisecond. What is further ahead is a seek. */
const SLACK_SECONDS = 1;

/** A duration that differs by less is the same one, known better. */
const SAME_SECONDS = 1;

export interface FramesOptions {
  /** Another medium is in the frame. */
  begin(frame: Element): void;
  /** Another one may be. */
  suspect(frame: Element): void;
  /** It has played from here to there. */
  progress(frame: Element, duration: number, step: Range): void;
  /** It has paused, ended or gone. */
  rest(frame: Element): void;
  /** Runs what is of one frame so that it stops no other. */
  guard(frame: Element, run: () => void): void;
  signal: AbortSignal;
}

export interface Frames {
  follow(frame: HTMLIFrameElement): void;
  /** Whether any has gone, of which nothing else tells. */
  look(): void;
}

interface Following {
  src: string;
  /** Whose player it may be. */
  protocols: Protocol[];
  timer: ReturnType<typeof setTimeout> | undefined;
  medium: unknown;
  isPlaying: boolean;
  position: number;
  /** Of the position, in milliseconds of the page's life. */
  at: number;
  duration: number;
}

const parse = (data: unknown): Message =>
  typeof data === 'string' ? tryOrUndefined(() => JSON.parse(data)) : data;

/** Nobody's, where it is no address at all. */
const protocolOf = (address: string) => {
  const host = tryOrUndefined(() => new URL(address).hostname) ?? '';
  return PROTOCOLS.find((protocol) => protocol.host.test(host));
};

/** The player comes later, from a script or a link in the frame, and no attribute tells of it. */
const isBlank = ({ src, srcdoc }: HTMLIFrameElement) => !src || srcdoc || /^(about|javascript):/.test(src);

const warn = (src: string, what: string) =>
  tryOrUndefined(() => console.warn(`personalize-beacon: ${what}: ${src || 'a frame without src'}`));

export const followFrames = ({ begin, suspect, progress, rest, guard, signal }: FramesOptions): Frames => {
  const followed = new Map<HTMLIFrameElement, Following>();

  // To whoever is in the frame by now: to name an origin that is not there yet would be an error in the console.
  const say = (frame: HTMLIFrameElement, what: unknown) => frame.contentWindow?.postMessage(what, '*');

  const greet = (frame: HTMLIFrameElement, following: Following, times = MAX_HELLOS) => {
    const { src, protocols, timer } = following;
    clearTimeout(timer);
    if (signal.aborted || !frame.isConnected || !protocols[0]) return;
    // A document that can be seen is the page's own: the player's has not come, and `load` tells of it.
    const isHere = !frame.contentDocument;
    if (!times) {
      if (isHere) warn(src, "no answer from the player; YouTube's needs enablejsapi=1");
      return;
    }
    if (isHere) for (const { hello } of protocols) say(frame, hello);
    following.timer = setTimeout(
      () => guard(frame, () => greet(frame, following, times - 1)),
      HELLO_EVERY_MS,
    );
  };

  const start = (frame: HTMLIFrameElement) => {
    const { src } = frame;
    const protocol = protocolOf(src);
    if (!protocol && !isBlank(frame)) warn(src, 'data-personalize-media follows frames of YouTube and Vimeo');
    const following = {
      src,
      protocols: protocol ? [protocol] : isBlank(frame) ? PROTOCOLS : [],
      timer: followed.get(frame)?.timer,
      medium: undefined,
      isPlaying: false,
      position: 0,
      at: 0,
      duration: 0,
    };
    followed.set(frame, following);
    greet(frame, following);
  };

  const hear = (frame: Element, following: Following, said: Said) => {
    const { position, duration, medium, isPlaying = following.isPlaying } = said;
    if (medium) {
      if (following.medium && medium !== following.medium) {
        begin(frame);
        // The next position is the first of this one.
        following.position = Number.NaN;
        following.duration = 0;
      }
      following.medium = medium;
    }
    if (typeof duration === 'number') {
      if (following.duration && Math.abs(duration - following.duration) > SAME_SECONDS) suspect(frame);
      following.duration = duration;
    }
    if (typeof position === 'number') {
      const now = performance.now();
      const step = position - following.position;
      const furthest = ((now - following.at) / 1000) * MAX_RATE + SLACK_SECONDS;
      if (following.isPlaying && step > 0 && step < furthest) {
        progress(frame, following.duration, [following.position, position]);
      }
      following.position = position;
      following.at = now;
    }
    if (following.isPlaying && !isPlaying) rest(frame);
    following.isPlaying = isPlaying;
  };

  const onMessage = (event: Event) => {
    const { source, origin, data } = event as MessageEvent;
    // The browser vouches for this origin, whatever address the frame was given.
    const protocol = source && protocolOf(origin);
    const message = protocol && parse(data);
    if (!message) return;
    for (const [frame, following] of followed) {
      guard(frame, () => {
        if (frame.contentWindow !== source) return;
        if (protocol.isAnswer(message)) {
          clearTimeout(following.timer);
          for (const wish of protocol.wishes) say(frame, wish);
        }
        hear(frame, following, protocol.read(message));
      });
    }
  };

  /** Whatever is in the frame now knows of nobody yet. */
  const onLoad = ({ target }: Event) => {
    const frame = target as HTMLIFrameElement;
    guard(frame, () => {
      const following = followed.get(frame);
      if (following?.src === frame.src) {
        following.isPlaying = false;
        greet(frame, following);
      } else if (following) {
        begin(frame);
        start(frame);
      }
    });
  };

  return {
    follow(frame) {
      if (followed.has(frame)) return;
      // Each listens once, however often it is added.
      listen(window, 'message', onMessage, signal);
      listen(frame, 'load', onLoad, signal);
      start(frame);
    },
    look() {
      for (const [frame, { timer }] of followed) {
        if (frame.isConnected) continue;
        clearTimeout(timer);
        followed.delete(frame);
        guard(frame, () => rest(frame));
      }
    },
  };
};
