// @ts-check
// The catalogue: the best known films of vega-datasets, with corrections of the few facts that are missing or wrong in
// that data set.

import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Film
 * @property {string} id        the itemId of every event about this film
 * @property {string} title
 * @property {number} year
 * @property {string} released  as text: "16 July 2010", or only the year if the day is unknown
 * @property {string} genre
 * @property {string} genreSlug
 * @property {string} director
 * @property {number} rating    out of ten
 * @property {number} votes
 * @property {number} price     in dollars
 * @property {number} [minutes]
 * @property {string} [certificate]
 * @property {number} nth       its position among the films of its genre, from zero
 * @property {string} [adaptedFrom]  "Comic/graphic novel" and the like
 * @property {string} [kind]         "Science fiction" and the like
 */

/** @typedef {{ slug: string, name: string, plural: string }} Genre */

/** @type {Record<string, Genre>} */
const GENRES = {
  Drama: { slug: 'drama', name: 'Drama', plural: 'Dramas' },
  'Thriller/Suspense': { slug: 'thriller', name: 'Thriller', plural: 'Thrillers' },
  Action: { slug: 'action', name: 'Action', plural: 'Action films' },
  Adventure: { slug: 'adventure', name: 'Adventure', plural: 'Adventures' },
  Comedy: { slug: 'comedy', name: 'Comedy', plural: 'Comedies' },
  'Romantic Comedy': { slug: 'romance', name: 'Romance', plural: 'Romances' },
  'Black Comedy': { slug: 'dark-comedy', name: 'Dark comedy', plural: 'Dark comedies' },
  Horror: { slug: 'horror', name: 'Horror', plural: 'Horror films' },
  Musical: { slug: 'musical', name: 'Musical', plural: 'Musicals' },
  Western: { slug: 'western', name: 'Western', plural: 'Westerns' },
};

export const genres = Object.values(GENRES);

/** @typedef {{ title?: string, year?: number, genre?: string, director?: string }} Correction */

// By the title in the data set. Its text was once converted by Mac Roman, hence the odd letters.
/** @type {Record<string, Correction>} */
const CORRECTIONS = {
  '2001: A Space Odyssey': { genre: 'Adventure' },
  'American History X': { director: 'Tony Kaye' },
  Casablanca: { year: 1942 },
  'Good Will Hunting': { year: 1997 },
  'Hotel Rwanda': { director: 'Terry George' },
  "It's a Wonderful Life": { genre: 'Drama', year: 1946 },
  "Le Fabuleux destin d'AmÈlie Poulain": { title: 'Le Fabuleux destin d’Amélie Poulain' },
  'Little Miss Sunshine': { director: 'Jonathan Dayton' },
  'Love Actually': { director: 'Richard Curtis' },
  LÈon: { title: 'Léon' },
  'Monty Python and the Holy Grail': { genre: 'Comedy', director: 'Terry Gilliam' },
  "One Flew Over the Cuckoo's Nest": { genre: 'Drama' },
  'Per qualche dollaro in pi˘': { title: 'Per qualche dollaro in più', year: 1965 },
  'Reservoir Dogs': { genre: 'Thriller/Suspense' },
  Saw: { director: 'James Wan' },
  'Shichinin no samurai': { year: 1954 },
  'Some Like it Hot': { title: 'Some Like It Hot', genre: 'Comedy' },
  'The Godfather': { genre: 'Drama' },
  'The Godfather: Part II': { genre: 'Drama' },
  'The Great Escape': { genre: 'Adventure' },
  'The Others': { director: 'Alejandro Amenábar' },
  'The Sting': { genre: 'Comedy' },
  'To Kill A Mockingbird': { title: 'To Kill a Mockingbird', genre: 'Drama', director: 'Robert Mulligan' },
};

const MOST_KNOWN = 170; // by number of votes …
const OF_EACH_GENRE = 12; // … and as many of the rarer genres as fill a row

