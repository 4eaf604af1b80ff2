// @ts-check
// What the shop's own page code does: the view of a film, the purchase, the log-in. Clicks need no code.

import { isName, readShopper, SHOPPER_COOKIE, userIdOf, writeCookie } from './shopper.js';
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
// By now the dialog has given the focus back, and it may be moved.
dialog?.addEventListener('close', () => {
  form?.reset();
  if (isName(chosen)) logIn(chosen);
  chosen = '';
});

/** @param {string} text */
function say(text) {
  const status = find('[data-film-status]');
  if (status) status.textContent = text;
}

find('[data-watch]')?.addEventListener('click', () => {
  find('.film')?.classList.add('playing');
  say('The lights go down …');
});

find('[data-buy]')?.addEventListener('click', async ({ currentTarget }) => {
  const button = /** @type {HTMLButtonElement} */ (currentTarget);
  const { buy: id, price } = button.dataset;
  button.disabled = true;
  button.textContent = 'Bought';
  say('It is yours to keep.');
  (await tracker).track('purchase', id, { eventValue: Number(price) });
});

async function recordView() {
  const id = find('[data-film]')?.dataset.film;
  if (id) (await tracker).track('view', id);
}

const shopper = readShopper(document.cookie);
if (shopper) tracker.then(({ identify }) => identify(userIdOf(shopper)));
recordView();

// Out of the back/forward cache no module runs again: the name may be another by now, and it is a new view.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  showShopper();
  recordView();
});
