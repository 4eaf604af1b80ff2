// FIPS 180-4 (https://doi.org/10.6028/NIST.FIPS.180-4), whole messages only: `crypto.subtle` answers by a promise, which
// on the way out is too late, and libraries carry four times the bytes for streams and for constants.

/** The first 64. */
const PRIMES: number[] = [];
for (let n = 2; n < 312; n++) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);

/** The first 32 bits behind the point of each prime's root, where the standard takes its constants from. */
const fractions = (root: (prime: number) => number) =>
  PRIMES.map((prime) => ((root(prime) % 1) * 2 ** 32) | 0);
const START = fractions(Math.sqrt).slice(0, 8);
const ROUNDS = fractions(Math.cbrt);

/** To the right. A shift counts modulo 32: by `-n` is by `32 - n`. */
const rotate = (x: number, by: number) => (x >>> by) | (x << -by);

/** SHA-256 of a message of less than 512 MiB, in one go. */
export const sha256 = (message: ArrayLike<number>): Uint8Array => {
  const { length } = message;
  // One bit and the length behind the message, in whole blocks of 64 bytes.
  const bytes = new Uint8Array(((length + 72) >> 6) << 6);
  bytes.set(message);
  bytes[length] = 0x80;
  const words = new DataView(bytes.buffer);
  words.setInt32(bytes.length - 4, length * 8);

  let state = START;
  const w: number[] = [];
  for (let block = 0; block < bytes.length; block += 64) {
    let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const at = (back: number) => w[i - back] as number;
      w[i] =
        i < 16
          ? words.getInt32(block + i * 4)
          : (at(16) +
              (rotate(at(15), 7) ^ rotate(at(15), 18) ^ (at(15) >>> 3)) +
              at(7) +
              (rotate(at(2), 17) ^ rotate(at(2), 19) ^ (at(2) >>> 10))) |
            0;
      const t =
        h +
        (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
        ((e & f) ^ (~e & g)) +
        (ROUNDS[i] as number) +
        at(0);
      const u = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [a, b, c, d, e, f, g, h] = [(t + u) | 0, a, b, c, (d + t) | 0, e, f, g];
    }
    state = [a, b, c, d, e, f, g, h].map((value, i) => (value + (state[i] as number)) | 0);
  }
  state.forEach((value, i) => {
    words.setInt32(i * 4, value);
  });
  return bytes.slice(0, 32);
};
