// @ts-check
// The live panel, fed by the local AWS's stream or, with real AWS, by this page's tracker.

import { wireFaults } from './faults.js';
import { html } from './html.js';
import { receiptLimit, receiptLines, summaryText, waitingText } from './receipt.js';
import { writeCookie } from './shopper.js';
import { tracker } from './tracker.js';
import { readTrackerEntries, watchTracker } from './trackerlog.js';

/** @typedef {import('./receipt.js').Entry} Entry */
/** @typedef {import('./receipt.js').Totals} Totals */

const panel = /** @type {HTMLElement} */ (document.querySelector('[data-receipt]'));
const lines = /** @type {HTMLElement} */ (panel.querySelector('[data-receipt-lines]'));
const toggle = /** @type {HTMLElement} */ (panel.querySelector('[data-receipt-toggle]'));
const besideTheShop = matchMedia('(min-width: 1000px)');

const isOpen = () => panel.dataset.open === 'yes' || (panel.dataset.open === 'auto' && besideTheShop.matches);
const showState = () => toggle.setAttribute('aria-expanded', String(isOpen()));

toggle.addEventListener('click', () => {
  panel.dataset.open = isOpen() ? 'no' : 'yes';
  // A sheet over the page is closed on the next page; a column beside it keeps its state.
  if (besideTheShop.matches) writeCookie('receipt', isOpen() ? 'open' : 'closed');
  showState();
});
addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape' || besideTheShop.matches || !isOpen() || document.querySelector('dialog[open]'))
    return;
  panel.dataset.open = 'no';
  showState();
  toggle.focus();
});
besideTheShop.addEventListener('change', showState);
showState();

/** @param {Totals} totals */
function showTotals(totals) {
  for (const cell of panel.querySelectorAll('[data-total]')) {
    const name = /** @type {HTMLElement} */ (cell).dataset.total;
    cell.textContent = String(totals[/** @type {keyof Totals} */ (name)] ?? 0);
  }
  const summary = panel.querySelector('[data-receipt-summary]');
  if (summary) summary.textContent = summaryText(totals);
  const waiting = panel.querySelector('[data-receipt-waiting]');
  if (waiting) waiting.textContent = waitingText(totals);
}

/** @param {{ entries: Entry[], totals: Totals }} all */
function showAll({ entries, totals }) {
  lines.innerHTML = html`${receiptLines(entries)}`.markup;
  showTotals(totals);
}

/** @param {{ entries: Entry[], totals: Totals }} more newest first */
function showMore({ entries, totals }) {
  const fresh = receiptLines(entries);
  lines.insertAdjacentHTML('afterbegin', html`${fresh}`.markup);
  for (const line of [...lines.children].slice(0, fresh.length)) line.classList.add('new');
  for (const line of [...lines.children].slice(receiptLimit)) line.remove();
  panel.classList.remove('blink');
  requestAnimationFrame(() => panel.classList.add('blink'));
  showTotals(totals);
}

function watchLocalAws() {
  const showFaults = wireFaults(panel);
  /** @type {EventSource | undefined} */
  let source;
  const close = () => {
    source?.close();
    source = undefined;
  };
  const open = () => {
    if (source || document.visibilityState === 'hidden') return;
    source = new EventSource('/live');
    source.addEventListener('snapshot', ({ data }) => {
      const snapshot = JSON.parse(data);
      showAll(snapshot);
      showFaults(snapshot.faults);
    });
    source.addEventListener('faults', ({ data }) => showFaults(JSON.parse(data)));
    source.addEventListener('accepted', ({ data }) => showMore(JSON.parse(data)));
    source.addEventListener('open', () => panel.classList.remove('lost'));
    source.addEventListener('error', () => panel.classList.add('lost'));
  };
  open();
  // An open stream keeps a page out of the back/forward cache, and a hidden tab need not take up one of the
  // browser's six connections to the shop.
  addEventListener('pagehide', close);
  addEventListener('pageshow', open);
  document.addEventListener('visibilitychange', () =>
    document.visibilityState === 'hidden' ? close() : open(),
  );
}

const note = /** @type {HTMLElement} */ (panel.querySelector('[data-receipt-note]'));
tracker.then(({ on }) =>
  on('error', ({ reason }) => (note.textContent = `The tracker has stopped sending: ${reason}`)),
);

const clearButton = panel.querySelector('[data-receipt-clear]');

if (panel.dataset.source === 'local-aws') {
  watchLocalAws();
  clearButton?.addEventListener('click', () => fetch('/live/clear', { method: 'POST' }));
} else {
  showAll(readTrackerEntries());
  const { clear } = watchTracker(showMore);
  clearButton?.addEventListener('click', () => {
    clear();
    showAll(readTrackerEntries());
  });
}