/** Reads the catalogue, best known film first. @returns {Film[]} */
export function readFilms() {
  const complete = readDataset()
    .map(toFilm)
    .filter((film) => film !== undefined)
    .filter((film) => film.rating >= 6.5)
    .sort((a, b) => b.votes - a.votes);
  const films = dropNamesakes(complete);
  const known = new Set(films.slice(0, MOST_KNOWN));
  for (const { slug } of genres) {
    for (const film of films.filter(({ genreSlug }) => genreSlug === slug).slice(0, OF_EACH_GENRE))
      known.add(film);
  }
  /** @type {Record<string, number>} */
  const counts = {};
  return films
    .filter((film) => known.has(film))
    .map((film) => ({ ...film, nth: (counts[film.genreSlug] = (counts[film.genreSlug] ?? -1) + 1) }));
}

/** @returns {Record<string, any>[]} */
function readDataset() {
  // A deep import is refused, since the package's `exports` lack its data folder, but the files can be read.
  const file = new URL('../data/movies.json', import.meta.resolve('vega-datasets'));
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * @param {Record<string, any>} row
 * @returns {Omit<Film, 'nth'> | undefined}
 */
function toFilm(row) {
  if (typeof row.Title !== 'string') return undefined;
  const correction = CORRECTIONS[row.Title];
  const title = correction?.title ?? row.Title.replaceAll("'", '’');
  const genre = GENRES[correction?.genre ?? row['Major Genre']];
  const director = correction?.director ?? row.Director;
  const rating = row['IMDB Rating'];
  const date = parseDate(row['Release Date']);
  if (!genre || !director || !rating || !date) return undefined;
  const year = correction?.year ?? date.year;
  return {
    id: `film-${slug(title)}-${year}`,
    title,
    year,
    released: year === date.year ? `${date.day} ${date.month} ${year}` : `${year}`,
    genre: genre.name,
    genreSlug: genre.slug,
    director,
    rating,
    votes: row['IMDB Votes'],
    price: priceOf(year),
    ...(row['Running Time min'] ? { minutes: row['Running Time min'] } : {}),
    ...(/^(G|PG|PG-13|R)$/.test(row['MPAA Rating'] ?? '') ? { certificate: row['MPAA Rating'] } : {}),
    ...(row.Source?.startsWith('Based on ') ? { adaptedFrom: sentenceCase(row.Source.slice(9)) } : {}),
    ...(row['Creative Type'] && row['Creative Type'] !== 'Multiple Creative Types'
      ? { kind: sentenceCase(row['Creative Type']) }
      : {}),
  };
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** @param {unknown} text as in "Jul 16 2010" */
function parseDate(text) {
  const [, short, day, digits] = /^(\w{3}) (\d\d) (\d{4})$/.exec(String(text)) ?? [];
  const month = MONTHS.find((name) => name.slice(0, 3) === short);
  if (!month || !day) return undefined;
  // Two-digit years were read as of this century: the data set has The Wizard of Oz in 2039.
  const year = Number(digits) > 2012 ? Number(digits) - 100 : Number(digits);
  return { day: Number(day), month, year };
}

/** @param {string} text */
const sentenceCase = (text) => text.charAt(0) + text.slice(1).toLowerCase();

/** @param {number} year */
const priceOf = (year) => (year >= 2008 ? 14.99 : year >= 2000 ? 11.99 : year >= 1990 ? 9.99 : 7.99);

/** @param {string} text */
const slug = (text) =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f’.]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/**
 * Keeps the later of two films with the same votes. Votes were joined to the data set by title, so a remake and its
 * original have the same ones, which belong to the later film.
 * @param {Omit<Film, 'nth'>[]} films
 */
function dropNamesakes(films) {
  /** @type {Map<string, Omit<Film, 'nth'>>} */
  const latest = new Map();
  for (const film of films) {
    const known = latest.get(film.title);
    if (!known || known.year < film.year) latest.set(film.title, film);
  }
  return films.filter((film) => latest.get(film.title) === film);
}
