// Google's published examples of GA4 ecommerce events (https://developers.google.com/analytics/devguides/collection/ga4/ecommerce),
// with their parameters and nesting; the values are of a shop for films.

/** Returns an item with all the parameters of Google's examples. */
const item = (item_id: string, item_name: string, index: number, price: number, quantity: number) => ({
  item_id,
  item_name,
  affiliation: 'Film shop',
  coupon: 'SUMMER_FUN',
  discount: 2.22,
  index,
  item_brand: 'London Films',
  item_category: 'Films',
  item_category2: 'Crime',
  item_category3: 'Black and white',
  item_category4: 'Vienna',
  item_category5: 'Zither',
  item_list_id: 'related_products',
  item_list_name: 'Related Products',
  item_variant: 'dvd',
  location_id: 'ChIJIQBpAG2ahYAR_6128GcTUEo',
  price,
  quantity,
});

const THIRD_MAN = item('movie-12', 'The Third Man', 0, 10.01, 3);
const RIFIFI = { ...item('movie-7', 'Rififi', 1, 21.01, 2), promotion_id: 'P_12345' };
const items = [THIRD_MAN, RIFIFI];

const LIST = { item_list_id: 'related_products', item_list_name: 'Related products' };
const VALUE = { currency: 'USD', value: 30.03 };
const PROMOTION = {
  creative_name: 'Summer Banner',
  creative_slot: 'featured_app_1',
  promotion_id: 'P_12345',
  promotion_name: 'Summer Sale',
};
const ORDER = {
  transaction_id: 'T_12345',
  value: 72.05,
  tax: 3.6,
  shipping: 5.99,
  currency: 'USD',
  coupon: 'SUMMER_SALE',
};

/** The parameters of each event, by its name, in the order of a visit. */
export const GA4_EXAMPLES = {
  view_promotion: { ...PROMOTION, items },
  select_promotion: { ...PROMOTION, items: [THIRD_MAN] },
  view_item_list: { ...LIST, items },
  select_item: { ...LIST, items: [THIRD_MAN] },
  view_item: { ...VALUE, items: [THIRD_MAN] },
  add_to_wishlist: { ...VALUE, items: [THIRD_MAN] },
  add_to_cart: { ...VALUE, items: [THIRD_MAN] },
  view_cart: { ...VALUE, items: [THIRD_MAN] },
  remove_from_cart: { ...VALUE, items: [THIRD_MAN] },
  begin_checkout: { ...VALUE, coupon: 'SUMMER_FUN', items },
  add_shipping_info: { ...VALUE, coupon: 'SUMMER_FUN', shipping_tier: 'Ground', items },
  add_payment_info: { ...VALUE, coupon: 'SUMMER_FUN', payment_type: 'Credit Card', items },
  purchase: { ...ORDER, items },
  refund: { ...ORDER, items: [THIRD_MAN] },
};

/** The events that the examples make by default, in their order. */
export const GA4_EVENTS = [
  {
    eventType: 'click',
    itemId: 'movie-12',
    eventValue: 10.01,
    impression: ['movie-12', 'movie-7'],
  },
  { eventType: 'view', itemId: 'movie-12', eventValue: 10.01, impression: ['movie-12', 'movie-7'] },
  { eventType: 'add_to_cart', itemId: 'movie-12', eventValue: 10.01, impression: ['movie-12', 'movie-7'] },
  {
    eventType: 'purchase',
    itemId: 'movie-12',
    eventValue: 10.01,
    eventId: 'T_12345-movie-12',
    impression: ['movie-12', 'movie-7'],
  },
  {
    eventType: 'purchase',
    itemId: 'movie-7',
    eventValue: 21.01,
    eventId: 'T_12345-movie-7',
    impression: ['movie-12', 'movie-7'],
  },
];
