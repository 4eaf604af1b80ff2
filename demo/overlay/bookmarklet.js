#!/usr/bin/env node
// @ts-check
// The bookmarklet that shows what a page's marks would send, and what becomes of it; a second run takes it away.
// node demo/overlay/bookmarklet.js [address of the folder's personalize.js, where a page does not tell it]
import { pathToFileURL } from 'node:url';

/**
 * Runs in the page. The overlay lies beside the script, which a tag or the browser's list of what it has loaded names.
 * @param {string} [given]
 */
const run = (given) => {
  const tags = [...document.scripts].map(({ src }) => src);
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const found = [...tags, ...loaded].find((name) => /\/personalize(-[\d.]+)?(\.\w+)?\.js(\?|$)/.test(name));
  const script = given || found || prompt('Where is personalize.js?');
  if (script) {
    import(new URL('personalize.overlay.js', new URL(script, location.href)).href).then(
      (overlay) => overlay.toggle(),
      (error) => alert(`personalize-beacon: ${error.message}`),
    );
  }
};

/** @param {string} [address] */
export const bookmarklet = (address) =>
  `javascript:void (${run})(${address ? JSON.stringify(address) : ''})`.replace(/\s*\n\s*/g, ' ');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(bookmarklet(process.argv[2]));
}
