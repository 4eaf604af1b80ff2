import type { Answer } from './lib/http.js';
/** What becomes of a batch. */
export type Verdict = {
    do: 'forget';
} | {
    do: 'retry';
    inMs: number;
}
/** Signed anew, with credentials asked for anew where the old ones are to blame. */
 | {
    do: 'resign';
    renew: boolean;
} | {
    do: 'split';
} | {
    do: 'drop';
    because: string;
}
/** Nothing that waits would fare better: keep it and stop. */
 | {
    do: 'halt';
    because: string;
};
export interface Attempt {
    /** Events in the batch. */
    size: number;
    /** Failures in a row before this one. */
    failures: number;
    /** Whether this very batch has been signed anew already. */
    resigned: boolean;
    /** False when it was credentials that were asked for, and no batch sent. */
    posted: boolean;
    /** 0 to 1, at random. */
    jitter: () => number;
}
export declare const settle: (answer: Answer, { size, failures, resigned, posted, jitter }: Attempt) => Verdict;
