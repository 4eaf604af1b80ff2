/** SHA-256 of a message of less than 512 MiB, in one go. */
export declare const sha256: (message: ArrayLike<number>) => Uint8Array;
