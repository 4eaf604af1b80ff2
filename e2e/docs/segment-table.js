// @ts-check
// The table of docs/segment.md: the events that the plugin, as built, makes of Segment's.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The events of Segment's ecommerce specification that the table lists. */
const NAMES = [
  'Product List Viewed',
  'Product List Filtered',
  'Product Clicked',
  'Product Viewed',
  'Product Added',
  'Order Completed',
];

const PRODUCTS = [
  { product_id: 'a', price: 1 },
  { product_id: 'b', price: 2 },
];

/** The page that has the table. */
export const SEGMENT_PAGE = 'docs/segment.md';

const HEADER = ['event of Segment', 'event type', 'with `domain`', 'fields, beside `itemId`'];

/** @typedef {typeof import('../../src/browser/segment/segment-plugin.js')} Module */
/** @typedef {import('../../src/browser/segment/segment-plugin.js').SegmentOptions} Options */

/** Imports the plugin of a build, which may be in a folder without a package. @param {string} dist @returns {Promise<Module>} */
const load = (dist) => {
  const script = readFileSync(join(dist, 'segment.js'), 'utf8').replace(/\n\/\/# sourceMappingURL.*/, '');
  return import(`data:text/javascript,${encodeURIComponent(script)}`);
};

/**
 * Returns the events that the plugin makes of an event of Segment's, after others.
 * @param {Module} module @param {Options} options @param {string[]} names the last one's events are returned
 */
const eventsOf = ({ personalizePlugin }, options, ...names) => {
  /** @type {Record<string, unknown>[]} */
  let events = [];
  const tracker = /** @type {any} */ ({ track: (/** @type {any} */ event) => events.push(event) });
  const plugin = personalizePlugin(tracker, options);
  for (const event of names) {
    events = [];
    const properties = {
      ...(/Order/.test(event) && { order_id: '5' }),
      ...(/List|Order/.test(event) ? { products: PRODUCTS } : PRODUCTS[0]),
    };
    plugin.track({ event: { event, properties } });
  }
  return events;
};

/** Returns the cells of an event's row. @param {Module} module @param {string} name */
const rowOf = (module, name) => {
  const events = eventsOf(module, {}, name);
  const [event] = events;
  if (!event) {
    const [click] = eventsOf(module, {}, name, 'Product Clicked');
    return [name, 'none', 'none', click?.impression ? 'clicks on its products carry it as `impression`' : ''];
  }
  const [inDomain] = eventsOf(module, { domain: 'ECOMMERCE' }, name);
  const [afterList] = eventsOf(module, {}, 'Product List Viewed', name);
  const fields = Object.keys(/** @type {object} */ (afterList)).filter(
    (field) => !/^(eventType|itemId)$/.test(field),
  );
  return [
    name,
    `\`${event.eventType}\`${events.length > 1 ? ', for each product' : ''}`,
    `\`${inDomain?.eventType}\``,
    fields.map((field) => `\`${field}\``).join(', '),
  ];
};

/** Returns the page with the table of the plugin in a build's folder. @param {string} page @param {string} dist */
export const withSegmentTable = async (page, dist) => {
  const module = await load(dist);
  const rows = [HEADER, HEADER.map(() => '---'), ...NAMES.map((name) => rowOf(module, name))];
  const table = rows.map((cells) => `| ${cells.join(' | ')} |\n`.replaceAll(' --- ', '---')).join('');
  return page.replace(/^\| event of Segment \|.*\n(\|.*\n)+/m, () => table);
};
