// @ts-check
// The shop's script. It calls the tracker only for log-ins and log-outs: everything else is recorded by markup.

import { CLUB_COOKIE, isName, readShopper, SHOPPER_COOKIE, userIdOf, writeCookie } from './shopper.js';
import { tracker } from './tracker.js';

/** @param {string} selector @param {ParentNode} [root] */
const find = (selector, root = document) => /** @type {HTMLElement | null} */ (root.querySelector(selector));

function showShopper() {
  const name = readShopper(document.cookie);
  find('[data-login]')?.toggleAttribute('hidden', name !== undefined);
  find('[data-shopper]')?.toggleAttribute('hidden', name === undefined);
  const label = find('[data-shopper-name]');
  if (label) label.textContent = name ?? '';
}

/** @param {string} name */
async function logIn(name) {
  writeCookie(SHOPPER_COOKIE, name);
  showShopper();
  find('[data-logout]')?.focus();
  (await tracker).identify(userIdOf(name));
}

async function logOut() {
  writeCookie(SHOPPER_COOKIE, '');
  showShopper();
  find('[data-login]')?.focus();
  (await tracker).reset();
}

const dialog = /** @type {HTMLDialogElement | null} */ (find('[data-login-dialog]'));
const form = /** @type {HTMLFormElement | null} */ (find('[data-login-form]'));

find('[data-login]')?.addEventListener('click', () => dialog?.showModal());
find('[data-logout]')?.addEventListener('click', logOut);

let chosen = '';
form?.addEventListener('submit', () => {
  chosen = String(new FormData(form).get('name')).trim();
});
form?.addEventListener('click', ({ target }) => {
  const button = target instanceof Element && target.closest('button');
  if (!button || button.type === 'submit') return;
  chosen = button.dataset.regular ?? '';
  dialog?.close();
});
// By now the dialog has returned the focus, which can be moved.
dialog?.addEventListener('close', () => {
  form?.reset();
  if (isName(chosen)) logIn(chosen);
  chosen = '';
});

/** @param {string} text */
function showStatus(text) {
  const status = find('[data-film-status]');
  if (status) status.textContent = text;
}

const trailer = find('[data-trailer]');
trailer?.addEventListener('click', () => {
  const screen = find('[data-screen]');
  const video = screen?.querySelector('video');
  const closes = !screen?.hidden;
  trailer.setAttribute('aria-expanded', String(!closes));
  trailer.textContent = closes ? 'Watch the trailer' : 'Close the trailer';
  screen?.toggleAttribute('hidden', closes);
  find('[data-film]')?.classList.toggle('playing', !closes);
  if (closes) video?.pause();
  // Fails if closed at once, or if playing is not allowed: the video has its own controls.
  else video?.play().catch(() => {});
});

find('[data-stars]')?.addEventListener('change', ({ target }) =>
  showStatus(`${/** @type {HTMLInputElement} */ (target).value} of 5 stars, thank you.`),
);

find('[data-buy]')?.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  const button = form.querySelector('button');
  if (!button) return;
  button.disabled = true;
  button.textContent = 'Bought';
  showStatus(form.dataset.buy ?? '');
});

const club = find('[data-club]');
find('[data-club-form]')?.addEventListener('submit', (event) => {
  event.preventDefault();
  writeCookie(CLUB_COOKIE, 'joined');
  /** @type {HTMLElement} */ (event.currentTarget).hidden = true;
  const text = find('[data-club-text]');
  if (text) text.textContent = 'See you on Friday. The seat in the corner is yours.';
  text?.focus();
});
find('[data-club-decline]')?.addEventListener('click', () => {
  writeCookie(CLUB_COOKIE, 'declined');
  // The focus was in the removed element.
  club?.nextElementSibling?.querySelector('a')?.focus({ preventScroll: true });
  club?.remove();
});

const shopper = readShopper(document.cookie);
if (shopper) tracker.then(({ identify }) => identify(userIdOf(shopper)));

// After a back/forward cache restore no module runs again, and the user may have changed.
addEventListener('pageshow', ({ persisted }) => persisted && showShopper());
