// The page's scripts are not the browser: a page may give any global name to something of its own, or patch what is there.
// In every module, libraries included, the build makes `natives.Map` of `Map`, and so on with each name in `CHECKS`
// (esbuild.config.mjs): other code writes `new Map()` as usual.

import { tryOrUndefined } from '../../contract/try.js';

type Realm = typeof globalThis;

const page: Realm = globalThis;

let fresh: Realm | undefined;

/** Returns the globals of an empty frame, which no script has touched. The last resort: a frame takes milliseconds. */
const untouched = (): Realm =>
  (fresh ??= document.head.appendChild(document.createElement('iframe')).contentWindow as Window & Realm);

const mapKeeps = (it: MapConstructor) => new it([[it, 1]]).get(it);
const setKeeps = (it: SetConstructor) => new it([it]).has(it);

/** Whether what has the name does what the browser's does. */
const CHECKS = {
  Map: mapKeeps,
  WeakMap: mapKeeps as (it: unknown) => unknown,
  Set: setKeeps,
  WeakSet: setKeeps as (it: unknown) => unknown,
  Reflect: (it) => it.get([1], 0),
  Symbol: (it) => it.for('a').description,
  URL: (it) => new it('a:b').href,
  TextEncoder: (it) => new it().encode('a')[0],
  Event: (it) => new it('a').type,
  Request: (it) => it.prototype.clone,
  crypto: (it) => it.getRandomValues(new Uint8Array(1)),
  performance: (it) => it.now(),
  console: (it) => it.error.call,
  // A signal of a polyfill's is none to `addEventListener` and `fetch`.
  AbortController: (it) => /native/.test(`${it}`),
  MutationObserver(it) {
    const observer = new it(() => {});
    const element = document.createElement('p');
    observer.observe(element, { childList: true });
    element.append('a');
    return observer.takeRecords()[0];
  },
  IntersectionObserver: (it) => new it(() => {}, { threshold: 1 }).thresholds[0],
  JSON: (it) => it.parse(it.stringify({ a: 1 })).a,
} satisfies { [Name in keyof Realm]?: (it: Realm[Name]) => unknown };

type Names = keyof typeof CHECKS;

/**
 * What the script found as it ran: the page's, or a frame's where the page's fails its check. Where a frame has none
 * either, the page's stays: what uses it names it as it fails.
 */
export const natives = {
  // No name leads to the browser's own; a polyfill's may lack `finally`.
  Promise: (async () => {})().constructor,
  untouched,
} as Pick<Realm, Names | 'Promise'> & { untouched: typeof untouched };
// On a server nothing runs, and to look at some of them would load them.
for (const name of typeof document === 'object' ? Object.keys(CHECKS) : []) {
  const works = (realm: Realm): unknown =>
    tryOrUndefined(() => CHECKS[name as Names](realm[name as Names] as never));
  const realm = works(page) || !tryOrUndefined(() => works(untouched())) ? page : untouched();
  natives[name as 'Map'] = realm[name as 'Map'];
}

const json = natives.JSON;

/** Returns a copy that inherits nothing. */
const bare = (value: unknown): unknown => {
  if (typeof value !== 'object' || !value) return value;
  const copy = Object.setPrototypeOf(Array.isArray(value) ? [...value] : { ...value }, null);
  for (const key in copy) copy[key] = bare(copy[key]);
  return copy;
};

/** Asks no `toJSON`, which Prototype.js 1.6 and others put on the prototypes of built-ins. */
natives.JSON = {
  parse: (text: string) => json.parse(text),
  // Without a copy where it can: a page that leaves may have a megabyte to write.
  stringify: (value: unknown): string =>
    json.stringify(([] as { toJSON?: unknown }).toJSON ? bare(value) : value),
} as typeof JSON;
