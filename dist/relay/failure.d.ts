/** An error in one line, without secrets. */
export declare const summaryOf: (error: unknown) => string;
/**
 * What the page is told when a batch could not be passed on. The service's word on the batch, and on its own state, in
 * its own terms. Whatever else stands between relay and service is nothing that a page could mend: it is to try again.
 */
export declare const answerTo: (error: unknown) => Response;
