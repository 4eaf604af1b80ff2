// @ts-check
// The main part of each page.

import { poster, toneOf } from './poster/poster.js';
import { html } from './public/html.js';

/** @typedef {import('../films.js').Film} Film */
/** @typedef {import('../films.js').Genre} Genre */
/** @typedef {import('./recommend.js').Row} Row */

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
}) => html`<section class="shelf" aria-labelledby="row-${name}" data-personalize-list data-personalize-recommendation-id="${recommendationId}" data-personalize-property-row="${name}">
  <div class="shelf-head"><h2 id="row-${name}">${href ? html`<a href="${href}">${title}</a>` : title}</h2><div class="shelf-buttons" data-row-buttons hidden><button type="button" data-row-by="-1" aria-label="Back in ${title}"><span aria-hidden="true">←</span></button><button type="button" data-row-by="1" aria-label="Further in ${title}"><span aria-hidden="true">→</span></button></div></div>
  <ul class="row" data-row>${films.map((film, i) => tile(film, i + 1))}</ul>
</section>`;

/** @param {{ tonight: Film, rows: Row[] }} content */
export const homePage = ({ tonight, rows }) => html`<main id="main">
<h1 class="visually-hidden">Back Row, films to keep</h1>
<section class="tonight ${toneOf(tonight)}" aria-labelledby="tonight">
  <div class="tonight-text">
    <p class="kicker">Tonight in the back row</p>
    <h2 id="tonight">${tonight.title}</h2>
    <p>${tonight.genre} by ${tonight.director}, ${tonight.year}</p>
    <a class="primary" href="/film/${tonight.id}" data-personalize-item="${tonight.id}" data-personalize-property-row="tonight">See the film</a>
  </div>
  <div class="tonight-poster" aria-hidden="true">${poster(tonight)}</div>
</section>
${rows.map(shelf)}
</main>`;

/** @param {{ film: Film, similar: Row }} content */
export const filmPage = ({ film, similar }) => html`<main id="main" data-film="${film.id}">
<article class="film ${toneOf(film)}">
  <div class="film-poster">${poster(film)}</div>
  <div class="film-head">
    <p class="kicker"><a href="/genre/${film.genreSlug}">${film.genre}</a></p>
    <h1>${film.title}</h1>
    <p class="film-by">Directed by ${film.director}</p>
  </div>
  <div class="film-more">
    <div class="film-actions">
      <button type="button" class="primary" data-watch data-personalize-item="${film.id}" data-personalize-event="watch" data-personalize-property-genre="${film.genre}">Watch now</button>
      <button type="button" class="secondary" data-buy="${film.id}" data-price="${film.price}">Buy for ${dollars(film.price)}</button>
      <p class="film-status" role="status" data-film-status></p>
    </div>
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

/** @param {string} name @param {import('./public/html.js').Hole} value */
const fact = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

/** @param {{ genre: Genre, films: Film[] }} content */
export const genrePage = ({ genre, films }) => html`<main id="main">
<div class="page-head"><h1>${genre.plural}</h1><p>${films.length} films, best known first</p></div>
${grid(films, genre.slug)}
</main>`;

/** @param {{ query: string, films: Film[] }} content */
export const searchPage = ({ query, films }) => html`<main id="main">
<div class="page-head"><h1>${query ? html`“${query}”` : 'Search'}</h1><p role="status">${
  films.length
    ? `${films.length} ${films.length === 1 ? 'film' : 'films'}`
    : 'No film of that title or director. Try “alien” or “Kubrick”.'
}</p></div>
${films.length > 0 && grid(films, 'search')}
</main>`;

/** No recommendation made this list, so it has no recommendationId. @param {Film[]} films @param {string} name */
const grid = (films, name) =>
  html`<ul class="grid" data-personalize-list data-personalize-property-row="${name}">${films.map((film, i) => tile(film, i + 1))}</ul>`;

export const notFoundPage = html`<main id="main">
<div class="page-head"><h1>Not on our shelves</h1><p>There is nothing at this address. <a href="/">Back to the films</a></p></div>
</main>`;
