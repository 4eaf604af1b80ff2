// @ts-check
// The generated sections of the docs, between two comments.

/** @param {string} page @param {string} name */
const find = (page, name) => {
  const [, begin, content, end] =
    new RegExp(`(<!-- ${name}: [^\\n]* -->)(.*?)(<!-- /${name} -->)`, 's').exec(page) ?? [];
  if (begin === undefined || content === undefined || end === undefined)
    throw new Error(`a page needs the lines "<!-- ${name}: … -->" and "<!-- /${name} -->" in this order`);
  return { whole: begin + content + end, begin, content, end };
};

/** Returns the content of a section. @param {string} page @param {string} name */
export const readSection = (page, name) => find(page, name).content.trim();

/** Returns the page with another content of a section. @param {string} page @param {string} name @param {string} content */
export const withSection = (page, name, content) => {
  const { whole, begin, end } = find(page, name);
  return page.replace(whole, () => `${begin}\n\n${content}\n\n${end}`);
};
