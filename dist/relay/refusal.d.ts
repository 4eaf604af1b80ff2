/**
 * An error in the service's form, which the tracker settles as it does the service's own.
 * @param kind as AWS names it
 * @param message what the page's console says of it: no secret, nothing of the machine
 */
export declare const refuse: (status: number, kind: string, message: string, headers?: Record<string, string>) => Response;
/**
 * Not now: the tracker keeps the batch and sends it again after `seconds`, or up to a half less, at random, so that
 * pages that were refused together do not come back together.
 */
export declare const refuseForNow: (seconds: number, message: string) => Response;
