#!/usr/bin/env node
// @ts-check
// Prints the bookmarklet that shows what a page's attributes would record, and the outcome; a second click removes it.
// node demo/overlay/bookmarklet.js [URL of the folder of personalize.js, for pages on which it cannot be found]
import { pathToFileURL } from 'node:url';

/**
 * Runs in the page. The overlay lies in the script's folder, found by the page's own tag: an HTML script element whose
 * file the browser has fetched as a script. An image or inert markup of a visitor is not accepted, and the methods of
 * Document.prototype are called, which an element's name cannot hide.
 * @param {string} [given]
 */
const run = (given) => {
  const fetched = performance
    .getEntriesByType('resource')
    .filter((entry) => 'initiatorType' in entry && entry.initiatorType === 'script')
    .map(({ name }) => name);
  const elements = Document.prototype.querySelectorAll.call(document, 'script');
  const found = [...elements]
    .map((element) => (element instanceof HTMLScriptElement ? element.src : ''))
    .filter((src) => fetched.includes(src))
    .find((src) => /\/personalize(-[\d.]+)?(\.\w+)?\.js$/.test(new URL(src).pathname));
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
