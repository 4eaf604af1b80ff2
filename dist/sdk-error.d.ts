import { type Verdict } from './settle.js';
/** What the tracker would do with a batch of this size, had the page itself had the answer and its repeats were used up. */
export declare const verdictOf: (error: unknown, size: number) => Verdict;
