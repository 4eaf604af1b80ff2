// @ts-check
// A pool of an engine's browsers.
import pLimit from 'p-limit';
import { createWorker } from './worker.js';

/** @param {import('./driver.js').Engine} engine @param {number} size browsers at a time */
export const createPool = (engine, size) => {
  const limit = pLimit(size);
  /** @type {ReturnType<typeof createWorker>[]} */
  const idle = [];
  return {
    /** @param {Parameters<ReturnType<typeof createWorker>['run']>} of */
    run: (...of) =>
      limit(async () => {
        const worker = idle.pop() ?? createWorker(engine);
        try {
          return await worker.run(...of);
        } finally {
          idle.push(worker);
        }
      }),
    close: () => Promise.all(idle.map((worker) => worker.close())),
  };
};
