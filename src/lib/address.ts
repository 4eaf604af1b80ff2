import { listen } from './lifecycle.js';

/** Without the fragment, unless that is what a router goes by. */
const address = () => location.href.replace(/#(?![/!]).*/, '');

/**
 * Runs whenever the page has another address, by whatever way a script or the visitor changed it. Where the browser
 * has no Navigation API (Firefox before 147, Safari before 26.2) nothing tells of `pushState`: what this returns is to be
 * called when something on the page has changed.
 */
export const watchAddress = (run: () => void, signal: AbortSignal): (() => void) => {
  let known = address();
  const look = () => {
    const now = address();
    if (now === known) return;
    known = now;
    run();
  };
  const { navigation } = window as Window & { navigation?: EventTarget };
  listen(navigation ?? window, navigation ? 'currententrychange' : 'popstate', look, signal);
  return look;
};
