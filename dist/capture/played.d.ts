/** The parts of a medium that have been played, in seconds from its start. */
export interface Played {
    add(from: number, to: number): void;
    /** How much of it that is, each second counted once. */
    seconds(): number;
}
export declare const createPlayed: () => Played;
