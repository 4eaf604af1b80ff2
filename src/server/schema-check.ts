import { closestMatch } from 'leven';
import { MAX_CATEGORICAL_CHARACTERS, MAX_TYPES_AND_COLUMNS } from '../contract/limits.js';
import type { WireEvent } from '../contract/put-events-request.js';
import { toColumn, toProperty } from './column-names.js';
import { type Column, type InteractionsSchema, metadataColumns } from './interactions-schema.js';

/** Something that the dataset drops, although the service answers 200. */
export interface SchemaWarning {
  /** The event's field, such as `properties.genre`. */
  field: string;
  /** Says what is wrong, and what to change. */
  message: string;
}

export type Domain = 'ECOMMERCE' | 'VIDEO_ON_DEMAND';

/** An event with the session and the user that it is sent with. */
export interface SentEvent {
  sessionId: string;
  userId?: string | undefined;
  event: WireEvent;
}

/**
 * Event types that a domain's use cases read
 * (https://docs.aws.amazon.com/personalize/latest/dg/ECOMMERCE-interactions-dataset.html,
 * https://docs.aws.amazon.com/personalize/latest/dg/VIDEO-ON-DEMAND-interactions-dataset.html).
 */
export const DOMAIN_EVENT_TYPES: Record<Domain, string[]> = {
  ECOMMERCE: ['View', 'Purchase'],
  VIDEO_ON_DEMAND: ['Watch', 'Click'],
};

/** Events that are remembered to find duplicates: some 2 MB. */
const MAX_REMEMBERED_EVENTS = 10_000;

/** Returns a property's value as its column's type takes it: markup and CSV files have text for everything. */
const convert = (value: unknown, { types }: Column): unknown => {
  if (typeof value !== 'string' || types.includes('string')) return value;
  if (types.includes('boolean')) return { true: true, false: false }[value] ?? value;
  return value.trim() && Number.isFinite(Number(value)) ? Number(value) : value;
};

const show = (value: unknown) => {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};

/** Counts code points, as the tracker does when it cuts an impression. */
const charactersOf = (text: string) => [...text].length;

/** Finds properties without a column. */
const checkNames = (properties: Record<string, unknown>, schema: InteractionsSchema): SchemaWarning[] =>
  Object.keys(properties).flatMap((name) => {
    const column = toColumn(name);
    if (schema.has(column)) return [];
    const known = metadataColumns(schema).map((each) => toProperty(each.name));
    const closest = closestMatch(name, known, { maxDistance: Math.ceil(name.length / 3) });
    const hint = closest === undefined ? '' : `, or write ${closest}`;
    return [
      {
        field: `properties.${name}`,
        message: `it has no column and is dropped: add ${column} to the schema${hint}`,
      },
    ];
  });

/** Checks one column's value in an event's properties. */
const checkValue = (column: Column, given: unknown): string | undefined => {
  const value = convert(given, column);
  if (value === undefined || value === null) {
    if (column.isNullable) return undefined;
    return value === null
      ? `the column ${column.name} does not allow null: send a value, or allow null in the schema`
      : `it is missing, and the column ${column.name} is required: send it, or allow null in the schema`;
  }
  if (!column.accepts(value)) {
    return `it must be ${column.types.join(' or ')}; got ${show(given)}`;
  }
  const characters = charactersOf(`${value}`);
  if (column.isCategorical && characters > MAX_CATEGORICAL_CHARACTERS) {
    return `a categorical value has at most ${MAX_CATEGORICAL_CHARACTERS} characters; got ${characters}`;
  }
  return undefined;
};

const checkProperties = (
  properties: Record<string, unknown>,
  schema: InteractionsSchema,
): SchemaWarning[] => [
  ...checkNames(properties, schema),
  ...metadataColumns(schema).flatMap((column) => {
    const name =
      Object.keys(properties).find((each) => toColumn(each) === column.name) ?? toProperty(column.name);
    const message = checkValue(column, properties[name]);
    return message ? [{ field: `properties.${name}`, message }] : [];
  }),
];

