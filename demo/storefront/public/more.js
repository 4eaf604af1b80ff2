// @ts-check
// A long list goes on by itself: as its end comes near, its next page is fetched and put below. The link to that page
// is a plain one, for whoever is faster than the network or runs no script.

const grid = document.querySelector('[data-grid]');
const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector('[data-more]'));
const status = document.querySelector('[data-more-status]');

/** How far ahead of the visitor: as much again as he sees. */
const AHEAD = '0px 0px 100% 0px';

/** @param {HTMLAnchorElement} link @returns {Promise<DocumentFragment>} */
async function fetchNext({ href }) {
  const answer = await fetch(`${href}&tiles`);
  if (!answer.ok) throw new Error(`${href} is answered with ${answer.status}`);
  const template = document.createElement('template');
  template.innerHTML = await answer.text();
  return template.content;
}

/** @param {Element} grid @param {HTMLAnchorElement} link */
function goOn(grid, link) {
  const observer = new IntersectionObserver(
    async ([entry]) => {
      if (!entry?.isIntersecting) return;
      observer.unobserve(link);
      const next = await fetchNext(link).catch(() => undefined);
      // The link leads there still.
      if (!next) return;
      const tiles = [...next.querySelectorAll('[data-grid] > li')];
      const following = next.querySelector('[data-more]');
      grid.append(...tiles);
      if (status) status.textContent = next.querySelector('[data-more-status]')?.textContent ?? '';
      // Whoever has come to the link by keyboard goes on with the films that have come before it.
      if (document.activeElement === link) tiles[0]?.querySelector('a')?.focus({ preventScroll: true });
      if (following) {
        link.href = following.getAttribute('href') ?? '';
        observer.observe(link);
      } else link.remove();
    },
    { rootMargin: AHEAD },
  );
  observer.observe(link);
}

if (grid && link) goOn(grid, link);
