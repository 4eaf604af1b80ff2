// @ts-check
// Estimates requests and freshness of recorded visits from the rule of the flush schedule alone, without a browser: for
// a machine that is too busy to replay them.
import { markdownTable } from 'markdown-table';
import { quantile, sum, whole } from '../bench/figures.js';

/** The time that a request takes to reach the service. */
const LATENCY_MS = 100;
const BATCH = 10;

/**
 * Returns the number of batches, and the milliseconds from recording to arrival of each event.
 * @param {import('./record.js').Visit} visit
 * @param {{ immediate: number, intervalMs: number, isSinglePage: boolean }} rule
 */
const estimateVisit = ({ steps }, { immediate, intervalMs, isSinglePage }) => {
  let batches = 0;
  let flushes = 0;
  let dueAt = Number.POSITIVE_INFINITY;
  /** When each waiting event was recorded. @type {number[]} */
  let waiting = [];
  /** @type {number[]} */
  const freshness = [];
  /** @param {number} now */
  const flush = (now) => {
    batches += Math.ceil(waiting.length / BATCH);
    freshness.push(...waiting.map((at) => now - at + LATENCY_MS));
    flushes = waiting.length ? flushes + 1 : 0;
    dueAt = waiting.length ? now + intervalMs : Number.POSITIVE_INFINITY;
    waiting = [];
  };
  const leaves = isSinglePage ? ['close', 'away'] : ['close', 'away', 'go', 'back'];
  for (const [n, { at, do: kind }] of steps.entries()) {
    while (dueAt < at) flush(dueAt);
    if (kind === 'track') waiting.push(at);
    const isTaskOver = steps[n + 1]?.at !== at;
    if (leaves.includes(kind) || kind === 'hide' || kind === 'hidden') {
      if (waiting.length) flush(at);
      if (leaves.includes(kind)) [flushes, dueAt] = [0, Number.POSITIVE_INFINITY];
    } else if (isTaskOver && waiting.length) {
      if (flushes < immediate || waiting.length >= BATCH) flush(at);
      else dueAt = Math.min(dueAt, at + intervalMs);
    }
  }
  return { batches, freshness };
};

/** Returns a table. @param {import('./record.js').Visit[]} visits */
export const estimate = (visits) => {
  const rows = [0, 1, 2, 3].flatMap((immediate) =>
    [2000, 5000, 10_000].map((intervalMs) => {
      const cells = [false, true].flatMap((isSinglePage) => {
        const of = visits.map((visit) => estimateVisit(visit, { immediate, intervalMs, isSinglePage }));
        const freshness = of.flatMap((one) => one.freshness);
        const batches = sum(of.map((one) => one.batches));
        return [whole(batches), whole(quantile(freshness, 0.5)), whole(quantile(freshness, 0.95))];
      });
      return [String(immediate), `${intervalMs / 1000} s`, ...cells];
    }),
  );
  const head = [
    'immediate',
    '`flushInterval`',
    'requests',
    'p50, ms',
    'p95, ms',
    'single-page: requests',
    'p50, ms',
    'p95, ms',
  ];
  return markdownTable([head, ...rows], { align: head.map(() => 'r') });
};
