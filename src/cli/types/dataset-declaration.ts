import { problemOfNames } from '../../contract/event.js';
import { toProperty } from '../../server/column-names.js';
import { type Column, type InteractionsSchema, metadataColumns } from '../../server/interactions-schema.js';
import { type Member, printAugmentation, quote } from './print-typescript.js';

/** TypeScript types by Avro type; the others are numbers. */
const TYPES: Record<string, string> = { string: 'string', boolean: 'boolean' };

/** Returns the TypeScript types of a column's values, without null. */
const typesOf = ({ types }: Column) => types.map((type) => TYPES[type] ?? 'number');

/** Describes a column for a doc comment, such as `ROW: string or null, categorical.` */
const describeColumn = ({ name, types, isNullable, isCategorical }: Column): string =>
  `${name}: ${[...types, ...(isNullable ? ['null'] : [])].join(' or ')}${isCategorical ? ', categorical' : ''}.`;

/** Returns what is wrong with a column whose property the service would answer with status 400. */
export const problemOfColumnName = ({ name }: Column): string | undefined =>
  problemOfNames({ [toProperty(name)]: null });

/** Returns the columns that a property can fill. */
const propertyColumns = (schema: InteractionsSchema): Column[] =>
  metadataColumns(schema).filter((column) => !problemOfColumnName(column));

const toPropertyMember = (column: Column): Member => ({
  comment: describeColumn(column),
  name: toProperty(column.name),
  // The dataset drops an event that lacks a required column.
  isOptional: column.isNullable,
  type: column.isNullable ? [...typesOf(column), 'null'] : typesOf(column),
});

const toProperties = (columns: Column[]): Member => ({
  comment: columns.length
    ? 'Metadata columns, in camelCase: at most 1,024 characters when written as JSON.'
    : 'The schema has no metadata column.',
  name: 'properties',
  isOptional: columns.every(({ isNullable }) => isNullable),
  type: columns.length ? { members: columns.map(toPropertyMember) } : ['never'],
});

/** Returns a field with a column of its own, if the schema requires the column or lacks it. */
const toField = (schema: InteractionsSchema, name: string, columnName: string): Member | undefined => {
  const column = schema.get(columnName);
  if (!column)
    return { comment: `The schema has no ${columnName}.`, name, isOptional: true, type: ['never'] };
  return column.isNullable
    ? undefined
    : { comment: describeColumn(column), name, isOptional: false, type: typesOf(column) };
};

/** Returns the schema's fields of an event. Fields that the schema does not decide stay as the package has them. */
export const datasetDeclaration = (schema: InteractionsSchema, eventTypes: string[] | undefined): string => {
  const members: (Member | undefined)[] = [
    eventTypes && {
      comment: 'EVENT_TYPE: one of the event types that the dataset takes.',
      name: 'eventType',
      isOptional: false,
      type: eventTypes.map(quote),
    },
    // Required by every Interactions schema: an event without an item trains nothing.
    toField(schema, 'itemId', 'ITEM_ID'),
    toField(schema, 'eventValue', 'EVENT_VALUE'),
    // Never required: the service knows an implicit impression by its recommendationId.
    ...(schema.has('IMPRESSION') ? [] : [toField(schema, 'impression', 'IMPRESSION')]),
    toProperties(propertyColumns(schema)),
  ];
  return printAugmentation(
    'personalize-beacon',
    'DatasetFields',
    members.filter((member) => member !== undefined),
  );
};
