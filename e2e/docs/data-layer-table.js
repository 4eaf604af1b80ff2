// @ts-check
// The table in docs/data-layer.md of GA4's events and the events that the data layer's chunk makes of Google's examples.
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { markdownTable } from 'markdown-table';

export const DATA_LAYER_PAGE = 'docs/data-layer.md';

const BEGIN = '<!-- events: written by npm run tag -->';
const END = '<!-- end of events -->';

const CODE = `
  export { createDataLayerMapper } from './src/browser/capture/data-layer-events.js';
  export { createPushReader } from './src/browser/capture/data-layer-push.js';
  export { createEventTypeOf } from './src/contract/resolve-options.js';
  export { GA4_EXAMPLES } from './e2e/support/ga4-examples.js';`;

const { outputFiles } = buildSync({
  stdin: { contents: CODE, resolveDir: fileURLToPath(new URL('../..', import.meta.url)), loader: 'ts' },
  bundle: true,
  write: false,
  format: 'esm',
});
const { createDataLayerMapper, createPushReader, createEventTypeOf, GA4_EXAMPLES } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')}`
);

/** The fields of an event that the data layer gives, and their sources. @type {Record<string, string>} */
const SOURCES = {
  eventValue: 'the price',
  eventId: 'of transaction and item',
  impression: 'its list',
  recommendationId: 'of the item, the event or the list',
};

/** @param {string} name @param {object} parameters @param {object} options */
const eventOf = (name, parameters, options) => {
  const read = createPushReader();
  const map = createDataLayerMapper({ ...options, eventTypeOf: createEventTypeOf(options) });
  /** @param {string} event @param {object} ecommerce */
  const push = (event, ecommerce) => map(read({ event, ecommerce }).event);
  push('view_item_list', { ...GA4_EXAMPLES.view_item_list, recommendation_id: 'RID-4f1c' });
  return push(name, parameters)[0]?.event;
};

/** Returns a row's cells; undefined for an event that makes none. @param {string} name @param {object} parameters */
const toRow = (name, parameters) => {
  const event = eventOf(name, parameters, {});
  if (!event) return undefined;
  const { eventType } = eventOf(name, parameters, { domain: 'ECOMMERCE' });
  const fields = Object.entries(SOURCES)
    .filter(([field]) => field in event)
    .map(([field, source]) => `\`${field}\`${source && `: ${source}`}`);
  return [`\`${name}\``, `\`${event.eventType}\``, `\`${eventType}\``, fields.join('; ')];
};

const LIST_EVENT = 'view_item_list';

/** Returns the table of all GA4 ecommerce events. */
const eventTable = () => {
  const examples = Object.entries(GA4_EXAMPLES);
  const rows = examples.flatMap(([name, parameters]) => {
    const row = toRow(name, parameters);
    return row ? [row] : [];
  });
  const others = examples
    .filter(([name, parameters]) => name !== LIST_EVENT && !toRow(name, parameters))
    .map(([name]) => `\`${name}\``);
  return markdownTable(
    [
      ['GA4 event', 'event type', 'with `domain`', 'fields, beside `itemId`'],
      [`\`${LIST_EVENT}\``, 'none', 'none', 'the list is the `impression` of later events'],
      ...rows,
      [others.join(', '), 'none', 'none', ''],
    ],
    { alignDelimiters: false },
  ).replace(/^(\| - )+\|$/m, '|---|---|---|---|');
};

/** Returns the page with the table of the code. @param {string} page */
export const withEventTable = (page) => {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${DATA_LAYER_PAGE} must have the lines ${BEGIN} and ${END}`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${eventTable()}\n\n${page.slice(end)}`;
};
