import type { natives as Natives } from './natives.js';

/** Injected by the build: natives.ts in the script, borrowed-natives.ts in a chunk. */
declare const natives: typeof Natives;

/**
 * The globals that `fetch` is taken from: the page's, or a frame's once the page's `fetch` has returned no response.
 */
let realm: Partial<typeof globalThis> = globalThis;

/**
 * Fetches. Reads the page's `fetch` at each call, so that a wrapper installed later is used. It may throw, and may
 * return any thenable.
 */
export const request = async (url: string, init: RequestInit): Promise<Response> => {
  const { fetch } = realm;
  const response = typeof fetch === 'function' ? await fetch(url, init) : undefined;
  if (response?.headers?.get) return response;
  realm = natives.untouched();
  throw TypeError("fetch is not the browser's");
};
