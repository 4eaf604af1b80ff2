import type { Tracker, TrackerEvents } from './api.js';
import type { Trigger } from './capture/attributes.js';
import type { Consent } from './consent.js';
import { type RecordedEvent, type TrackedAction, type TrackedEvent } from './event.js';
import type { Clock } from './lib/clock.js';
import type { Settings } from './options.js';
import type { Item } from './queue.js';
/** Makes an event of what has happened, unless it must not, or is past a limit, and returns its eventId. */
export type Recorder = (input: TrackedEvent | TrackedAction, trigger?: Trigger) => string | undefined;
export interface RecorderOptions extends Pick<Consent, 'refusal' | 'whenDecided'> {
    settings: Pick<Settings, 'actionTrackingId' | 'attribution'>;
    clock: Pick<Clock, 'known'>;
    /** Gives an event what it does not say of where the visitor has come to its item from. */
    withSource(event: RecordedEvent): RecordedEvent;
    enqueue(item: Item): void;
    tell<Name extends keyof TrackerEvents>(name: Name, detail: TrackerEvents[Name]): void;
    /** Once it is aborted nothing is recorded, by listeners either, which stay where a browser knows no signals. */
    signal: AbortSignal;
}
export declare const createRecorder: ({ settings, refusal, whenDecided, clock, withSource, enqueue, tell, signal }: RecorderOptions) => Recorder;
/** The calls that record, over a recorder. An item that is null or undefined is none. */
export declare const callsOver: (record: Recorder, reject: (reason: string) => void) => Pick<Tracker, 'track' | 'trackAction'>;
