/** Decides which sites' pages may send: those of the relay's own origin, and of `origins`. */
export declare const createOriginCheck: (origins: string[]) => {
    /** Throws the answer to a page that may not. */
    check(request: Request): void;
    /** Without these a page of another origin cannot read the answer. */
    headersFor(request: Request): Record<string, string>;
};
/** The answer to a preflight, which JSON from another origin asks for. */
export declare const allowPost: () => Response;
