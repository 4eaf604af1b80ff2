import { createEventTypeOf } from '../../contract/resolve-options.js';
import { toProperty } from '../../server/column-names.js';
import type { Column, InteractionsSchema } from '../../server/interactions-schema.js';
import type { Domain } from '../../server/schema-check.js';
import { describeColumn, propertyColumns } from './dataset-declaration.js';
import { type Member, printAugmentation, quote } from './print-typescript.js';

/** Frameworks whose attributes can be declared: in each, those of HTML and SVG extend `AriaAttributes`. */
export const FRAMEWORKS = ['react', 'vue'] as const;
export type Framework = (typeof FRAMEWORKS)[number];

/** Event types of actions, which `data-personalize-event` may name as well. */
const ACTION_TYPES = ['Taken', 'Not Taken', 'Viewed'];

// biome-ignore lint/suspicious/noTemplateCurlyInString: a template literal type
const NUMBER = ['number', '`${number}`'];

/** Types of an attribute by the column's: markup is text, which the service converts. */
const ATTRIBUTE_TYPES: Record<string, string[]> = {
  string: ['string', 'number'],
  boolean: ['boolean', "'true'", "'false'"],
};

/** Returns an attribute. Without a value, null or undefined, it is not rendered, and may be inherited. */
const toAttribute = (name: string, comment: string, types: string[]): Member => ({
  comment,
  name: `data-personalize-${name}`,
  isOptional: true,
  type: [...types, 'null', 'undefined'],
});

const toPropertyAttribute = (column: Column): Member =>
  toAttribute(
    `property-${toProperty(column.name).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    describeColumn(column),
    column.types.flatMap((type) => ATTRIBUTE_TYPES[type] ?? NUMBER),
  );

const toEventAttributes = (eventTypes: string[], domain: Domain | undefined): Member[] => {
  const eventTypeOf = createEventTypeOf(domain ? { domain } : {});
  const own = eventTypes.map(quote);
  /** Returns the types for an attribute whose value may be left out, if its default is one of the event types. */
  const withDefault = (trigger: string, ...more: string[]) => {
    const isAllowed = eventTypes.includes(eventTypeOf(trigger));
    return [...own, ...more.map(quote), ...(isAllowed ? ['true', "''"] : [])];
  };
  return [
    toAttribute('event', 'The event type, or that of an action.', [...own, ...ACTION_TYPES.map(quote)]),
    toAttribute(
      'impression',
      `The event type; by default ${eventTypeOf('impression')}.`,
      withDefault('impression', 'Viewed'),
    ),
    toAttribute('media', `The event type; by default ${eventTypeOf('media')}.`, withDefault('media')),
  ];
};

/** Returns the declaration of the attributes whose values the schema decides, for a framework's JSX. */
export const jsxDeclaration = (
  framework: Framework,
  schema: InteractionsSchema,
  eventTypes: string[] | undefined,
  domain: Domain | undefined,
): string => {
  const members = [
    ...(eventTypes ? toEventAttributes(eventTypes, domain) : []),
    ...(schema.has('EVENT_VALUE') ? [] : [toAttribute('value', 'The schema has no EVENT_VALUE.', ['never'])]),
    ...propertyColumns(schema).map(toPropertyAttribute),
  ];
  return printAugmentation(framework, 'AriaAttributes', members);
};
