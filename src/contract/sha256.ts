// FIPS 180-4 (https://doi.org/10.6028/NIST.FIPS.180-4), for whole messages only. `crypto.subtle` returns a promise,
// which is too late on unload. Libraries are four times as large: they have streams and tables of constants.

/** The first 64 primes. */
const PRIMES: number[] = [];
for (let n = 2; n < 312; n++) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);

/**
 * Returns the first 32 bits of the fractional part of each prime's root: the standard takes its constants from them.
 */
const fractions = (root: (prime: number) => number) =>
  Int32Array.from(PRIMES, (prime) => (root(prime) % 1) * 2 ** 32);
const START = fractions(Math.sqrt).slice(0, 8);
const ROUNDS = fractions(Math.cbrt);

/** Rotates to the right. Shifts count modulo 32: a shift by `-n` is one by `32 - n`. */
const rotate = (x: number, by: number) => (x >>> by) | (x << -by);

type EightNumbers = [number, number, number, number, number, number, number, number];

/**
 * Returns the SHA-256 of a message of less than 512 MiB. Most messages are hashed before an engine has compiled this
 * function: typed arrays and plain assignments then take at most half the time of destructuring.
 */
export const sha256 = (message: ArrayLike<number>): Uint8Array => {
  const { length } = message;
  // Padding: one bit after the message, and its length in bits at the end of the last 64-byte block.
  const bytes = new Uint8Array(((length + 72) >> 6) << 6);
  bytes.set(message);
  bytes[length] = 0x80;
  const words = new DataView(bytes.buffer);
  words.setInt32(bytes.length - 4, length * 8);

  const state = START.slice();
  const w = new Int32Array(64);
  for (let block = 0; block < bytes.length; block += 64) {
    let [a, b, c, d, e, f, g, h] = state as Iterable<number> as EightNumbers;
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = words.getInt32(block + i * 4);
      else {
        const x = w[i - 15] as number;
        const y = w[i - 2] as number;
        w[i] =
          (w[i - 16] as number) +
          (rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)) +
          (w[i - 7] as number) +
          (rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10));
      }
      const t1 =
        h +
        (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
        ((e & f) ^ (~e & g)) +
        (ROUNDS[i] as number) +
        (w[i] as number);
      const t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    state.set([a, b, c, d, e, f, g, h].map((value, i) => value + (state[i] as number)));
  }
  state.forEach((value, i) => {
    words.setInt32(i * 4, value);
  });
  return bytes.slice(0, 32);
};
