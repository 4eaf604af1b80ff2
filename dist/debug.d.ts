/** Says in the console what happens to each event; and once when a page goes past a limit of the dataset's. */
export declare const createPrinter: () => ((kind: string, detail: object) => void);
/** What `inspect()` tells. */
export interface Inspection {
    trackingId: string;
}
export declare const inspect: (parts: any) => Inspection;
