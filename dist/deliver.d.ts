import type { halves, nextBatch, toBatches } from './batch.js';
import type { CredentialsKeeper } from './credentials.js';
import type { Answer } from './lib/http.js';
import type { Item, Queue } from './queue.js';
import type { Sender } from './send.js';
import type { settle } from './settle.js';
export interface Delivery {
    /** An event has been queued: it is sent when enough wait, or after the interval. */
    queued(item: Item): void;
    /** Takes up what the queue already holds: at the start of a page, or at its return. */
    resume(): void;
    /** Sends all that waits; resolves when each of these events is settled. */
    flush(): Promise<void>;
    /** Sends all that waits by requests that outlive the page but whose answers can still be read. */
    hide(): void;
    /** Hands all that waits to beacons, with no await anywhere. */
    leave(): void;
    /** Goes on after `leave`, less what other pages have taken meanwhile. */
    comeBack(): Promise<void>;
    /** Tries again at once what waits for its next attempt. */
    retry(): void;
    stop(): void;
}
export interface DeliveryOptions {
    queue: Queue;
    sender: Sender;
    /** Absent: nothing is signed. */
    credentials?: CredentialsKeeper | undefined;
    /** What the stages before and after decide. */
    policy: {
        nextBatch: typeof nextBatch;
        toBatches: typeof toBatches;
        halves: typeof halves;
        toBody: (batch: Item[]) => string;
        settle: typeof settle;
        /** What the failure to get credentials amounts to. */
        answerOf: (error: unknown) => Answer;
    };
    flushSize: number;
    flushIntervalMs: number;
    now: () => number;
    random: () => number;
    onDelivered(item: Item): void;
    onRejected(item: Item, because: string): void;
    onHalt(because: string): void;
}
/** The sending loop: one request at a time, so that the first one's preflight serves all. */
export declare const createDelivery: (options: DeliveryOptions) => Delivery;
