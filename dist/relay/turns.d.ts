/**
 * Lets so many run at a time and so many wait for their turn.
 * @param concurrency at a time
 * @param maxWaiting for their turn
 */
export declare const createTurns: (concurrency: number, maxWaiting: number) => {
    /** Settles as `run` does; throws the answer where there is no room. */
    take(run: () => Promise<void>): Promise<void>;
    /** Lets nobody in any more; resolves when all who are in have ended. */
    close(): Promise<void>;
};
