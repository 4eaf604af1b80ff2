// @ts-check
// Recommendations by simple rules, in place of GetRecommendations: like each answer of that call, each row has its own
// recommendationId.

import { randomUUID } from 'node:crypto';
import { genres } from '../films.js';
import { chance, pick, shuffled } from './chance.js';

/** @typedef {import('../films.js').Film} Film */

/**
 * @typedef {object} Row
 * @property {string} name  its name for reports
 * @property {string} title
 * @property {string} recommendationId
 * @property {string} [href] a page with more of it
 * @property {Film[]} films
 */

const ROW_LENGTH = 12;

/** @param {Omit<Row, 'recommendationId'>} row @returns {Row} */
const recommended = (row) => ({
  ...row,
  films: row.films.slice(0, ROW_LENGTH),
  // 36 characters; the service allows 40.
  recommendationId: `RID-${randomUUID().replaceAll('-', '')}`,
});

/** @param {Film[]} films best known first */
export function createRecommender(films) {
  const byId = new Map(films.map((film) => [film.id, film]));

  /** @param {Film} film @param {Film} other */
  const likeness = (film, other) =>
    (film.director === other.director ? 5 : 0) +
    (film.genre === other.genre ? 3 : 0) +
    (film.kind && film.kind === other.kind ? 1.5 : 0) -
    Math.abs(film.year - other.year) / 12 -
    Math.abs(film.rating - other.rating) / 2;

  /** @param {Film} film */
  const similar = (film) =>
    films
      .filter((other) => other !== film)
      .map((other) => ({ other, score: likeness(film, other) }))
      .sort((a, b) => b.score - a.score)
      .map(({ other }) => other);

  const directors = [...new Set(films.map((film) => film.director))].filter(
    (director) => films.filter((film) => film.director === director).length >= 5,
  );

  /**
   * @param {object} visitor
   * @param {string | undefined} visitor.name
   * @param {string | undefined} visitor.lastItemId the item of this person's last event
   * @param {string} visitor.day
   */
  const forHome = ({ name, lastItemId, day }) => {
    const random = chance(`${name ?? 'anyone'} ${day}`);
    const last = lastItemId === undefined ? undefined : byId.get(lastItemId);
    const director = pick(random, directors);
    const rows = [recommended({ name: 'popular', title: 'Everybody’s favourites', films })];
    if (last)
      rows.unshift(recommended({ name: 'because', title: `Because of ${last.title}`, films: similar(last) }));
    rows.push(
      recommended({
        name: 'new-for-you',
        title: name ? `New for you, ${name.split(' ')[0]}` : 'New for you',
        films: shuffled(random, films.slice(ROW_LENGTH)),
      }),
    );
    for (const { slug, plural } of shuffled(random, genres).slice(0, 3)) {
      const href = `/genre/${slug}`;
      const ofGenre = shuffled(random, films.filter((film) => film.genreSlug === slug).slice(0, 24));
      rows.push(recommended({ name: slug, title: plural, href, films: ofGenre }));
    }
    const theirs = films.filter((film) => film.director === director);
    rows.push(recommended({ name: 'director', title: `Directed by ${director}`, films: theirs }));
    return rows;
  };

  /** @param {Film} film */
  const moreLike = (film) => recommended({ name: 'similar', title: 'More like this', films: similar(film) });

  /** @param {string} day */
  const filmOfTheDay = (day) => pick(chance(day), films.slice(0, 60));

  return { forHome, moreLike, filmOfTheDay };
}
