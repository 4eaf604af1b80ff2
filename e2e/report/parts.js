// @ts-check
// The saved figures of a measuring command. Each part can be measured by itself, so it carries its own origin.
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import stringify from 'json-stringify-pretty-compact';
import { sourceCommit } from './commits.js';

/**
 * @typedef {{ commit: string, date: string, browser: string, cores: number }} Origin
 *   `commit`: the last one that changed the source, as `sourceCommit` returns it; `browser`: its name and version
 */
/**
 * @template {Origin} Part
 * @typedef {Record<string, Part>} Parts by name
 */

const MAX_LINE = 110;

/** Returns the origin of figures that are measured now. @param {string} browser @returns {Origin} */
export const originOf = (browser) => ({
  commit: sourceCommit(),
  date: new Date().toISOString(),
  browser,
  cores: cpus().length,
});

/** Adds the parts of an earlier run that a run did not measure, in the given order. @template {Origin} Part @param {Parts<Part>} latest @param {Parts<Part>} earlier @param {string[]} order @returns {Parts<Part>} */
export const mergeParts = (latest, earlier, order) => {
  const all = { ...earlier, ...latest };
  return Object.fromEntries(order.flatMap((name) => (all[name] ? [[name, all[name]]] : [])));
};

/** @param {string | URL} file @param {Parts<any>} parts */
export const saveParts = (file, parts) => writeFile(file, `${stringify(parts, { maxLength: MAX_LINE })}\n`);

/** Returns the parts of a file; none if the file does not exist. @param {string | URL} file @returns {Promise<Parts<any>>} */
export const loadParts = async (file) => {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return {};
    throw error;
  }
};
