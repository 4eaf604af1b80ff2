import { tryOrUndefined } from '../../contract/try.js';
import { listen } from './lifecycle.js';

/** Without the fragment, unless that is what a router goes by. */
const address = () => location.href.replace(/#(?![/!]).*/, '');

/** Without the query, a router's own in the fragment either. */
const path = () => address().replace(/\?[^#]*/g, '');

/**
 * Runs whenever the page has another address, by whatever way a script or the visitor changed it. Where the browser
 * has no Navigation API (Firefox before 147, Safari before 26.2) nothing tells of `pushState`: what this returns is to be
 * called when something on the page has changed.
 * @param what `path`: whether the query is another one does not matter
 */
export const onUrlChange = (what: 'path' | 'address', run: () => void, signal: AbortSignal): (() => void) => {
  const read = what === 'path' ? path : address;
  let known = read();
  const look = () => {
    const now = read();
    if (now === known) return;
    known = now;
    run();
  };
  const { navigation } = window as Window & { navigation?: EventTarget };
  listen(window, 'popstate', look, signal);
  // A page may have something else of that name, which may even be an element.
  tryOrUndefined(() => listen(navigation as EventTarget, 'currententrychange', look, signal));
  return look;
};
