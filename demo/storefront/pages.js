// @ts-check
// The main content of each page.

import { filmClub } from './actions.js';
import { poster, toneOf } from './poster/poster.js';
import { html } from './public/html.js';

/** @typedef {import('../films.js').Film} Film */
/** @typedef {import('../films.js').Genre} Genre */
/** @typedef {import('./recommend.js').Row} Row */

/**
 * @typedef {{ name: string, films: Film[], page: number, query?: Record<string, string> }} List
 *   all films of the list, and the number of the requested page; `query`: the other parameters of the page's URL
 */

/** Fills whole rows of two, three, four, six, eight or twelve tiles. */
const PAGE_LENGTH = 24;

/** @param {number} price */
const dollars = (price) => `$${price.toFixed(2)}`;

/** @param {Film} film @param {number} position in its list, from one */
const tile = (
  film,
  position,
) => html`<li><a class="tile" href="/film/${film.id}" data-personalize-item="${film.id}" data-personalize-property-position="${position}">
  ${poster(film)}
  <span class="tile-title">${film.title}</span>
  <span class="tile-facts">${film.year} <span class="tile-rating"><span aria-hidden="true">★</span><span class="visually-hidden">rated</span> ${film.rating.toFixed(1)}</span></span>
</a></li>`;

/** @param {Row} row */
const shelf = ({
  name,
  title,
  href,
  films,
  recommendationId,
}) => html`<section class="shelf" aria-labelledby="row-${name}" data-personalize-list data-personalize-impression data-personalize-recommendation-id="${recommendationId}" data-personalize-property-row="${name}">
  <div class="shelf-head"><h2 id="row-${name}">${href ? html`<a href="${href}">${title}</a>` : title}</h2><div class="shelf-buttons" data-row-buttons hidden><button type="button" data-row-by="-1" aria-label="Back in ${title}"><span aria-hidden="true">←</span></button><button type="button" data-row-by="1" aria-label="Further in ${title}"><span aria-hidden="true">→</span></button></div></div>
  <ul class="row" data-row>${films.map((film, i) => tile(film, i + 1))}</ul>
</section>`;

/**
 * Renders a recommended action. Only the form's submit accepts it: otherwise a click on its text would count as a yes.
 */
const clubBanner = html`<section class="club" aria-labelledby="club" data-club data-personalize-action="${filmClub.id}" data-personalize-impression data-personalize-on="submit">
  <p class="club-day" aria-hidden="true"><span>Every</span> <b>Fri</b></p>
  <div class="club-text">
    <h2 id="club">${filmClub.title}</h2>
    <p data-club-text tabindex="-1">One film and one seat, every Friday at eight. In the back row, of course.</p>
  </div>
  <form class="club-answer" method="post" action="/film-club" data-club-form>
    <button class="primary">Join</button>
    <button type="button" class="secondary" data-club-decline data-personalize-event="Not Taken">Not for me</button>
  </form>
</section>`;

/** @param {{ tonight: Film, rows: Row[], invites: boolean }} content `invites`: whether to show the film club */
export const homePage = ({ tonight, rows: [first, ...rows], invites }) => html`<main id="main">
<h1 class="visually-hidden">Back Row, films to keep</h1>
<section class="tonight ${toneOf(tonight)}" aria-labelledby="tonight">
  <div class="tonight-text">
    <p class="kicker">Tonight in the back row</p>
    <h2 id="tonight">${tonight.title}</h2>
    <p>${tonight.genre} by ${tonight.director}, ${tonight.year}</p>
    <a class="primary" href="/film/${tonight.id}" data-personalize-item="${tonight.id}" data-personalize-impression data-personalize-property-row="tonight">See the film</a>
  </div>
  <div class="tonight-poster" aria-hidden="true">${poster(tonight)}</div>
</section>
${first && shelf(first)}
${invites && clubBanner}
${rows.map(shelf)}
</main>`;

const THANKS = 'It is yours to keep.';

