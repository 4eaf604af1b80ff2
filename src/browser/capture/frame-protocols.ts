import { tryOrUndefined } from '../../contract/try.js';

// biome-ignore lint/suspicious/noExplicitAny: a stranger's message, read with care
type Message = any;

/** The state of a player, as one of its messages tells it. */
export interface PlayerState {
  /** Seconds from the start. */
  position?: unknown;
  duration?: unknown;
  /** Absent: as before. */
  isPlaying?: boolean | undefined;
  /** An ID of what it plays. */
  medium?: unknown;
}

/** The messages of one kind of player, in a frame that is on the page already: no script of its vendor is loaded. */
export interface Protocol {
  /** The vendor's hosts, in a frame's address and in the origin of messages: one may redirect to another. */
  host: RegExp;
  /** Sent until the player answers, as text: a frame without an address of its own may hold either kind. */
  hello: string;
  isAnswer(message: Message): unknown;
  /** Sent when the player has answered: the events to report. */
  subscriptions: unknown[];
  read(message: Message): PlayerState;
}

const YOUTUBE_PLAYING = 1;

export const PROTOCOLS: Protocol[] = [
  {
    // As YouTube's own script does it (https://developers.google.com/youtube/iframe_api_reference): of position,
    // duration and state, the player sends those that have changed.
    host: /(^|\.)(youtube(-nocookie|education)?\.com|youtube\.googleapis\.com)\.?$/,
    hello: '{"event":"listening","id":1,"channel":"widget"}',
    isAnswer: () => true,
    subscriptions: [],
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
    subscriptions: ['timeupdate', 'pause', 'ended', 'loaded'].map((value) => ({
      method: 'addEventListener',
      value,
    })),
    read: ({ event, data }) => ({
      position: data?.seconds,
      duration: data?.duration,
      // It sends other messages, too, while it plays.
      isPlaying: /^(pause|ended)$/.test(event) ? false : event === 'timeupdate' || undefined,
      medium: event === 'loaded' && data?.id,
    }),
  },
];

/** Returns the protocol for an address or origin; undefined if it is none of theirs, or no address at all. */
export const protocolOf = (address: string): Protocol | undefined => {
  const host = tryOrUndefined(() => new URL(address).hostname) ?? '';
  return PROTOCOLS.find((protocol) => protocol.host.test(host));
};

/** Returns the message in the data of a `message` event, which may be JSON text. */
export const parseMessage = (data: unknown): Message =>
  typeof data === 'string' ? tryOrUndefined(() => JSON.parse(data)) : data;
