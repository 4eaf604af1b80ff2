// Each peer's page, bundled with its settings: `peer` is the file in peers/.
import * as peer from 'peer';

const query = new URLSearchParams(location.search);
const prefix = `${location.hostname.split('.')[0]}-${query.get('visit') ?? 0}`;
let count = 0;

// The visitor's click, at which an event begins; its item ID tells the visit.
window.bench = {
  /** The time of each item's click, by this machine's clock. */
  clicks: {},
  click() {
    const itemId = `${prefix}-${++count}`;
    window.bench.clicks[itemId] = Date.now();
    peer.record(itemId);
  },
  /** Records events in one task. @param {number} events */
  record(events) {
    for (let n = 0; n < events; n++) window.bench.click();
  },
  /** Records an event of one of the page's own items. */
  recordItem: peer.record,
  flush: peer.flush,
};
document.querySelector('button').addEventListener('click', window.bench.click);
peer.start({ atOnce: query.has('at-once'), atEnd: query.has('at-end') });
