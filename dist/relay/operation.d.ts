import type { Operation } from '../wire.js';
/** The operation that a request is for; throws the answer where it is for none. */
export declare const operationOf: ({ method, url }: Request) => Operation;
