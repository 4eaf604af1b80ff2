import { type Dispatch, type DispatchOptions } from './dispatch.js';
/** Delivers to an endpoint of the site's own. A file of its own, without what signs. */
export declare const createDispatch: (options: DispatchOptions) => Dispatch;
