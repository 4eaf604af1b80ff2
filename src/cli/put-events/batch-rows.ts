import { MAX_BATCH_EVENTS } from '../../contract/limits.js';
import type { Interaction } from './interactions.js';

/**
 * Rows that wait for others of their user and session: in a file sorted by time, many users' rows lie in between. A larger
 * window makes fuller batches; this one takes some 100 MB of memory.
 */
const WINDOW_ROWS = 20_000;

/** Yields batches of one user and session each, in the file's order, as full as a window of rows allows. */
export async function* batchRows(
  interactions: AsyncIterable<Interaction>,
  windowRows: number = WINDOW_ROWS,
): AsyncGenerator<Interaction[]> {
  const groups = new Map<string, Interaction[]>();
  let waiting = 0;
  for await (const interaction of interactions) {
    const key = JSON.stringify([interaction.userId, interaction.sessionId]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(interaction);
    waiting++;
    const isFull = group.length === MAX_BATCH_EVENTS;
    if (!isFull && waiting < windowRows) continue;
    // A map's first key is the one that has waited longest.
    const due = isFull ? key : (groups.keys().next().value as string);
    const batch = groups.get(due) as Interaction[];
    groups.delete(due);
    waiting -= batch.length;
    yield batch;
  }
  yield* groups.values();
}
