// @ts-check
// The shop as a request handler.

import { existsSync } from 'node:fs';
import { json } from 'node:stream/consumers';
import { genres } from '../films.js';
import { filmClub } from './actions.js';
import { sendFile, tracker } from './files.js';
import { layout } from './layout.js';
import { createLive } from './live.js';
import { filmPage, genrePage, grid, hasPage, homePage, notFoundPage, searchPage } from './pages.js';
import { CLUB_COOKIE, readCookie, readShopper, userIdOf } from './public/shopper.js';
import { createRecommender } from './recommend.js';

/** @typedef {import('../films.js').Film} Film */
/** @typedef {import('../start.js').Account} Account */
/** @typedef {import('../start.js').LocalAws} LocalAws */
/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

/**
 * @param {object} options
 * @param {Film[]} options.films
 * @param {Account} options.account
 * @param {{ aws: LocalAws, url: string }} [options.local] without it the page sends to real AWS
 */
export function createShop({ films, account, local }) {
  const byId = new Map(films.map((film) => [film.id, film]));
  const titles = new Map([...films, filmClub].map(({ id, title }) => [id, title]));
  const live = local && createLive(local.aws, titles);
  const recommend = createRecommender(films);
  const tonight = () => recommend.filmOfTheDay(new Date().toDateString());
  const policy = policyFor(local ? [local.url] : awsOrigins(account.region));

  /** @param {Request} request @param {Response} response @param {number} status @param {Page} page */
  const sendPage = (request, response, status, { main, film = tonight(), ...page }) => {
    const cookies = request.headers.cookie ?? '';
    const around = {
      account,
      awsUrl: local?.url,
      trackerBuilt: existsSync(tracker),
      path: pathOf(request),
      shopper: readShopper(cookies),
      panelClosed: readCookie(cookies, 'receipt') === 'closed',
      faultsOpen: readCookie(cookies, 'faults') === 'open',
      film,
      received: live?.snapshot(),
    };
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      // Not no-store, which would keep the page out of the back/forward cache.
      'cache-control': 'private, no-cache',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    response.end(layout(around, page, main).markup);
  };

  /** Sends only the tiles, for a page that has the rest already. @param {Response} response @param {List} list */
  const sendTiles = (response, list) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
    });
    response.end(grid(list).markup);
  };

  /** @param {string} name */
  const lastItemOf = (name) =>
    local?.aws.acknowledged.findLast(({ userId, event }) => userId === userIdOf(name) && event.itemId)?.event
      .itemId;

  /** @param {Request} request @returns {Page | undefined} */
  const pageFor = (request) => {
    const path = pathOf(request);
    const asked = queryOf(request);
    const page = Number(asked.get('page') ?? 1);
    const [, folder, name = ''] = /^\/(genre|film)\/([^/]+)$/.exec(path) ?? [];
    if (path === '/') {
      const cookies = request.headers.cookie ?? '';
      const shopper = readShopper(cookies);
      const day = new Date().toDateString();
      const rows = recommend.forHome({ name: shopper, lastItemId: shopper && lastItemOf(shopper), day });
      const invites = account.actionTrackingId !== undefined && !readCookie(cookies, CLUB_COOKIE);
      return { main: homePage({ tonight: tonight(), rows, invites }) };
    }
    if (path === '/search') {
      const query = asked.get('q')?.trim().slice(0, 80) ?? '';
      const list = { name: 'search', films: search(films, query), page, query: { q: query } };
      return { title: 'Search', query, list, main: searchPage({ query, list }) };
    }
    if (folder === 'genre') {
      const genre = genres.find(({ slug }) => slug === name);
      const list = { name, films: films.filter(({ genreSlug }) => genreSlug === name), page };
      return genre && { title: genre.plural, list, main: genrePage({ genre, list }) };
    }
    const film = byId.get(name);
    if (!film) return undefined;
    const similar = recommend.moreLike(film);
    return { title: film.title, film, main: filmPage({ film, similar, bought: asked.has('bought') }) };
  };

  /** Handles the two forms for visitors without JavaScript. @param {Request} request @param {Response} response */
  const answerForm = (request, response) => {
    const path = pathOf(request);
    const isClub = path === '/film-club';
    if (request.method !== 'POST' || (!isClub && !byId.has(path.replace('/film/', '')))) return false;
    response.writeHead(303, {
      location: isClub ? '/' : `${path}?bought`,
      ...(isClub && { 'set-cookie': `${CLUB_COOKIE}=joined; path=/; max-age=31536000; samesite=lax` }),
    });
    response.end();
    return true;
  };

  /**
   * @param {ReturnType<typeof createLive>} live
   * @param {Request} request
   * @param {Response} response
   */
  const pressFault = async (live, request, response) => {
    try {
      const known = live.press(/** @type {any} */ (await json(request)));
      response.writeHead(known ? 204 : 404).end();
    } catch (error) {
      response.writeHead(400, { 'content-type': 'text/plain' }).end(String(error));
    }
  };

  /** @param {Request} request @param {Response} response */
  const handleLocal = (request, response) => {
    if (!local || !live) return false;
    const path = pathOf(request);
    if (path === '/live') live.stream(request, response);
    else if (path === '/live/clear' && request.method === 'POST') {
      live.clear();
      response.writeHead(204).end();
    } else if (path === '/live/faults' && request.method === 'POST') pressFault(live, request, response);
    else if (path === '/interactions.csv') {
      response.writeHead(200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="interactions.csv"',
        'cache-control': 'no-store',
      });
      response.end(local.aws.interactionsCsv());
    } else return false;
    return true;
  };

  /** @param {Request} request @param {Response} response */
  const handler = (request, response) => {
    if (handleLocal(request, response) || answerForm(request, response)) return;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    if (sendFile(request, response)) return;
    const page = pageFor(request);
    const isThere = page && (!page.list || hasPage(page.list));
    if (isThere && page.list && queryOf(request).has('tiles')) sendTiles(response, page.list);
    else if (isThere) sendPage(request, response, 200, page);
    else sendPage(request, response, 404, { title: 'Not found', main: notFoundPage });
  };

  return { handler, close: () => live?.close() };
}

/** @typedef {import('./pages.js').List} List */
/** @typedef {{ title?: string, query?: string, film?: Film, list?: List, main: import('./public/html.js').Markup }} Page */

/** @param {Request} request */
const pathOf = (request) => request.url?.split('?')[0] ?? '/';

/** @param {Request} request */
const queryOf = (request) => new URLSearchParams(request.url?.split('?')[1]);

/** @param {Film[]} films @param {string} query */
const search = (films, query) => {
  const wanted = plain(query);
  return wanted ? films.filter(({ title, director }) => plain(`${title} ${director}`).includes(wanted)) : [];
};

/** @param {string} text */
const plain = (text) =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase();

/** @param {string} region */
const awsOrigins = (region) => {
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return ['personalize-events', 'cognito-identity'].map(
    (service) => `https://${service}.${region}.${domain}`,
  );
};

/** @param {string[]} awsOriginList */
const policyFor = (awsOriginList) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    `connect-src 'self' ${awsOriginList.join(' ')}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
