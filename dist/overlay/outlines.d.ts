import type { Mark } from './marks.js';
export interface Outlines {
    /** Has a box for each of these, in place of those before. */
    show(marks: Mark[]): void;
    /** Puts each where its element is now. */
    follow(): void;
    /** The one whose label says all. */
    point(mark: Mark | undefined): void;
}
/** Draws by rules of the sheet: a page's policy may forbid styles on elements. */
export declare const createOutlines: (root: ShadowRoot, sheet: CSSStyleSheet) => Outlines;
