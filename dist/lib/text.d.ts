/** A value as a message shows it. */
export declare const show: (value: unknown) => string;
/** The number that an attribute's text is; the text itself where it is none, for a check to show. */
export declare const numberOrText: (text: string) => number | string;
