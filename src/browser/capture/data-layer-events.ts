import type { Settings } from '../../contract/resolve-options.js';
import { CART, createMapper, type Vocabulary } from '../commerce/product-events.js';

/** The options that decide which events are made of the data layer's. */
export type DataLayerSettings = Pick<
  Settings,
  'domain' | 'eventTypeOf' | 'dataLayerEvents' | 'dataLayerItemId' | 'dataLayerProperties'
>;

/** The GA4 event that shows a list. */
export const LIST_EVENT = 'view_item_list';

/** The names and the limit of GA4 (https://developers.google.com/analytics/devguides/collection/ga4/ecommerce). */
const GA4: Vocabulary = {
  triggers: [
    ['select_item', 'click'],
    ['view_item', 'load'],
    ['add_to_cart', CART],
    ['purchase', 'submit'],
  ],
  lists: [LIST_EVENT],
  selection: 'select_item',
  purchase: 'purchase',
  maxProducts: 200,
  fields: {
    products: 'items',
    itemId: 'item_id',
    orderId: 'transaction_id',
    listId: 'item_list_id',
    listName: 'item_list_name',
  },
};

/** Creates the function that makes events of GA4's: one for each item. It remembers the lists that the page has shown. */
export const createDataLayerMapper = ({
  domain,
  eventTypeOf,
  dataLayerEvents,
  dataLayerItemId,
  dataLayerProperties,
}: DataLayerSettings) =>
  createMapper(GA4, {
    isDomain: !!domain,
    eventTypeOf,
    events: dataLayerEvents,
    itemId: dataLayerItemId,
    properties: dataLayerProperties,
  });
