/**
 * SHA-256 of a message of less than 512 MiB, in one go. Most messages are hashed before an engine has compiled this:
 * typed arrays and plain assignments take half there of what destructuring does, or less.
 */
export declare const sha256: (message: ArrayLike<number>) => Uint8Array;
