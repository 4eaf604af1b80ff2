import { type Dispatch, type DispatchOptions } from './dispatch.js';
/** Delivers to AWS. A file of its own: a page records and keeps events before it is there. */
export declare const createDispatch: (options: DispatchOptions) => Dispatch;
