import { cutImpression, ID, type PropertyValue, type TrackedEvent } from '../../contract/event.js';
import type { Settings } from '../../contract/resolve-options.js';
import { isPlainObject, numberOrText } from '../../contract/validate.js';
import { createShownLists, type ListName, type Source } from './data-layer-lists.js';
import { type PushedEvent, toText } from './data-layer-push.js';

/** The options that decide which events are made of the data layer's. */
export type MappingOptions = Pick<
  Settings,
  'domain' | 'eventTypeOf' | 'dataLayerEvents' | 'dataLayerItemId' | 'dataLayerProperties'
>;

/** The events of one push, and those that cannot be made of it, with the reasons. */
export interface Mapped {
  events: TrackedEvent[];
  rejected: { event: TrackedEvent; reason: string }[];
}

/** The GA4 event that shows a list. */
export const LIST_EVENT = 'view_item_list';
const SELECTION = 'select_item';
const CART = 'add_to_cart';
const PURCHASE = 'purchase';

/** The GA4 events that make events by default, each with the trigger of the markup that it stands for. */
const GA4_TRIGGERS: [name: string, trigger: string][] = [
  [SELECTION, 'click'],
  ['view_item', 'load'],
  [CART, CART],
  [PURCHASE, 'submit'],
];

/** GA4's own limit (https://developers.google.com/analytics/devguides/collection/ga4/ecommerce). */
const MAX_ITEMS = 200;

/** Fields of an item that are numbers, even if they are pushed as text. */
const NUMBERS = /^(price|quantity|discount|index)$/;

/** Returns a function that returns the event type of a GA4 event; undefined for one that makes no event. */
const createTypeOf = ({
  domain,
  eventTypeOf,
  dataLayerEvents = {},
}: MappingOptions): ((name: string) => string | undefined) => {
  const types = new Map<string, string | false>([
    ...GA4_TRIGGERS.map(([name, trigger]): [string, string] => [name, eventTypeOf(trigger)]),
    [CART, domain ? 'AddToCart' : CART],
    ...Object.entries(dataLayerEvents),
  ]);
  return (name) => types.get(name) || undefined;
};

const toNumber = (value: unknown) => {
  const number = typeof value === 'string' ? numberOrText(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

const toPropertyValue = (field: string, value: unknown): PropertyValue | undefined => {
  if (NUMBERS.test(field)) return toNumber(value);
  return typeof value === 'boolean' || toNumber(value) === value ? (value as PropertyValue) : toText(value);
};

/** Returns the property that fills the column of a field's name: a digit keeps its underscore, as in `movie_2`. */
const toCamelCase = (field: string) =>
  field.replace(/_+([a-z])/gi, (_, letter: string) => letter.toUpperCase());

type Item = Record<string, unknown>;

/** Returns the first items of an event, with the members that are no objects left empty. */
const itemsOf = (event: PushedEvent): Item[] => {
  const items = event.parameter('items');
  return Array.isArray(items)
    ? items.slice(0, MAX_ITEMS).map((item) => (isPlainObject(item) ? item : {}))
    : [];
};

/** Returns what an item, or else its event, says of the list that shows it. */
const listOf = (event: PushedEvent, item: Item): ListName => ({
  id: toText(item.item_list_id ?? event.parameter('item_list_id')),
  name: toText(item.item_list_name ?? event.parameter('item_list_name')),
});

const recommendationOf = (event: PushedEvent, item: Item) =>
  toText(item.recommendation_id ?? event.parameter('recommendation_id'));

/**
 * Creates the function that makes events of GA4's: one for each item. It remembers the lists that the page has shown.
 */
export const createMapper = (options: MappingOptions): ((pushed: PushedEvent) => Mapped) => {
  const { dataLayerItemId = 'item_id', dataLayerProperties = [] } = options;
  const typeOf = createTypeOf(options);
  const lists = createShownLists();
  const idOf = (item: Item) => toText(item[dataLayerItemId]);

  const propertiesOf = (item: Item): TrackedEvent['properties'] => {
    const entries = dataLayerProperties
      .map((field): [string, unknown] => [toCamelCase(field), toPropertyValue(field, item[field])])
      .filter(([, value]) => value !== undefined);
    return entries.length ? (Object.fromEntries(entries) as TrackedEvent['properties']) : undefined;
  };

  /** Returns IDs that are the same when a receipt is loaded again. Counts the lines of one item. */
  const createIdOf = (event: PushedEvent) => {
    const transaction = toText(event.parameter('transaction_id'));
    const lines = new Map<string, number>();
    return (itemId: string) => {
      if (!transaction) return undefined;
      const line = (lines.get(itemId) ?? 0) + 1;
      lines.set(itemId, line);
      const id = `${transaction}-${itemId}${line > 1 ? `-${line}` : ''}`;
      return event.name === PURCHASE ? id : `${event.name}-${id}`;
    };
  };

  const rememberLists = (event: PushedEvent, items: Item[]) =>
    lists.add(
      items.flatMap((item) => {
        const itemId = idOf(item);
        return ID[1](itemId)
          ? [
              {
                itemId: itemId as string,
                list: listOf(event, item),
                recommendationId: recommendationOf(event, item),
              },
            ]
          : [];
      }),
    );

  const sourceOf = (event: PushedEvent, item: Item, itemId: string): Partial<Source> => {
    const isInList = event.name === SELECTION || event.name === LIST_EVENT;
    const source = lists.find(itemId, listOf(event, item), isInList);
    return {
      impression: source?.impression && cutImpression(source.impression, itemId),
      recommendationId: recommendationOf(event, item) ?? source?.recommendationId,
    };
  };

  const mapItems = (event: PushedEvent, eventType: string, items: Item[]): Mapped => {
    const mapped: Mapped = { events: [], rejected: [] };
    const eventIdOf = createIdOf(event);
    items.forEach((item, at) => {
      const itemId = idOf(item);
      if (!itemId) {
        const reason = `items[${at}].${dataLayerItemId} of ${event.name} in the data layer must be text or a number`;
        mapped.rejected.push({ event: { eventType }, reason });
        return;
      }
      const fields = {
        eventType,
        itemId,
        eventValue: toNumber(item.price),
        properties: propertiesOf(item),
        eventId: eventIdOf(itemId),
        ...sourceOf(event, item, itemId),
      };
      const given = Object.entries(fields).filter(([, value]) => value !== undefined);
      mapped.events.push(Object.fromEntries(given) as unknown as TrackedEvent);
    });
    return mapped;
  };

  return (event) => {
    const eventType = typeOf(event.name);
    if (!eventType && event.name !== LIST_EVENT) return { events: [], rejected: [] };
    const items = itemsOf(event);
    if (event.name === LIST_EVENT) rememberLists(event, items);
    if (!eventType) return { events: [], rejected: [] };
    const mapped = mapItems(event, eventType, items);
    const pushed = event.parameter('items');
    const count = Array.isArray(pushed) ? pushed.length : 0;
    if (!count || count > MAX_ITEMS) {
      const reason = `${event.name} in the data layer must have 1-${MAX_ITEMS} items; got ${count}`;
      mapped.rejected.push({ event: { eventType }, reason });
    }
    return mapped;
  };
};
