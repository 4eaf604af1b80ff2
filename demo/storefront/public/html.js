// @ts-check
// Builds markup, in which every value is escaped unless it is markup itself. Used on the server and in the browser's
// live panel.

/** @typedef {{ markup: string }} Markup */
/** @typedef {Markup | string | number | false | undefined | Hole[]} Hole */

/** @type {Record<string, string>} */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @param {Hole} hole @returns {string} */
const fill = (hole) => {
  if (hole === false || hole === undefined) return '';
  if (Array.isArray(hole)) return hole.map(fill).join('');
  if (typeof hole === 'object') return hole.markup;
  return String(hole).replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
};

/**
 * @param {TemplateStringsArray} text
 * @param {Hole[]} holes
 * @returns {Markup}
 */
export const html = (text, ...holes) => ({
  markup: text.reduce((markup, part, i) => markup + fill(holes[i - 1]) + part),
});