/** Checks the fields that have a column of their own. */
const checkFields = (
  { itemId, eventValue, impression }: WireEvent,
  schema: InteractionsSchema,
): SchemaWarning[] => {
  const warnings: SchemaWarning[] = [];
  const warn = (field: string, message: string) => warnings.push({ field, message });
  if (!itemId) warn('itemId', 'it is missing, and ITEM_ID is required: the event trains nothing');
  if (eventValue !== undefined && !schema.has('EVENT_VALUE')) {
    warn('eventValue', 'it has no column and is dropped: add EVENT_VALUE (float, null) to the schema');
  }
  const value = schema.get('EVENT_VALUE');
  if (eventValue === undefined && value && !value.isNullable) {
    warn('eventValue', 'it is missing, and the column EVENT_VALUE is required: send it, or allow null');
  }
  if (impression && !schema.has('IMPRESSION')) {
    warn('impression', 'it has no column and is dropped: add IMPRESSION (string, null) to the schema');
  }
  const characters = charactersOf(impression?.join('|') ?? '');
  if (characters > MAX_CATEGORICAL_CHARACTERS) {
    warn('impression', `it has at most ${MAX_CATEGORICAL_CHARACTERS} characters in all; got ${characters}`);
  }
  return warnings;
};

/** Checks whether a use case of the domain reads an event's type. */
export const checkDomain = ({ eventType }: Pick<WireEvent, 'eventType'>, domain: Domain): SchemaWarning[] => {
  const types = DOMAIN_EVENT_TYPES[domain];
  if (types.includes(eventType)) return [];
  const meant = types.find((type) => type.toLowerCase() === eventType.toLowerCase());
  const hint = meant ? `write ${meant}` : `they read ${types.join(', ')}`;
  return [{ field: 'eventType', message: `no use case of ${domain} reads "${eventType}": ${hint}` }];
};

const contentOf = ({ sessionId, userId, event: { eventId, sentAt, ...content } }: SentEvent) =>
  JSON.stringify([userId ?? sessionId, Math.floor(sentAt), Object.entries(content).sort()]);

/** Finds events alike, with other IDs: a dataset keeps one of them. */
const createDuplicateCheck = () => {
  const seen = new Map<string, string | undefined>();
  return (sent: SentEvent): SchemaWarning[] => {
    const { eventId } = sent.event;
    const content = contentOf(sent);
    const isDuplicate = seen.has(content) && seen.get(content) !== eventId;
    if (!seen.has(content)) seen.set(content, eventId);
    const [oldest] = seen.keys();
    if (seen.size > MAX_REMEMBERED_EVENTS && oldest !== undefined) seen.delete(oldest);
    return isDuplicate
      ? [
          {
            field: 'sentAt',
            message:
              'an earlier event has the same second and content: record it once, or give it its own time',
          },
        ]
      : [];
  };
};

/** Finds the event types beyond the dataset's limit, each once. */
export const createTypeCheck = (schema: InteractionsSchema) => {
  const columns =
    metadataColumns(schema).length + ['EVENT_TYPE', 'EVENT_VALUE'].filter((name) => schema.has(name)).length;
  const types = new Set<string>();
  return ({ eventType }: Pick<WireEvent, 'eventType'>): SchemaWarning[] => {
    if (types.has(eventType)) return [];
    types.add(eventType);
    const total = types.size + columns;
    return total > MAX_TYPES_AND_COLUMNS
      ? [
          {
            field: 'eventType',
            message: `a dataset has at most ${MAX_TYPES_AND_COLUMNS} event types and metadata columns together; "${eventType}" makes ${total}: record fewer types`,
          },
        ]
      : [];
  };
};

/**
 * Returns a function that checks events as the dataset would take them, one after the other. It returns an empty list
 * for an event of which nothing is dropped.
 */
export const createSchemaCheck = (schema: InteractionsSchema, domain?: Domain) => {
  const checkDuplicate = createDuplicateCheck();
  const checkType = createTypeCheck(schema);
  return (sent: SentEvent): SchemaWarning[] => {
    const { event } = sent;
    const properties = JSON.parse(event.properties ?? '{}') as Record<string, unknown>;
    return [
      ...checkFields(event, schema),
      ...checkProperties(properties, schema),
      ...(domain ? checkDomain(event, domain) : []),
      ...checkType(event),
      ...checkDuplicate(sent),
    ];
  };
};
