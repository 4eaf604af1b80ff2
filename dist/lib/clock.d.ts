/** The visitor's clock, corrected by what a server said. All times are Unix milliseconds. */
export interface Clock {
    /** True time as far as it is known. */
    now(): number;
    /** Milliseconds to add to the visitor's clock. */
    offset: number;
    /** The offset, where it is sure: an answer has told it, and the clock has not been set since. */
    known(): number | undefined;
    /** Learns from the `Date` of an answer that cannot have come from a cache. */
    learn(date: string | null): void;
}
/** @param elapsed milliseconds since some moment, whatever the clock is set to */
export declare const createClock: (now?: () => number, elapsed?: () => number) => Clock;
