// @ts-check
// Says where saved figures come from.

/** @typedef {import('./parts.js').Parts<import('./parts.js').Origin>} AnyParts */

/** Shortens "Chrome/156.0.8078.108" to "Chrome 156". @param {string} browser */
const shorten = (browser) => browser.replace('/', ' ').replace(/(\d)\.\d+\.\d.*/, '$1');

/**
 * Describes where figures come from: browsers, machine, commit and date; with the parts' names if these differ.
 * @param {AnyParts} parts
 */
export const describeOrigins = (parts) => {
  /** @type {Map<string, { names: string[], browsers: Set<string> }>} */
  const groups = new Map();
  for (const [name, { commit, date, browser, cores }] of Object.entries(parts)) {
    const where = `${cores} cores, commit ${commit}, ${date.slice(0, 10)}`;
    const group = groups.get(where) ?? { names: [], browsers: new Set() };
    groups.set(where, group);
    group.names.push(name);
    group.browsers.add(shorten(browser));
  }
  const list = [...groups].map(([where, { names, browsers }]) =>
    [groups.size > 1 ? `${names.join(', ')}: ` : '', [...browsers].join(', '), ', ', where].join(''),
  );
  return `Measured with ${list.join('; ')}.`;
};

/** The commit of figures that were written by hand. */
const UNKNOWN = 'unknown';

/** @param {string} commit */
const whereOf = (commit) => `measured at ${commit === UNKNOWN ? 'an unknown commit' : `commit ${commit}`}.`;

/**
 * Lists the commits at which the commands have measured, each with the commands and their parts.
 * @param {Record<string, AnyParts>} figures by command
 * @returns {{ where: string, names: string }[]} more than one if the figures are of different commits
 */
export const listCommits = (figures) => {
  /** @type {Map<string, string[]>} */
  const names = new Map();
  for (const [command, parts] of Object.entries(figures)) {
    const commits = new Set(Object.values(parts).map(({ commit }) => commit));
    for (const commit of commits.size ? commits : [UNKNOWN]) {
      const own = Object.keys(parts).filter((part) => parts[part].commit === commit);
      const name = commits.size > 1 ? `${command} (${own.join(', ')})` : command;
      names.set(commit, [...(names.get(commit) ?? []), name]);
    }
  }
  return [...names].map(([commit, of]) => ({ where: whereOf(commit), names: of.join(', ') }));
};

/** Says at which commits all commands have measured; a warning if these differ. @param {Record<string, AnyParts>} figures */
export const describeCommits = (figures) => {
  const commits = listCommits(figures);
  if (commits.length === 1) return `All figures were ${commits[0].where}`;
  const list = commits.map(({ where, names }) => `- ${names}: ${where}`);
  return ['**Warning: the figures are of different commits.**', '', ...list].join('\n');
};
