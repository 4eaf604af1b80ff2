import type { Answer, PostRequest } from '../../contract/answer.js';
import { type Clock, createClock } from '../../contract/clock.js';
import { request } from '../http-request.js';
import { allowsOrigin, exposes, isCrossOrigin } from './cors.js';
import { explainFailure, type NetworkFailure } from './network-failure.js';

/** The result of a request. */
export interface SimulatedReply {
  answer: Answer;
  headers: Headers;
  /** The reason why there is no answer. */
  failure?: NetworkFailure;
}

/** Sends requests as a browser does for a page of some origin. */
export interface SimulatedBrowser {
  origin: string;
  /** This machine's clock, corrected by the `Date` headers that a page could read. */
  clock: Clock;
  /** The same, corrected by every `Date` header. */
  measured: Clock;
  get(url: string): Promise<SimulatedReply>;
  /** Sends a preflight. @param asked names of headers, in lower case and in order */
  preflight(url: string, asked: string[]): Promise<SimulatedReply>;
  post(request: PostRequest): Promise<SimulatedReply>;
  /** Sends a body as `sendBeacon` does with a string. */
  beacon(url: string, body: string): Promise<SimulatedReply>;
}

/** @param timeoutMs timeout of each request */
export const createSimulatedBrowser = (origin: string, timeoutMs: number): SimulatedBrowser => {
  const clock = createClock(() => performance.now());
  const measured = createClock(() => performance.now());

  const send = async (url: string, init: RequestInit): Promise<SimulatedReply> => {
    const headers = { ...(init.headers as Record<string, string>), origin };
    const { error, ...reply } = await request(url, { ...init, headers }, timeoutMs);
    return error ? { ...reply, failure: explainFailure(url, error, timeoutMs) } : reply;
  };

  const post: SimulatedBrowser['post'] = async ({ url, headers, body }) => {
    const reply = await send(url, { method: 'POST', headers, body });
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
    get: (url) => send(url, {}),
    preflight: (url, asked) =>
      send(url, {
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
