import { type BatchRequest } from './batch.js';
import type { CredentialsKeeper } from './credentials.js';
import type { Item, Queue } from './queue.js';
import type { Sender } from './send.js';
export interface Delivery {
    /** An event has been queued: it is sent when enough wait, or after the interval. */
    queued(): void;
    /** Gets credentials before they are needed: on the way out only what is in memory signs. */
    prepare(): void;
    /**
     * Takes up what the queue holds, and tries again at once what got no answer: at the start of a page, at its
     * return, when it is looked at again or has a network again.
     */
    resume(): void;
    /** Sends all that waits; resolves when each of these events is settled, or sending stops. */
    flush(): Promise<void>;
    /** Sends all that waits by requests that outlive the page but whose answers can still be read. */
    hide(): void;
    /** Hands all that waits to beacons, with no await anywhere. */
    leave(): void;
    /** Takes back what `leave` let go, less what other pages have taken meanwhile; `resume` goes on. */
    comeBack(): void;
    stop(): void;
}
export interface DeliveryOptions {
    queue: Queue;
    sender: Sender;
    /** Absent: nothing is signed. */
    credentials?: Pick<CredentialsKeeper, 'current' | 'get'> | undefined;
    toRequest(batch: Item[]): BatchRequest;
    flushSize: number;
    flushIntervalMs: number;
    onDelivered(item: Item): void;
    onRejected(item: Item, because: string): void;
    onHalt(because: string): void;
}
/** The sending loop: one request at a time, so that the first one's preflight serves all. */
export declare const createDelivery: (options: DeliveryOptions) => Delivery;