/** @param {{ film: Film, similar: Row, bought: boolean }} content */
export const filmPage = ({
  film,
  similar,
  bought,
}) => html`<main id="main" data-personalize-item="${film.id}" data-personalize-event="view" data-personalize-on="load">
<article class="film ${toneOf(film)}" data-film>
  <div class="film-poster">${poster(film)}</div>
  <div class="film-head">
    <p class="kicker"><a href="/genre/${film.genreSlug}">${film.genre}</a></p>
    <h1>${film.title}</h1>
    <p class="film-by">Directed by ${film.director}</p>
  </div>
  <div class="film-more">
    <div class="film-actions">
      <button type="button" class="primary" data-trailer aria-expanded="false" aria-controls="screen">Watch the trailer</button>
      <form method="post" action="/film/${film.id}" data-buy="${THANKS}" data-personalize-on="submit" data-personalize-event="purchase" data-personalize-value="${film.price}"><button class="secondary"${bought && html` disabled`}>${bought ? 'Bought' : `Buy for ${dollars(film.price)}`}</button></form>
      ${stars}
      <p class="film-status" role="status" data-film-status>${bought && THANKS}</p>
    </div>
    <div class="screen" id="screen" data-screen hidden><video controls preload="metadata" playsinline src="/assets/leader.webm" poster="/assets/leader.svg" width="640" height="360" aria-label="Trailer of ${film.title}" data-personalize-media></video></div>
    <dl class="facts">
      ${fact('Rating', html`<b>${film.rating.toFixed(1)}</b> of 10 from ${film.votes.toLocaleString('en')} votes`)}
      ${fact('Released', film.released)}
      ${film.minutes !== undefined && fact('Length', `${film.minutes} minutes`)}
      ${film.certificate !== undefined && fact('Certificate', film.certificate)}
      ${film.kind !== undefined && fact('Kind', film.kind)}
      ${film.adaptedFrom !== undefined && fact('Based on', film.adaptedFrom)}
    </dl>
  </div>
</article>
${shelf(similar)}
</main>`;

const stars = html`<fieldset class="stars" data-stars data-personalize-on="change" data-personalize-event="rate">
  <legend>Your rating</legend>
  ${[1, 2, 3, 4, 5].map(
    (n) =>
      html`<label><input type="radio" name="stars" value="${n}" autocomplete="off" aria-label="${n} of 5 stars"><span aria-hidden="true">★</span></label>`,
  )}
</fieldset>`;

/** @param {string} name @param {import('./public/html.js').Hole} value */
const fact = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

/** @param {{ genre: Genre, list: List }} content */
export const genrePage = ({ genre, list }) => html`<main id="main">
<div class="page-head"><h1>${genre.plural}</h1><p>${list.films.length} films, best known first</p></div>
${grid(list)}
</main>`;

/** @param {{ query: string, list: List }} content */
export const searchPage = ({ query, list }) => html`<main id="main">
<div class="page-head"><h1>${query ? html`“${query}”` : 'Search'}</h1><p role="status">${
  list.films.length
    ? `${list.films.length} ${list.films.length === 1 ? 'film' : 'films'}`
    : 'No film of that title or director. Try “alien” or “Kubrick”.'
}</p></div>
${list.films.length > 0 && grid(list)}
</main>`;

/** @param {List} list */
export const hasPage = ({ films, page }) =>
  page === 1 || (Number.isInteger(page) && page > 0 && (page - 1) * PAGE_LENGTH < films.length);

/**
 * Renders one page of a list with a link to the next one, which replaces the link when the visitor gets near.
 * No recommendation made this list, so it has no recommendationId.
 * @param {List} list
 */
export const grid = ({ name, films, page, query }) => {
  const before = (page - 1) * PAGE_LENGTH;
  const shown = films.slice(before, before + PAGE_LENGTH);
  const end = before + shown.length;
  const isLast = end === films.length;
  /** @param {number} n */
  const hrefOf = (n) => `?${new URLSearchParams({ ...query, page: String(n) })}`;
  return html`<ul class="grid" data-grid data-personalize-list data-personalize-impression data-personalize-property-row="${name}">${shown.map((film, i) => tile(film, before + i + 1))}</ul>
${
  films.length > PAGE_LENGTH &&
  html`<div class="more">
  <p role="status" data-more-status>${isLast ? `That is all ${end} of them.` : `${end} of ${films.length} films`}</p>
  ${!isLast && html`<a class="quiet" rel="next" href="${hrefOf(page + 1)}" data-more>More films</a>`}
  ${page > 1 && html`<a class="quiet" rel="prev" href="${hrefOf(page - 1)}">Earlier films</a>`}
</div>`
}`;
};

export const notFoundPage = html`<main id="main">
<div class="page-head"><h1>Not on our shelves</h1><p>There is nothing at this address. <a href="/">Back to the films</a></p></div>
</main>`;
