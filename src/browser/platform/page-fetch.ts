import type { natives as Natives } from './natives.js';

/** The build's: the platform's in the script, borrowed in a file that it loads. */
declare const natives: typeof Natives;

/** The page's `fetch`, wrapped or not, or a frame's where what the page's returns is no response. */
let realm: Partial<typeof globalThis> = globalThis;

/**
 * Fetches. The page's `fetch` is asked for at each call, since a wrapper that comes later has its reasons; it may throw, and
 * return any thenable.
 */
export const request = async (url: string, init: RequestInit): Promise<Response> => {
  const { fetch } = realm;
  const response = typeof fetch === 'function' ? await fetch(url, init) : undefined;
  if (response?.headers?.get) return response;
  realm = natives.untouched();
  throw TypeError("fetch is not the browser's");
};
