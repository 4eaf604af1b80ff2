// @ts-check
// Reads files of this project's earlier commits.
import { git, gitText } from '../report/commits.js';

/** Returns the short hash of a revision. @param {string} revision @throws if there is no such commit */
export const resolveCommit = (revision) => {
  try {
    return gitText('rev-parse', '--short=10', '--verify', '--end-of-options', `${revision}^{commit}`);
  } catch {
    throw new Error(`"${revision}" is no commit of this project: give a hash, a branch or a tag`);
  }
};

/** Returns the names of the files in a folder at a commit. @param {string} commit @param {string} folder ends with a slash */
export const listFilesAt = (commit, folder) =>
  gitText('ls-tree', '--name-only', commit, folder)
    .split('\n')
    .filter(Boolean)
    .map((path) => path.slice(folder.length));

/** Returns the content of a file at a commit. @param {string} commit @param {string} path */
export const readFileAt = (commit, path) => git('show', `${commit}:${path}`);
