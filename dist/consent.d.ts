import type { Shared } from './lib/notes.js';
/** Whether anything may be recorded, stored, asked for and sent, and what waits to know. */
export interface Consent {
    /** Why not; empty when it may be, undefined while nobody has been asked. */
    refusal(): string | undefined;
    /** Runs at once, or when it is decided, whichever way. Where too many wait it never does, and this returns why. */
    whenDecided(run: () => void): string | undefined;
    /** To be called when a page is seen for the first time; before that nothing is decided. */
    decide(): void;
    /** What the visitor, or the site on his behalf, has answered on this page. */
    consent(isGranted: boolean): void;
    /** What the visitor has chosen for good. */
    optOut(isOut?: boolean): void;
}
/**
 * @param isRequired nothing may be before it is granted; else it counts as granted until it is refused
 * @param isRefusedByBrowser the visitor has told his browser that he wants none of it
 * @param mark is not read before consent
 * @param onChange the refusal is another
 */
export declare const createConsent: (isRequired: boolean, isRefusedByBrowser: boolean, mark: Shared<number>, onChange: () => void) => Consent;
