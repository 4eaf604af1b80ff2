/** What a value must be, in words, and whether one is. */
export type Check = [expected: string, passes: (value: unknown) => boolean];
export declare const isPlainObject: (value: unknown) => value is Record<string, unknown>;
/** Counted in Unicode characters, as AWS does, where `length` counts an emoji twice. */
export declare const hasLength: (value: unknown, max: number) => boolean;
export declare const text: (max: number) => Check;
export declare const oneOf: (...values: unknown[]) => Check;
/**
 * Parts what is well in `input` from what is not, with a message for each: name, limit and value. What is
 * undefined counts as absent.
 */
export declare const check: <T extends object>(input: T, checks: { [Name in keyof T]-?: Check; }) => {
    valid: Partial<T>;
    problems: string[];
};
/** The number that an attribute's text is; the text itself where it is none, for a check to show. */
export declare const numberOrText: (value: string) => number | string;
