/** What `run` returns; undefined where it throws, as browsers do at what they refuse. */
export declare const attempt: <T>(run: () => T) => T | undefined;
