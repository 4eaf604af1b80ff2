// @ts-check
// Adds a shop's tiles to a page: a click on a tile is recorded, and each tile that has been seen.

/** @typedef {import('./bundle.js').Bundle} Bundle */

const TILES_A_ROW = 8;

/** As on pages with very many tiles: rows far from view are not laid out. */
const STYLE = `<style>
  main { contain: layout } section { display: flex; height: 180px; contain: strict; content-visibility: auto }
  a { display: block; width: 150px; height: 180px; font: 12px/16px sans-serif }
  i { display: block; height: 120px; background: #ddd }
</style>`;

/** The tracker's attributes, for the same events as those of the hand-written capture. */
const MARKS = {
  main: 'data-personalize-property-row="top"',
  /** @param {number} n */
  tile: (n) => `data-personalize-item="item-${n}" data-personalize-impression`,
};
const BY_HAND = {
  main: '',
  /** @param {number} n */
  tile: (n) => `data-item="item-${n}"`,
};

/** @param {number} tiles @param {typeof MARKS} marks */
const toHtml = (tiles, marks) => {
  const rows = Array.from({ length: Math.ceil(tiles / TILES_A_ROW) }, (_, row) => {
    const first = row * TILES_A_ROW + 1;
    const length = Math.min(TILES_A_ROW, tiles - first + 1);
    const all = Array.from({ length }, (_, n) => {
      const tile = first + n;
      return `<a ${marks.tile(tile)}><i></i>Title ${tile}</a>`;
    });
    return `<section>${all.join('')}</section>`;
  });
  return `${STYLE}<main ${marks.main}>${rows.join('\n')}</main>`;
};

/** Runs in the page: captures events as a team would for a tracker that only records. */
const capture = () => {
  const IMPRESSION_MS = 1000;
  const { recordItem } = /** @type {any} */ (window).bench;
  /** @type {Map<Element, ReturnType<typeof setTimeout>>} */
  const inView = new Map();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        clearTimeout(inView.get(target));
        inView.delete(target);
        if (!isIntersecting) continue;
        const see = () => {
          observer.unobserve(target);
          inView.delete(target);
          recordItem(/** @type {HTMLElement} */ (target).dataset.item);
        };
        inView.set(target, setTimeout(see, IMPRESSION_MS));
      }
    },
    { threshold: 0.5 },
  );
  for (const tile of document.querySelectorAll('[data-item]')) observer.observe(tile);
  document.addEventListener('click', ({ target }) => {
    const tile = target instanceof Element && target.closest('[data-item]');
    if (tile instanceof HTMLElement) recordItem(tile.dataset.item);
  });
};

/** Marks that all earlier scripts have run. */
const READY = "performance.mark('ready')";

/**
 * Adds tiles to a peer's page.
 * @param {Bundle} bundle
 * @param {number} tiles
 * @param {{ isOwn: boolean }} options whether the peer captures events itself
 * @returns {Bundle}
 */
export const withTiles = ({ html, files }, tiles, { isOwn }) => {
  const script = tiles && !isOwn ? `(${capture})();${READY}` : READY;
  return {
    html: `${html}${tiles ? toHtml(tiles, isOwn ? MARKS : BY_HAND) : ''}<script type="module" src="/tiles.js"></script>`,
    files: new Map([...files, ['/tiles.js', Buffer.from(script)]]),
  };
};

/** Returns the page without a tracker. @param {Bundle} bundle @param {number} tiles @returns {Bundle} */
export const withoutTracker = ({ html }, tiles) =>
  withTiles({ html: html.replace(/<script.*?<\/script>/g, ''), files: new Map() }, tiles, { isOwn: true });
