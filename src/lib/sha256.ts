// FIPS 180-4 (https://doi.org/10.6028/NIST.FIPS.180-4), whole messages only: `crypto.subtle` answers by a promise, which
// on the way out is too late, and libraries carry four times the bytes for streams and for constants.

const PRIMES: number[] = [];
for (let n = 2; PRIMES.length < 64; n++) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);

/** The first 32 bits behind the point, where the standard takes its constants from. */
const fraction = (x: number) => ((x % 1) * 2 ** 32) | 0;
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));

/** Three rotations to the right, joined; a shift instead of the last where `shift` says so. */
const mix = (x: number, a: number, b: number, c: number, shift = false) =>
  ((x >>> a) | (x << (32 - a))) ^ ((x >>> b) | (x << (32 - b))) ^ ((x >>> c) | (shift ? 0 : x << (32 - c)));

/** SHA-256 of a message of less than 512 MiB, in one go. */
export const sha256 = (message: Uint8Array): Uint8Array => {
  const { length } = message;
  // One bit and the length behind the message, in whole blocks of 64 bytes.
  const bytes = new Uint8Array(((length + 72) >> 6) << 6);
  bytes.set(message);
  bytes[length] = 0x80;
  const words = new DataView(bytes.buffer);
  words.setUint32(bytes.length - 4, length * 8);

  const state = Int32Array.from(START);
  const w = new Int32Array(64);
  for (let block = 0; block < bytes.length; block += 64) {
    let [a, b, c, d, e, f, g, h] = state as unknown as number[] as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let i = 0; i < 64; i++) {
      const at = (back: number) => w[i - back] as number;
      w[i] =
        i < 16
          ? words.getInt32(block + i * 4)
          : at(16) + mix(at(15), 7, 18, 3, true) + at(7) + mix(at(2), 17, 19, 10, true);
      const t = h + mix(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + (ROUNDS[i] as number) + at(0);
      const u = mix(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = (d + t) | 0;
      d = c;
      c = b;
      b = a;
      a = (t + u) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => {
      state[i] = (state[i] as number) + value;
    });
  }
  state.forEach((value, i) => {
    words.setInt32(i * 4, value);
  });
  return bytes.slice(0, 32);
};
