/** Takes back what was installed. */
export type Stop = () => void;
/** Adds a passive listener until `signal` is aborted. (Safari before 15 knows no signals: there it stays.) */
export declare const listen: (target: EventTarget, type: string, run: (event: Event) => void, signal: AbortSignal, capture?: boolean) => void;
export declare const isVisible: () => boolean;
/** A switch of tab or app; on a phone often the last thing a page hears. On leaving a page it follows `pagehide`. */
export declare const onHidden: (run: () => void, signal: AbortSignal) => void;
export declare const onVisible: (run: () => void, signal: AbortSignal) => void;
/** The page goes away, for good or into the back/forward cache. Fires on `window` alone, never on `document`. */
export declare const onLeave: (run: () => void, signal: AbortSignal) => void;
/** The page is back from the back/forward cache, its memory as it was. */
export declare const onRestored: (run: () => void, signal: AbortSignal) => void;
declare global {
    interface Document {
        /** https://developer.mozilla.org/docs/Web/API/Document/prerendering */
        readonly prerendering?: boolean;
    }
}
/** A prerendered page may never be seen. */
export declare const isPrerendered: () => boolean;
/** Runs at once, or when a prerendered page is seen for the first time. */
export declare const whenActivated: (run: () => void) => void;
/** Runs once, when the browser has nothing better to do; at the latest after two seconds. */
export declare const whenIdle: (run: () => void) => void;
/** What has `run` run once the task is over, before others; once, however often it is called meanwhile. */
export declare const onceInNextTask: (run: () => void) => (() => void);
