// @ts-check
// The built script, and the chunks that it loads from its folder.
import { readFileSync } from 'node:fs';

const dist = new URL('../dist/', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** The loader stub, to be inlined before the tag. */
export const readStub = () => readFileSync(new URL('stub.js', dist), 'utf8');

/** Returns the path of a chunk on a site that serves the script at its root. @param {string} chunk */
export const pathOf = (chunk) => `/personalize-${version}.${chunk}.js`;

/** Returns the file at a path of such a site; undefined if it is none of the script's. @param {string} path */
export const scriptAt = (path) =>
  /^\/(personalize[\w.-]*|index)\.js(\.map)?$/.test(path) ? new URL(path.slice(1), dist) : undefined;

/** Returns the content of that file; undefined if there is none. @param {string} path */
export const readScript = (path) => {
  const file = scriptAt(path);
  try {
    return file && readFileSync(file);
  } catch {
    return undefined;
  }
};
