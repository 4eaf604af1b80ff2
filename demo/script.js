// @ts-check
// The script as it was built, and the chunks that it loads from beside it.
import { readFileSync } from 'node:fs';

const dist = new URL('../dist/', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** The loader stub, to be written into a page ahead of the tag. */
export const readStub = () => readFileSync(new URL('stub.js', dist), 'utf8');

/** The address of a chunk on a site that serves the script at its root. @param {string} chunk */
export const pathOf = (chunk) => `/personalize-${version}.${chunk}.js`;

/** The file at a path of such a site; undefined where it is none of these. @param {string} path */
export const scriptAt = (path) =>
  /^\/(personalize[\w.-]*|index)\.js(\.map)?$/.test(path) ? new URL(path.slice(1), dist) : undefined;

/** Its content; undefined where there is no such file. @param {string} path */
export const readScript = (path) => {
  const file = scriptAt(path);
  try {
    return file && readFileSync(file);
  } catch {
    return undefined;
  }
};
