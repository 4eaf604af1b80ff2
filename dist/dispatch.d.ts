import type { CredentialsKeeper } from './credentials.js';
import { type Delivery, type DeliveryOptions } from './deliver.js';
import type { Clock } from './lib/clock.js';
import type { Store } from './lib/store.js';
import type { Settings } from './options.js';
import { createSender } from './send.js';
/** What a page has that something is to be delivered from. */
export interface DispatchOptions extends Pick<DeliveryOptions, 'queue' | 'onDelivered' | 'onRejected' | 'onHalt'> {
    settings: Settings;
    clock: Clock;
    /** Where credentials are kept. */
    store: Store;
    /** Whether anything may be asked for. */
    isOpen(): boolean;
    /** Another way to the service than the tracker's own. */
    toSender?: typeof createSender | undefined;
}
export interface Dispatch extends Delivery {
    /** Absent where nothing is signed. */
    credentials: CredentialsKeeper | undefined;
}
/** Joins what delivers: the sending loop, what sends for it, and what that signs with. */
export declare const join: ({ settings, clock, toSender, ...options }: DispatchOptions, credentials?: CredentialsKeeper) => Dispatch;
