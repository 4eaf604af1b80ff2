import { sha256 } from '../../contract/sha256.js';
import { type Credentials, createSigner, type Signer } from '../../contract/sigv4.js';
import { whenIdle } from '../platform/lifecycle.js';

/** Keeps the signer of the latest credentials, and warms it in idle time: the first signature of a page is slow. */
export interface WarmSigner {
  /** Returns the signer of credentials: the same until they change. */
  get(credentials: Credentials, region: string): Signer;
  /** Returns whether the signer has derived its key, and the engine has compiled its code. */
  isWarm(): boolean;
}

/** Blocks after which an engine has compiled the hash; Chromium needs some 40. */
const BLOCKS_TO_COMPILE = 64;

/** Longest time of hashing in one idle period, in milliseconds. */
const SLICE_MS = 3;

/** Fills one block of the hash with its padding. */
const BLOCK = new Uint8Array(50);

/** Has the size of a small batch; is never sent. */
const SAMPLE = { url: 'https://localhost/events', body: '-'.repeat(400) };

const idle = () => new Promise<void>((resolve) => whenIdle(resolve));

/** @param now returns Unix milliseconds, correct */
export const createWarmSigner = (now: () => number): WarmSigner => {
  let known: Credentials | undefined;
  let signer: Signer | undefined;
  let isWarm = false;
  let blocks = 0;

  const warmUp = async (cold: Signer) => {
    while (blocks < BLOCKS_TO_COMPILE) {
      await idle();
      const end = performance.now() + SLICE_MS;
      for (; blocks < BLOCKS_TO_COMPILE && performance.now() < end; blocks++) sha256(BLOCK);
    }
    // A part at a time: on a slow phone each may take a frame.
    await idle();
    cold.deriveKey();
    await idle();
    cold.signHeaders(SAMPLE);
    await idle();
    cold.presign(SAMPLE);
    if (signer === cold) isWarm = true;
  };

  return {
    get(credentials, region) {
      if (!signer || credentials !== known) {
        known = credentials;
        isWarm = false;
        signer = createSigner(credentials, region, now);
        // If it throws, so does the first signature, which is handled.
        warmUp(signer).catch(() => {});
      }
      return signer;
    },
    isWarm: () => isWarm,
  };
};
