#!/usr/bin/env node
// @ts-check
// The bookmarklet that shows what a page's marks would send, and what becomes of it; a second run takes it away.
// node demo/overlay/bookmarklet.js [address of the folder's personalize.js, where a page does not tell it]
import { pathToFileURL } from 'node:url';

/**
 * Runs in the page. The overlay lies beside the script, which the page's own tag names: an HTML script element whose file
 * the browser has fetched as a script. Neither a visitor's image, nor markup that has never run, is taken for it, and the
 * document's own methods are asked, which an element's name can hide.
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
