/** Rejects, without a reason, when `promise` has not settled in `ms`: what never answers must not be waited for. */
export declare const within: <T>(ms: number, promise: Promise<T>) => Promise<T>;
