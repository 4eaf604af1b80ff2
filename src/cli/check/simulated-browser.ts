import type { Answer, PostRequest } from '../../contract/answer.js';
import { type Clock, createClock } from '../../contract/clock.js';
import { request } from '../request.js';
import { allowsOrigin, exposes, isCrossOrigin } from './cors.js';
import { type Trouble, troubleOf } from './trouble.js';

/** What came of a request. */
export interface Reply {
  answer: Answer;
  headers: Headers;
  /** Why there is no answer. */
  trouble?: Trouble;
}

/** Sends what a browser sends for a page of some origin. */
export interface Browser {
  origin: string;
  /** This machine's clock, corrected by what a page could have read. */
  clock: Clock;
  /** The same, by whatever was answered. */
  measured: Clock;
  get(url: string): Promise<Reply>;
  /** @param asked names of headers, in lower case and in order */
  preflight(url: string, asked: string[]): Promise<Reply>;
  post(request: PostRequest): Promise<Reply>;
  /** As `sendBeacon` does with a string. */
  beacon(url: string, body: string): Promise<Reply>;
}

/** @param timeLimitMs of each request */
export const createBrowser = (origin: string, timeLimitMs: number): Browser => {
  const clock = createClock(() => performance.now());
  const measured = createClock(() => performance.now());

  const ask = async (url: string, init: RequestInit): Promise<Reply> => {
    const headers = { ...(init.headers as Record<string, string>), origin };
    const { error, ...reply } = await request(url, { ...init, headers }, timeLimitMs);
    return error ? { ...reply, trouble: troubleOf(url, error, timeLimitMs) } : reply;
  };

  const post: Browser['post'] = async ({ url, headers, body }) => {
    const reply = await ask(url, { method: 'POST', headers, body });
    const date = reply.headers.get('date');
    measured.learn(date);
    const isReadable =
      !isCrossOrigin(url, origin) || (allowsOrigin(reply.headers, origin) && exposes(reply.headers, 'Date'));
    if (isReadable) clock.learn(date);
    return reply;
  };

  return {
    origin,
    clock,
    measured,
    get: (url) => ask(url, {}),
    preflight: (url, asked) =>
      ask(url, {
        method: 'OPTIONS',
        headers: {
          'access-control-request-method': 'POST',
          'access-control-request-headers': asked.join(','),
        },
      }),
    post,
    beacon: (url, body) => post({ url, body, headers: { 'content-type': 'text/plain;charset=UTF-8' } }),
  };
};
