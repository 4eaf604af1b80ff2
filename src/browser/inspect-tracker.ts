import type { InspectedParts, Inspection } from './debug.js';
import { withTimeout } from './platform/timeout.js';
import { loadDebug } from './reporter.js';

/** Timeout of loading the chunk `debug`. */
const LOAD_TIMEOUT_MS = 3000;

/** Returns a tracker's state as plain data. Loads the chunk `debug`. */
export const inspectTracker = async (parts: InspectedParts): Promise<Inspection> => {
  const { inspect } = await withTimeout(LOAD_TIMEOUT_MS, loadDebug(parts.settings.chunkUrl));
  return inspect(parts);
};
