// @ts-check
// The variants of the flush schedule, and the tag's script with each.
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SCHEDULE = 'src/browser/delivery/flush-schedule.ts';

/**
 * @typedef {{ title: string, edits?: [from: string, to: string][], attributes?: Record<string, string> }} Variant
 *   `edits`: replacements in flush-schedule.ts; `attributes`: of the tag
 */

const IMMEDIATE = 'const IMMEDIATE_FLUSHES = 2;';
const CONDITION = 'else if (isImmediate || newEvents >= flushSize) flushInNextTask();';
/** @param {number} count @returns {[string, string]} */
const immediate = (count) => [IMMEDIATE, `const IMMEDIATE_FLUSHES = ${count};`];

/** @type {Record<string, Variant>} */
export const variants = {
  none: {
    title: 'none',
    // Now an event has to start the interval.
    edits: [
      immediate(0),
      [CONDITION, `${CONDITION}\n      else timer ??= setTimeout(onInterval, flushIntervalMs);`],
      ['const events = fresh();', 'timer = undefined;\n    const events = fresh();'],
    ],
  },
  one: { title: 'the first', edits: [immediate(1)] },
  two: { title: '**the first two**' },
  three: { title: 'the first three', edits: [immediate(3)] },
  'interval-2': { title: 'the first two; `flushInterval` 2 s', attributes: { 'flush-interval': '2000' } },
  'interval-10': { title: 'the first two; `flushInterval` 10 s', attributes: { 'flush-interval': '10000' } },
};

/** Returns the schedule's source with a variant's edits. @param {Variant} variant @returns {Promise<string>} */
export const editSchedule = async ({ edits = [] }) => {
  let source = await readFile(join(ROOT, SCHEDULE), 'utf8');
  for (const [from, to] of edits) {
    if (!source.includes(from)) throw new Error(`${SCHEDULE} does not contain "${from}"`);
    source = source.replace(from, () => to);
  }
  return source;
};

/** Builds the tag's script with a variant's edits. @param {Variant} variant @returns {Promise<Buffer>} */
export const buildScript = async (variant) => {
  const folder = await mkdtemp(join(tmpdir(), 'personalize-'));
  try {
    for (const name of ['src', 'package.json', 'esbuild.config.mjs', 'tsconfig.json']) {
      await cp(join(ROOT, name), join(folder, name), { recursive: true });
    }
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, SCHEDULE), await editSchedule(variant));
    execFileSync(process.execPath, ['esbuild.config.mjs', 'dist', '--script'], {
      cwd: folder,
      stdio: 'inherit',
    });
    return await readFile(join(folder, 'dist/personalize.js'));
  } finally {
    await rm(folder, { recursive: true });
  }
};
