/**
 * SHA-256 of a message of less than 512 MiB, in one go. Most messages are hashed before an engine has compiled this:
 * typed arrays and plain assignments take a third there of what destructuring does.
 */
export declare const sha256: (message: ArrayLike<number>) => Uint8Array;
