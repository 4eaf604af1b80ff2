// Compiled, never run: nothing but the package's entries can be imported.
import 'personalize-beacon/personalize.js';
// @ts-expect-error: what an entry is made of is not part of it
import { resolveOptions } from 'personalize-beacon';
// @ts-expect-error: nor has it an entry of its own
import { createQueue } from 'personalize-beacon/dist/queue.js';

export { createQueue, resolveOptions };
