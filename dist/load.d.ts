import type { Dispatch, DispatchOptions } from './dispatch.js';
/** What delivers is a file of its own: until it is there, events are recorded and kept. */
export interface LazyDispatch extends Pick<Dispatch, 'leave' | 'comeBack' | 'stop'> {
    /** Absent until it is there. */
    readonly loaded: Dispatch | undefined;
    /** Resolves once it is there, or has failed to load: then the next call tries again. */
    load(): Promise<void>;
}
export declare const createLazyDispatch: (options: DispatchOptions, onLoaded: () => void) => LazyDispatch;
