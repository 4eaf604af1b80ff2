// Compiled, never run: only the package's entries can be imported.
import 'personalize-beacon/personalize.js';
// @ts-expect-error: an entry does not export its inner modules
import { resolveOptions } from 'personalize-beacon';
// @ts-expect-error: an inner module is no entry
import { createQueue } from 'personalize-beacon/dist/queue.js';

export { createQueue, resolveOptions };
