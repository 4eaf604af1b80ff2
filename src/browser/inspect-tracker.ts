import type { InspectedParts, Inspection } from './debug.js';
import { withTimeout } from './platform/timeout.js';
import { loadDebug } from './reporter.js';

/** Timeout for the chunk that inspects. */
const LOAD_TIMEOUT_MS = 3000;

/** Copies a tracker's state as plain data, by the chunk `debug`. */
export const inspectTracker = async (parts: InspectedParts): Promise<Inspection> => {
  const { inspect } = await withTimeout(LOAD_TIMEOUT_MS, loadDebug(parts.settings.chunkUrl));
  return inspect(parts);
};
