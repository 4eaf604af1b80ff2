import { type Dispatch, type DispatchOptions, join } from './dispatch.js';

/** Delivers to an endpoint of the site's own. A file of its own, without what signs. */
export const createDispatch = (options: DispatchOptions): Dispatch => join(options);
