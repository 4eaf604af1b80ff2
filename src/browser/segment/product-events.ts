import { cutImpression, ID, type PropertyValue, type TrackedEvent } from '../../contract/event.js';
import { MAX_IMPRESSION_ITEMS } from '../../contract/limits.js';
import type { Options } from '../../contract/options.js';
import { createEventTypeOf } from '../../contract/resolve-options.js';
import { isPlainObject, numberOrText } from '../../contract/validate.js';
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
  /** The fields of an event or of its products. */
  fields: Record<'products' | 'itemId' | 'orderId' | 'listId' | 'listName', string>;
}

/** The options that decide which events are made. */
export interface MappingOptions {
  domain?: Options['domain'];
  /** Event types by the specification's event name. `false` switches one off. */
  events?: Record<string, string | false>;
  /** The field of a product that is the dataset's ITEM_ID. */
  itemId?: string;
  /** Fields of a product that become properties. */
  properties?: string[];
}

/** An event of the specification, with its parameters. */
export interface SourceEvent {
  name: string;
  parameters: Record<string, unknown>;
}

/** An event for `track()`. Its item may be of any type: `track()` rejects a wrong one, and says so. */
export type ProductEvent = Omit<TrackedEvent, 'itemId'> & { itemId: unknown };

/** The trigger of products that are added to the cart, which markup has no word for. */
export const CART = 'cart';
const CART_EVENT = 'add_to_cart';

/** Fields of a product that are numbers, even if they are given as text. */
const NUMBERS = /^(price|quantity|discount|index|position)$/;

/** Returns a function that returns the event type for an event's name; undefined for one that makes no event. */
const createTypeOf = ({ triggers }: Vocabulary, { domain, events = {} }: MappingOptions) => {
  const eventTypeOf = createEventTypeOf(domain ? { domain } : {});
  const cartEvent = domain ? 'AddToCart' : CART_EVENT;
  const types = new Map<string, string | false>([
    ...triggers.map(([name, trigger]): [string, string] => [
      name,
      trigger === CART ? cartEvent : eventTypeOf(trigger),
    ]),
    ...Object.entries(events),
  ]);
  return (name: string): string | undefined => types.get(name) || undefined;
};

/** Returns the text that an ID stands for; undefined for blank text and for values of other types. */
const toText = (value: unknown): string | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) ? `${value}` : undefined;
  return (typeof value === 'string' && value.trim()) || undefined;
};

const toNumber = (value: unknown): number | undefined => {
  const number = typeof value === 'string' ? numberOrText(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

const toPropertyValue = (field: string, value: unknown): PropertyValue | undefined => {
  if (NUMBERS.test(field)) return toNumber(value);
  return typeof value === 'boolean' ? value : typeof value === 'number' ? toNumber(value) : toText(value);
};

const toCamelCase = (field: string) => field.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());

const propertiesOf = (product: Record<string, unknown>, fields: string[]): TrackedEvent['properties'] => {
  const entries = fields
    .map((field): [string, unknown] => [toCamelCase(field), toPropertyValue(field, product[field])])
    .filter(([, value]) => value !== undefined);
  return entries.length ? (Object.fromEntries(entries) as TrackedEvent['properties']) : undefined;
};

/** Returns the part of a list around an item that an impression can name. A list may have thousands of items. */
const cutAround = (items: string[], itemId: string): string[] => {
  const at = items.indexOf(itemId);
  const from = Math.max(0, at - MAX_IMPRESSION_ITEMS);
  return cutImpression(items.slice(from, at + MAX_IMPRESSION_ITEMS + 1), itemId);
};

/**
 * Creates the function that makes events of a specification's ecommerce events: one for each product. It remembers the
 * lists that the page has shown.
 */
export const createMapper = (
  vocabulary: Vocabulary,
  options: MappingOptions,
): ((event: SourceEvent) => ProductEvent[]) => {
  const { fields, selection, purchase } = vocabulary;
  const { itemId: itemField = fields.itemId, properties = [] } = options;
  const typeOf = createTypeOf(vocabulary, options);
  const shownLists = createShownLists();
  const isList = (name: string) => vocabulary.lists.includes(name);

  /** Returns the products of an event, or else the event as its own product. A bare ID counts as a product. */
  const productsOf = ({ name, parameters }: SourceEvent): Record<string, unknown>[] => {
    const products = parameters[fields.products];
    if (!Array.isArray(products)) return isList(name) ? [] : [parameters];
    // An order without products is rejected for its missing item. An empty list shows nothing.
    if (!products.length && !isList(name)) return [{}];
    return products.map((product) => (isPlainObject(product) ? product : { [itemField]: product }));
  };

  const sourceOf = (product: Record<string, unknown>, parameters: Record<string, unknown>) => {
    const field = (name: string) => toText(product[name] ?? parameters[name]);
    return {
      list: { id: field(fields.listId), name: field(fields.listName) } as ListName,
      recommendationId: field('recommendation_id'),
    };
  };

  const rememberList = ({ parameters }: SourceEvent, products: Record<string, unknown>[]) =>
    shownLists.add(
      products.flatMap((product) => {
        const itemId = toText(product[itemField]);
        return itemId && ID[1](itemId) ? [{ itemId, ...sourceOf(product, parameters) }] : [];
      }),
    );

  /** Returns a function that makes IDs which are the same when an order is reported again. It counts an item's lines. */
  const createIdOf = ({ name, parameters }: SourceEvent) => {
    const orderId = toText(parameters[fields.orderId]);
    const lines = new Map<string, number>();
    return (itemId: string): string | undefined => {
      if (!orderId) return undefined;
      const line = (lines.get(itemId) ?? 0) + 1;
      lines.set(itemId, line);
      const id = `${orderId}-${itemId}${line > 1 ? `-${line}` : ''}`;
      return name === purchase ? id : `${name}-${id}`;
    };
  };

  const toEvent = (
    { name, parameters }: SourceEvent,
    product: Record<string, unknown>,
    eventIdOf: (itemId: string) => string | undefined,
  ): Partial<ProductEvent> => {
    const itemId = toText(product[itemField]);
    // Not undefined, which `track()` takes for an event without an item.
    if (itemId === undefined) return { itemId: product[itemField] ?? null };
    const own = sourceOf(product, parameters);
    const shown = shownLists.find(itemId, own.list, name === selection || isList(name));
    return {
      itemId,
      eventValue: toNumber(product.price),
      properties: propertiesOf(product, properties),
      recommendationId: own.recommendationId ?? shown?.recommendationId,
      impression: shown && cutAround(shown.impression, itemId),
      eventId: eventIdOf(itemId),
    } as Partial<ProductEvent>;
  };

  return (event) => {
    const eventType = typeOf(event.name);
    if (!eventType && !isList(event.name)) return [];
    const products = productsOf(event);
    if (isList(event.name)) rememberList(event, products);
    if (!eventType) return [];
    const eventIdOf = createIdOf(event);
    return products.map((product) => {
      const fields = { eventType, ...toEvent(event, product, eventIdOf) };
      const given = Object.entries(fields).filter(([, value]) => value !== undefined);
      return Object.fromEntries(given) as unknown as ProductEvent;
    });
  };
};
