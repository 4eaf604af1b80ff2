/**
 * Runs whenever the page has another address, by whatever way a script or the visitor changed it. Where the browser
 * has no Navigation API (Firefox before 147, Safari before 26.2) nothing tells of `pushState`: what this returns is to be
 * called when something on the page has changed.
 */
export declare const watchAddress: (run: () => void, signal: AbortSignal) => (() => void);
