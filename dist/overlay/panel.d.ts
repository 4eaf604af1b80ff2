import type { Inspection } from '../debug.js';
import type { RecordedEvent } from '../event.js';
import type { Mark } from './marks.js';
export interface Panel {
    /** What the tracker knows; nothing, where there is none. */
    state(inspection: Partial<Inspection> | undefined): void;
    marks(marks: Mark[]): void;
    /** What has become of an event. */
    event(kind: 'queued' | 'delivered' | 'rejected', event: Partial<RecordedEvent>, reason?: string): void;
    error(reason: string): void;
}
/** @param go scrolls to a mark and points at it */
export declare const createPanel: (root: ShadowRoot, go: (mark: Mark) => void, close: () => void) => Panel;
