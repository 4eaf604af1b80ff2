import { tryOrUndefined } from '../../contract/try.js';
import { listen } from './lifecycle.js';

/** Returns the URL without the fragment, unless a router uses that. */
const address = () => location.href.replace(/#(?![/!]).*/, '');

/** Returns the address without the query, and without one in a router's fragment. */
const path = () => address().replace(/\?[^#]*/g, '');

/**
 * Runs whenever the page's URL changes, by a script or by the visitor.
 * @param part `path`: a change of the query alone does not count
 * @returns checks the URL. Call it when the page has changed: without the Navigation API (Firefox before 147, Safari before
 * 26.2) no event reports `pushState`
 */
export const onUrlChange = (part: 'path' | 'address', run: () => void, signal: AbortSignal): (() => void) => {
  const read = part === 'path' ? path : address;
  let known = read();
  const check = () => {
    const now = read();
    if (now === known) return;
    known = now;
    run();
  };
  const { navigation } = window as Window & { navigation?: EventTarget };
  listen(window, 'popstate', check, signal);
  // A page may use this name for something else, even for an element.
  tryOrUndefined(() => listen(navigation as EventTarget, 'currententrychange', check, signal));
  return check;
};
