import avsc from 'avsc';
import { MAX_METADATA_COLUMNS } from '../contract/limits.js';
import { isPlainObject } from '../contract/validate.js';

/** A column of an Interactions dataset. */
export interface Column {
  name: string;
  /** Its Avro types, `null` not among them. */
  types: string[];
  isNullable: boolean;
  /** Its values have at most 1,000 characters. */
  isCategorical: boolean;
  /** Returns whether its Avro type takes a value. */
  accepts(value: unknown): boolean;
}

/** The schema of an Interactions dataset, by column name. */
export type InteractionsSchema = ReadonlyMap<string, Column>;

/**
 * Columns with a meaning of their own, and the Avro types that they must have
 * (https://docs.aws.amazon.com/personalize/latest/dg/custom-datasets-and-schemas.html).
 */
const RESERVED: Record<string, string> = {
  USER_ID: 'string',
  ITEM_ID: 'string',
  TIMESTAMP: 'long',
  EVENT_TYPE: 'string',
  EVENT_VALUE: 'float',
  IMPRESSION: 'string',
  RECOMMENDATION_ID: 'string',
  EVENT_ATTRIBUTION_SOURCE: 'string',
};
const REQUIRED = ['USER_ID', 'ITEM_ID', 'TIMESTAMP'];

/** Types that a column may have (https://docs.aws.amazon.com/personalize/latest/dg/how-it-works-dataset-schema.html). */
const COLUMN_TYPES = ['float', 'double', 'int', 'long', 'string', 'boolean'];

/** A schema that CreateSchema refuses, or that is not of an Interactions dataset. */
class WrongSchema extends Error {}

/** Returns the columns whose meaning is the site's own. */
export const metadataColumns = (schema: InteractionsSchema): Column[] =>
  [...schema.values()].filter(({ name }) => !(name in RESERVED));

const toColumn = (field: unknown): Column => {
  const { name, type, categorical } = field as { name: string; type: unknown; categorical?: unknown };
  const branches = [type].flat();
  const types = branches.filter((branch) => branch !== 'null').map((branch) => JSON.stringify(branch));
  const avro = branches.map((branch) => avsc.Type.forSchema(branch as never));
  return {
    name,
    types: types.map((each) => each.replace(/^"|"$/g, '')),
    isNullable: branches.includes('null'),
    isCategorical: categorical === true,
    accepts: (value) => avro.some((each) => each.isValid(value)),
  };
};

const problemOfColumn = ({ name, types, isNullable }: Column): string | undefined => {
  const unknown = types.find((type) => !COLUMN_TYPES.includes(type));
  if (unknown) return `${name} must be one of ${COLUMN_TYPES.join(', ')}; got ${unknown}`;
  if (!types.length) return `${name} must have a type besides null`;
  if (REQUIRED.includes(name) && isNullable) return `${name} must not allow null`;
  const reserved = RESERVED[name];
  return reserved && types.join() !== reserved
    ? `${name} must be ${reserved}; got ${types.join()}`
    : undefined;
};

const problemOf = (schema: InteractionsSchema): string | undefined => {
  const missing = REQUIRED.find((name) => !schema.has(name));
  if (missing)
    return `the column ${missing} is missing; each Interactions schema needs ${REQUIRED.join(', ')}`;
  const own = metadataColumns(schema).length;
  if (own > MAX_METADATA_COLUMNS) {
    return `a dataset has at most ${MAX_METADATA_COLUMNS} metadata columns; got ${own}`;
  }
  for (const column of schema.values()) {
    const problem = problemOfColumn(column);
    if (problem) return problem;
  }
  return undefined;
};

/**
 * Reads the schema of an Interactions dataset: the Avro JSON that CreateSchema takes.
 * @throws {WrongSchema} for a text that the service would refuse, with the reason
 */
export const readInteractionsSchema = (text: string): InteractionsSchema => {
  let json: unknown;
  try {
    json = JSON.parse(text);
    avsc.Type.forSchema(json as never);
  } catch (error) {
    throw new WrongSchema(`it is not an Avro schema in JSON: ${(error as Error).message}`);
  }
  if (!isPlainObject(json) || json.type !== 'record' || json.name !== 'Interactions') {
    throw new WrongSchema('it must be a record named Interactions');
  }
  const columns = (json.fields as unknown[]).map(toColumn);
  const schema = new Map(columns.map((column) => [column.name, column]));
  const problem = problemOf(schema);
  if (problem) throw new WrongSchema(problem);
  return schema;
};
