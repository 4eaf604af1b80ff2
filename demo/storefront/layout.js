// @ts-check
// The frame of every page: head, tag, header, footer and the live panel.

import { genres } from '../films.js';
import { acts, switches } from './faults.js';
import { html } from './public/html.js';
import {
  faultsState,
  faultsText,
  hitsText,
  receiptLines,
  summaryText,
  waitingText,
} from './public/receipt.js';
import { MAX_NAME_LENGTH, regulars } from './public/shopper.js';

/** @typedef {import('./public/html.js').Markup} Markup */
/** @typedef {ReturnType<ReturnType<typeof import('./live.js').createLive>['snapshot']>} Snapshot */

/**
 * @typedef {object} Surroundings
 * @property {import('../start.js').Account} account
 * @property {string | undefined} awsUrl   the URL of the local AWS; undefined with real AWS
 * @property {boolean} trackerBuilt
 * @property {string} path
 * @property {string | undefined} shopper
 * @property {boolean} panelClosed
 * @property {boolean} faultsOpen
 * @property {import('../films.js').Film} film  the film that this page is about
 * @property {Snapshot | undefined} received
 */

/**
 * @param {Surroundings} around
 * @param {{ title?: string, query?: string }} page
 * @param {Markup} main
 */
export const layout = (around, { title, query }, main) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="dark">
<meta name="theme-color" content="#101815">
<title>${title ? `${title} · Back Row` : 'Back Row · films to keep'}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/shop.css">
<link rel="stylesheet" href="/assets/posters.css">
<link rel="stylesheet" href="/assets/receipt.css">
<link rel="stylesheet" href="/assets/faults.css">
${tag(around)}
<script type="module" src="/assets/shop.js"></script>
<script type="module" src="/assets/rows.js"></script>
<script type="module" src="/assets/more.js"></script>
<script type="module" src="/assets/panel.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the films</a>
<div class="shop">
${header(around, query)}
${main}
<footer class="footer">
  <p><b>Back Row</b> is a demo: nothing is for sale, and no log-in asks for a password.</p>
  <p>Titles, directors and ratings are those of the films in vega-datasets. The posters are drawn on the spot.</p>
</footer>
</div>
${panel(around)}
${loginDialog}
</body>
</html>
`;

/** Returns the tag as a shop would paste it; the two endpoints only lead to the local AWS. @param {Surroundings} around */
const tag = ({ account, awsUrl, trackerBuilt }) =>
  trackerBuilt &&
  html`<script async src="/personalize.js" data-tracking-id="${account.trackingId}" data-region="${account.region}" data-identity-pool-id="${account.identityPoolId}"${
    account.actionTrackingId && html` data-action-tracking-id="${account.actionTrackingId}"`
  }${awsUrl && html` data-endpoint="${awsUrl}" data-identity-endpoint="${awsUrl}"`}></script>`;

/** @param {Surroundings} around @param {string} [query] */
const header = ({ path, shopper }, query) => html`<header class="header">
  <a class="wordmark" href="/" aria-label="Back Row, home"><span>Back</span> <span>Row</span></a>
  <form class="search" action="/search" role="search">
    <input type="search" name="q" value="${query ?? ''}" placeholder="Title or director" aria-label="Search films" maxlength="80" required>
    <button>Search</button>
  </form>
  <div class="account">
    <button type="button" class="quiet" data-login${shopper && html` hidden`}>Log in</button>
    <p class="shopper" data-shopper${!shopper && html` hidden`}><span class="visually-hidden">Logged in as </span><b data-shopper-name>${shopper}</b> <button type="button" class="quiet" data-logout>Log out</button></p>
  </div>
  <nav class="genres" aria-label="Genres"><ul>${genres.map(
    ({ slug, name }) =>
      html`<li><a href="/genre/${slug}"${path === `/genre/${slug}` && html` aria-current="page"`}>${name}</a></li>`,
  )}</ul></nav>
