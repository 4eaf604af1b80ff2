// @ts-check
// The buttons that let the local AWS fail. They show the active faults, also those set elsewhere.

import { faultsState, faultsText, hitsText } from './receipt.js';
import { writeCookie } from './shopper.js';

/** @typedef {import('./receipt.js').FaultOn} FaultOn */

/** @param {object} button */
const press = (button) => fetch('/live/faults', { method: 'POST', body: JSON.stringify(button) });

/** @param {ParentNode} root @param {string} selector @param {string} text */
const write = (root, selector, text) => {
  const place = root.querySelector(selector);
  if (place) place.textContent = text;
};

/**
 * Makes the buttons work.
 * @param {HTMLElement} panel
 * @returns {(faults: FaultOn[]) => void} shows the active faults
 */
export function wireFaults(panel) {
  const section = /** @type {HTMLDetailsElement} */ (panel.querySelector('[data-faults]'));
  section.addEventListener('toggle', () => writeCookie('faults', section.open ? 'open' : ''));
  section.addEventListener('click', ({ target }) => {
    const button = target instanceof Element && target.closest('button');
    if (!button) return;
    const { fault, faultAct, item } = button.dataset;
    if (faultAct) press({ name: faultAct });
    else press({ name: fault, on: button.ariaPressed !== 'true', itemId: item });
  });

  return (faults) => {
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll('[data-fault]'))) {
      const fault = faults.find(({ name }) => name === button.dataset.fault);
      button.setAttribute('aria-pressed', String(fault !== undefined));
      write(button, '[data-fault-hits]', hitsText(fault));
      write(button, '[data-fault-title]', fault?.title ?? button.dataset.title ?? '');
    }
    write(section, '[data-faults-state]', faultsState(faults));
    write(panel, '[data-faults-count]', faultsText(faults));
  };
}
