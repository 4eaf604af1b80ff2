// What each page runs, bundled with one peer's settings: `peer` is the file in peers/.
import * as peer from 'peer';

const query = new URLSearchParams(location.search);
const prefix = `${location.hostname.split('.')[0]}-${query.get('visit') ?? 0}`;
let count = 0;

// Where each event begins: the visitor's click. What is recorded says so by its item.
window.bench = {
  /** When each item was clicked, by the clock of this machine. */
  clicks: {},
  click() {
    const itemId = `${prefix}-${++count}`;
    window.bench.clicks[itemId] = Date.now();
    peer.record(itemId);
  },
  /** So many in one task. @param {number} events */
  record(events) {
    for (let n = 0; n < events; n++) window.bench.click();
  },
  /** Of an item of the page's own. */
  recordItem: peer.record,
  flush: peer.flush,
};
document.querySelector('button').addEventListener('click', window.bench.click);
peer.start({ atOnce: query.has('at-once') });
