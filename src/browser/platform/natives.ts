// Pages may replace or patch any global. In every module, libraries included, the build writes `natives.Map` for `Map`,
// and likewise for each name in `CHECKS` (esbuild.config.mjs): other code writes `new Map()` as usual.

import { tryOrUndefined } from '../../contract/try.js';

type Realm = typeof globalThis;

const page: Realm = globalThis;

let frameRealm: Realm | undefined;

/**
 * Returns the globals of an empty frame, which no script has touched. A last resort: creating a frame takes
 * milliseconds.
 */
const untouched = (): Realm =>
  (frameRealm ??= document.head.appendChild(document.createElement('iframe')).contentWindow as Window &
    Realm);

const mapWorks = (it: MapConstructor) => new it([[it, 1]]).get(it);
const setWorks = (it: SetConstructor) => new it([it]).has(it);

/** Tests whether a global behaves like the browser's own. */
const CHECKS = {
  Map: mapWorks,
  WeakMap: mapWorks as (it: unknown) => unknown,
  Set: setWorks,
  WeakSet: setWorks as (it: unknown) => unknown,
  Reflect: (it) => it.get([1], 0),
  Symbol: (it) => it.for('a').description,
  URL: (it) => new it('a:b').href,
  TextEncoder: (it) => new it().encode('a')[0],
  Event: (it) => new it('a').type,
  Request: (it) => it.prototype.clone,
  crypto: (it) => it.getRandomValues(new Uint8Array(1)),
  performance: (it) => it.now(),
  console: (it) => it.error.call,
  // `addEventListener` and `fetch` do not accept a polyfill's signal.
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
 * The globals that the script uses: the page's, or a frame's where the page's fails its check. If the frame's fails as
 * well, the page's stays: code that uses it fails with an error that names it.
 */
export const natives = {
  // An async function returns the browser's own Promise; a polyfill's may lack `finally`.
  Promise: (async () => {})().constructor,
  untouched,
} as Pick<Realm, Names | 'Promise'> & { untouched: typeof untouched };
// On a server `init()` may run. It finds each global once it uses it: reading all of them would load some.
if (typeof document !== 'object') Object.setPrototypeOf(natives, page);
for (const name of typeof document === 'object' ? Object.keys(CHECKS) : []) {
  const works = (realm: Realm): unknown =>
    tryOrUndefined(() => CHECKS[name as Names](realm[name as Names] as never));
  const realm = works(page) || !tryOrUndefined(() => works(untouched())) ? page : untouched();
  natives[name as 'Map'] = realm[name as 'Map'];
}

const json = natives.JSON;

/** Returns a copy without prototypes. */
const withoutPrototypes = (value: unknown): unknown => {
  if (typeof value !== 'object' || !value) return value;
  const copy = Object.setPrototypeOf(Array.isArray(value) ? [...value] : { ...value }, null);
  for (const key in copy) copy[key] = withoutPrototypes(copy[key]);
  return copy;
};

/** Ignores `toJSON`, which Prototype.js 1.6 and others add to the prototypes of built-ins. */
natives.JSON = {
  parse: (text: string) => json.parse(text),
  // Copies only if it must: a page may have a megabyte to write on unload.
  stringify: (value: unknown): string =>
    json.stringify(([] as { toJSON?: unknown }).toJSON ? withoutPrototypes(value) : value),
} as typeof JSON;