</header>`;

/** @param {Surroundings} around @param {Snapshot} received */
const faults = ({ faultsOpen, film }, { faults }) => {
  /** @param {string} name */
  const on = (name) => faults.find((fault) => fault.name === name);
  return html`<details class="faults" data-faults${faultsOpen && html` open`}>
    <summary>Faults <span data-faults-state>${faultsState(faults)}</span></summary>
    <div class="fault-list">${Object.entries(switches).map(
      ([name, { label }]) =>
        html`<button type="button" class="fault" data-fault="${name}" aria-pressed="${String(on(name) !== undefined)}"${
          name === 'refuse' && html` data-item="${film.id}" data-title="${film.title}"`
        }><span>${label}${name === 'refuse' && html` <i data-fault-title>${on(name)?.title ?? film.title}</i>`}</span><b data-fault-hits>${hitsText(on(name))}</b></button>`,
    )}</div>
    <div class="fault-acts">${Object.entries(acts).map(
      ([name, { label }]) => html`<button type="button" data-fault-act="${name}">${label}</button>`,
    )}</div>
  </details>`;
};

/** @param {Surroundings} around */
const panel = (around) => {
  const { received, awsUrl, account, panelClosed, trackerBuilt } = around;
  const totals = received?.totals ?? { events: 0, repeats: 0, sessions: 0 };
  return html`<aside class="receipt" data-receipt data-open="${panelClosed ? 'no' : 'auto'}" data-source="${awsUrl ? 'local-aws' : 'tracker'}" aria-label="Events received, live">
  <button type="button" class="receipt-bar" data-receipt-toggle aria-controls="receipt-paper">
    <span class="lamp" aria-hidden="true"></span><span class="receipt-count" data-receipt-summary>${summaryText(totals)}</span>${received && html`<span class="receipt-faults" data-faults-count>${faultsText(received.faults)}</span>`}<span class="receipt-chevron" aria-hidden="true"></span>
  </button>
  <div class="receipt-paper" id="receipt-paper">
    <header class="receipt-head">
      <h2>Amazon Personalize</h2>
      <p>${
        awsUrl
          ? html`What the local AWS accepted<br>${awsUrl.replace('http://', '')} · ${account.trackingId}`
          : html`What the tracker on this page reports<br>real AWS, ${account.region} · ${account.trackingId}`
      }</p>
    </header>
    <p class="receipt-note" role="status" data-receipt-note>${!trackerBuilt && 'dist/personalize.js is not built yet, so nothing is recorded.'}</p>
    <dl class="totals">
      <div><dt>Events</dt><dd data-total="events">${totals.events}</dd></div>
      <div><dt>${awsUrl ? 'Repeats' : 'Rejected'}</dt><dd data-total="repeats">${totals.repeats}</dd></div>
      <div><dt>Sessions</dt><dd data-total="sessions">${totals.sessions}</dd></div>
    </dl>
    ${received && faults(around, received)}
    <ol class="lines" data-receipt-lines tabindex="0" aria-label="Events, newest first">${received ? receiptLines(received.entries) : []}</ol>
    <p class="receipt-empty">Nothing yet. Click a film.</p>
    <footer class="receipt-foot">
      ${awsUrl && html`<p data-receipt-waiting>${waitingText(totals)}</p>`}
      <p class="receipt-actions">${awsUrl && html`<a href="/interactions.csv" download>Interactions CSV</a>`}<button type="button" data-receipt-clear>Clear</button></p>
    </footer>
  </div>
</aside>`;
};

const loginDialog = html`<dialog class="login" data-login-dialog aria-labelledby="login-title">
  <form method="dialog" data-login-form>
    <h2 id="login-title">Who is watching?</h2>
    <p>From here on events carry a userId, in the same session: that joins what you did before to you.</p>
    <div class="regulars">${regulars.map(
      (name) =>
        html`<button type="button" data-regular="${name}"><span class="initial" aria-hidden="true">${name.slice(0, 1)}</span>${name}</button>`,
    )}</div>
    <label>Or anyone else <input name="name" maxlength="${MAX_NAME_LENGTH}" autocomplete="off" required></label>
    <p class="login-actions"><button type="button" class="quiet" data-login-cancel>Cancel</button><button class="primary">Log in</button></p>
  </form>
</dialog>`;
