import { CART, type Vocabulary } from '../commerce/product-events.js';

/**
 * The names of Segment's ecommerce specification, version 2
 * (https://segment.com/docs/connections/spec/ecommerce/v2/).
 */
export const SEGMENT: Vocabulary = {
  triggers: [
    ['Product Clicked', 'click'],
    ['Product Viewed', 'load'],
    ['Product Added', CART],
    ['Order Completed', 'submit'],
  ],
  lists: ['Product List Viewed', 'Product List Filtered'],
  selection: 'Product Clicked',
  purchase: 'Order Completed',
  fields: {
    products: 'products',
    itemId: 'product_id',
    orderId: 'order_id',
    listId: 'list_id',
    listName: 'list_name',
  },
};
