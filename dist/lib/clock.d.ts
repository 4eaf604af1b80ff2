/** The visitor's clock, corrected by what a server said. All times are Unix milliseconds. */
export interface Clock {
    /** True time as far as it is known. */
    now(): number;
    /** Milliseconds to add to the visitor's clock. */
    offset: number;
    /** Learns from the `Date` of an answer that cannot have come from a cache. */
    learn(date: string | null): void;
}
export declare const createClock: (now?: () => number) => Clock;
