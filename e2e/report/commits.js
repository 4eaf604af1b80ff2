// @ts-check
// Runs git on this project.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('../../', import.meta.url));
/** Enough digits for years of commits, and few enough to read. */
const DIGITS = '--abbrev=10';
/** The largest file of a commit, in bytes. */
const MAX_BYTES = 10_000_000;
/** The folders whose content is measured. */
const MEASURED = ['src', 'dist'];

/** @param {string[]} args */
export const git = (...args) => execFileSync('git', args, { cwd, maxBuffer: MAX_BYTES, stdio: 'pipe' });

/** @param {string[]} args */
export const gitText = (...args) =>
  git(...args)
    .toString()
    .trim();

/** Returns the last commit that changed the script or its source, and says if either has uncommitted changes. */
export const sourceCommit = () => {
  const commit = gitText('log', '-1', '--format=%h', DIGITS, '--', ...MEASURED);
  return gitText('status', '--porcelain', '--', ...MEASURED) ? `${commit} and uncommitted changes` : commit;
};
