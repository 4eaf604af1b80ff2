import { cutImpression, ID, type TrackedEvent } from '../../contract/event.js';
import { MAX_IMPRESSION_ITEMS } from '../../contract/limits.js';
import { isPlainObject } from '../../contract/validate.js';
import { type Fields, propertiesOf, toNumber, toText } from './product-fields.js';
import { createShownLists, type ListName } from './shown-lists.js';

/** The names that a specification of ecommerce events has for what the mapping reads. */
export interface Vocabulary {
  /** Events that make events by default, each with the trigger of the markup that it stands for. */
  triggers: [name: string, trigger: string][];
  /** Events that show a list. */
  lists: string[];
  /** The event of an item that is selected in a list. */
  selection: string;
  /** The event of an order. It counts once, by the order's ID. */
  purchase: string;
  /** The most products that the specification allows in an event. Default: no limit. */
  maxProducts?: number;
  /** The fields of an event or of its products. */
  fields: Record<'products' | 'itemId' | 'orderId' | 'listId' | 'listName', string>;
}

/** The options that decide which events are made. */
export interface MappingOptions {
  /** Whether the dataset group has a domain, whose names are in capitals. */
  isDomain: boolean;
  /** Returns the event type of the markup's trigger. */
  eventTypeOf(trigger: string): string;
  /** Event types by the specification's event name. `false` switches one off. */
  events?: Record<string, string | false> | undefined;
  /** The field of a product that is the dataset's ITEM_ID. */
  itemId?: string | undefined;
  /** Fields of a product that become properties. */
  properties?: string[] | undefined;
}

/** An event of the specification. */
export interface SourceEvent {
  name: string;
  /** Returns a parameter of the event. May throw what the page's getter throws. */
  parameter(name: string): unknown;
  /** The event as its own product, where the specification allows that. */
  product?: Fields;
}

/** An event for `track()`. Its item may be of any type. */
export type ProductEvent = Omit<TrackedEvent, 'itemId'> & { itemId: unknown };

/** An event that is made of a product, or one that cannot be made, with the reason. */
export interface MappedEvent {
  event: ProductEvent;
  reason?: string;
}

/** The trigger of products that are added to the cart, for which markup has no word. */
export const CART = 'cart';

/** Returns a function that returns the event type for an event's name; undefined for one that makes no event. */
const createTypeOf = ({ triggers }: Vocabulary, { isDomain, eventTypeOf, events = {} }: MappingOptions) => {
  const cartEvent = isDomain ? 'AddToCart' : 'add_to_cart';
  const types = new Map<string, string | false>([
    ...triggers.map(([name, trigger]): [string, string] => [
      name,
      trigger === CART ? cartEvent : eventTypeOf(trigger),
    ]),
    ...Object.entries(events),
  ]);
  return (name: string): string | undefined => types.get(name) || undefined;
};

/** Returns the part of a list around an item that an impression can name. A list may have thousands of items. */
const cutAround = (items: string[], itemId: string): string[] => {
  const at = items.indexOf(itemId);
  const from = Math.max(0, at - MAX_IMPRESSION_ITEMS);
  return cutImpression(items.slice(from, at + MAX_IMPRESSION_ITEMS + 1), itemId);
};

/** Returns a function that makes IDs which are the same when an order is reported again. It counts an item's lines. */
const createIdOf = (name: string, purchase: string, orderId: string | undefined) => {
  const lines = new Map<string, number>();
  return (itemId: string): string | undefined => {
    if (!orderId) return undefined;
    const line = (lines.get(itemId) ?? 0) + 1;
    lines.set(itemId, line);
    const id = `${orderId}-${itemId}${line > 1 ? `-${line}` : ''}`;
    return name === purchase ? id : `${name}-${id}`;
  };
};

/**
 * Creates the function that makes events of a specification's ecommerce events: one for each product. It remembers the
 * lists that the page has shown.
 */
export const createMapper = (
  vocabulary: Vocabulary,
  options: MappingOptions,
): ((event: SourceEvent) => MappedEvent[]) => {
  const { fields, selection, purchase, maxProducts = Number.POSITIVE_INFINITY } = vocabulary;
  const { itemId: itemField = fields.itemId, properties = [] } = options;
  const typeOf = createTypeOf(vocabulary, options);
  const shownLists = createShownLists();
  const isList = (name: string) => vocabulary.lists.includes(name);

  /** Returns the products of an event, or else the event as its own product. A bare ID counts as a product. */
  const productsOf = ({ name, parameter, product }: SourceEvent): Fields[] => {
    const products = parameter(fields.products);
    if (!Array.isArray(products)) return product && !isList(name) ? [product] : [];
    return products.map((each) => (isPlainObject(each) ? each : { [itemField]: each }));
  };

  const sourceOf = (product: Fields, { parameter }: SourceEvent) => {
    const field = (name: string) => toText(product[name] ?? parameter(name));
    return {
      list: { id: field(fields.listId), name: field(fields.listName) } as ListName,
      recommendationId: field('recommendation_id'),
    };
  };

  const rememberList = (event: SourceEvent, products: Fields[]) =>
    shownLists.add(
      products.flatMap((product) => {
        const itemId = toText(product[itemField]);
        return itemId && ID[1](itemId) ? [{ itemId, ...sourceOf(product, event) }] : [];
      }),
    );

  const fieldsOf = (event: SourceEvent, product: Fields, itemId: string) => {
    const own = sourceOf(product, event);
    const shown = shownLists.find(itemId, own.list, event.name === selection || isList(event.name));
    return {
      eventValue: toNumber(product.price),
      properties: propertiesOf(product, properties),
      recommendationId: own.recommendationId ?? shown?.recommendationId,
      impression: shown && cutAround(shown.impression, itemId),
    };
  };

  const mapProducts = (event: SourceEvent, eventType: string, products: Fields[]): MappedEvent[] => {
    const eventIdOf = createIdOf(event.name, purchase, toText(event.parameter(fields.orderId)));
    return products.map((product, at) => {
      const itemId = toText(product[itemField]);
      if (itemId === undefined) {
        const reason = `${fields.products}[${at}].${itemField} of ${event.name} must be text or a number`;
        // Null: `track()` takes undefined for an event without an item.
        return { event: { eventType, itemId: product[itemField] ?? null }, reason };
      }
      const all = { eventType, itemId, eventId: eventIdOf(itemId), ...fieldsOf(event, product, itemId) };
      const given = Object.entries(all).filter(([, value]) => value !== undefined);
      return { event: Object.fromEntries(given) as unknown as ProductEvent };
    });
  };

  return (event) => {
    const { name } = event;
    const eventType = typeOf(name);
    if (!eventType && !isList(name)) return [];
    const all = productsOf(event);
    const products = all.slice(0, maxProducts);
    if (isList(name)) rememberList(event, products);
    if (!eventType) return [];
    const mapped = mapProducts(event, eventType, products);
    // An empty list shows nothing.
    if ((all.length === 0 && !isList(name)) || all.length > maxProducts) {
      const limit = maxProducts === Number.POSITIVE_INFINITY ? 'at least 1' : `1-${maxProducts}`;
      const reason = `${name} must have ${limit} ${fields.products}; got ${all.length}`;
      mapped.push({ event: { eventType, itemId: null }, reason });
    }
    return mapped;
  };
};
