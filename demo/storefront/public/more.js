// @ts-check
// Extends a long list: near its end the next page is fetched and appended. The link to that page is a plain one, for
// visitors who are faster than the network or run no JavaScript.

const grid = document.querySelector('[data-grid]');
const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector('[data-more]'));
const status = document.querySelector('[data-more-status]');

/** The distance at which to load more: as much again as visitors see. */
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
      // The link still leads to the page.
      if (!next) return;
      const tiles = [...next.querySelectorAll('[data-grid] > li')];
      const following = next.querySelector('[data-more]');
      grid.append(...tiles);
      if (status) status.textContent = next.querySelector('[data-more-status]')?.textContent ?? '';
      // A visitor who has reached the link by keyboard continues with the first of the new films.
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
