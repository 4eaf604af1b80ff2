import { listen } from '../lib/lifecycle.js';
import { createPlayed, type Played } from './played.js';

// biome-ignore lint/suspicious/noExplicitAny: a stranger's message, read with care
type Message = any;

/** What a message says of its player. */
interface Said {
  /** Seconds from the start. */
  position?: unknown;
  duration?: unknown;
  /** Absent: as before. */
  isPlaying?: boolean | undefined;
}

/** How a kind of player talks, in a frame that is on the page already: no script of theirs is loaded. */
interface Protocol {
  origin: RegExp;
  /** Said until it answers. */
  hello: unknown;
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
    origin: /^https:\/\/www\.youtube(-nocookie)?\.com$/,
    hello: '{"event":"listening","id":1,"channel":"widget"}',
    isAnswer: () => true,
    wishes: [],
    read: ({ info }) => ({
      position: info?.currentTime,
      duration: info?.duration,
      isPlaying: info?.playerState === undefined ? undefined : info.playerState === YOUTUBE_PLAYING,
    }),
  },
  {
    // As Vimeo's own script does it (https://github.com/vimeo/player.js).
    origin: /^https:\/\/player\.vimeo\.com$/,
    hello: { method: 'ping' },
    isAnswer: ({ event, method }) => event === 'ready' || method === 'ping',
    wishes: ['timeupdate', 'pause', 'ended'].map((value) => ({ method: 'addEventListener', value })),
    read: ({ event, data }) => ({
      position: data?.seconds,
      duration: data?.duration,
      isPlaying: event === 'timeupdate',
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

export interface FramesOptions {
  /** Another document is in the frame. */
  begin(frame: Element): void;
  /** Seconds have been played, of so many. */
  progress(frame: Element, seconds: number, duration: number): void;
  /** It has paused, ended or gone. */
  rest(frame: Element): void;
  signal: AbortSignal;
}

export interface Frames {
  /** @param anew whether what it plays is for another item than before */
  follow(frame: HTMLIFrameElement, anew: boolean): void;
  /** Whether any has gone, of which nothing else tells. */
  look(): void;
}

interface Following {
  src: string;
  protocol: Protocol | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
  played: Played;
  isPlaying: boolean;
  position: number;
  /** Of the position, in milliseconds of the page's life. */
  at: number;
  duration: number;
}

const parse = (data: unknown): Message => {
  try {
    return typeof data === 'string' ? JSON.parse(data) : data;
  } catch {
    return undefined;
  }
};

const warn = (src: string, what: string) => console.warn(`personalize-beacon: ${what}: ${src}`);

export const followFrames = ({ begin, progress, rest, signal }: FramesOptions): Frames => {
  const followed = new Map<Element, Following>();

  // To whoever is in the frame by now: to name an origin that is not there yet would be an error in the console.
  const say = (frame: HTMLIFrameElement, what: unknown) => frame.contentWindow?.postMessage(what, '*');

  const greet = (frame: HTMLIFrameElement, following: Following, times = MAX_HELLOS) => {
    const { src, protocol, timer } = following;
    clearTimeout(timer);
    if (signal.aborted || !protocol) return;
    if (!times) return warn(src, "no answer from the player; YouTube's needs enablejsapi=1");
    say(frame, protocol.hello);
    following.timer = setTimeout(() => greet(frame, following, times - 1), HELLO_EVERY_MS);
  };

  const start = (frame: HTMLIFrameElement) => {
    const { src } = frame;
    const protocol = src ? PROTOCOLS.find(({ origin }) => origin.test(new URL(src).origin)) : undefined;
    if (src && !protocol) warn(src, 'data-personalize-media follows frames of YouTube and Vimeo');
    const following = {
      src,
      protocol,
      timer: followed.get(frame)?.timer,
      played: createPlayed(),
      isPlaying: false,
      position: 0,
      at: 0,
      duration: 0,
    };
    followed.set(frame, following);
    greet(frame, following);
  };

  const hear = (frame: Element, following: Following, said: Said) => {
    const { position, duration, isPlaying = following.isPlaying } = said;
    if (typeof duration === 'number') following.duration = duration;
    if (typeof position === 'number') {
      const now = performance.now();
      const step = position - following.position;
      const furthest = ((now - following.at) / 1000) * MAX_RATE + SLACK_SECONDS;
      if (following.isPlaying && step > 0 && step < furthest) {
        following.played.add(following.position, position);
        progress(frame, following.played.seconds(), following.duration);
      }
      following.position = position;
      following.at = now;
    }
    if (following.isPlaying && !isPlaying) rest(frame);
    following.isPlaying = isPlaying;
  };

  const onMessage = (event: Event) => {
    const { source, origin, data } = event as MessageEvent;
    for (const [element, following] of followed) {
      const frame = element as HTMLIFrameElement;
      const { protocol, timer } = following;
      if (frame.contentWindow !== source || !protocol?.origin.test(origin)) continue;
      const message = parse(data);
      if (!message) return;
      if (protocol.isAnswer(message)) {
        clearTimeout(timer);
        for (const wish of protocol.wishes) say(frame, wish);
      }
      hear(frame, following, protocol.read(message));
    }
  };

  /** Whatever is in the frame now knows of nobody yet. */
  const onLoad = ({ target }: Event) => {
    const frame = target as HTMLIFrameElement;
    const following = followed.get(frame);
    if (following?.src === frame.src) {
      following.isPlaying = false;
      greet(frame, following);
    } else if (following) {
      begin(frame);
      start(frame);
    }
  };

  return {
    follow(frame, anew) {
      if (!anew && followed.has(frame)) return;
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
        rest(frame);
      }
    },
  };
};
