import type { PropertyValue, TrackedEvent } from '../../contract/event.js';
import { numberOrText } from '../../contract/validate.js';

/** The fields of a product, or of an event. */
export type Fields = Record<string, unknown>;

/** Fields of a product that are numbers, even if they are given as text. */
const NUMBERS = /^(price|quantity|discount|index|position)$/;

/** Returns the text that an ID stands for; undefined for blank text and for values of other types. */
export const toText = (value: unknown): string | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) ? `${value}` : undefined;
  return (typeof value === 'string' && value.trim()) || undefined;
};

/** Returns a number, also one that is given as text; undefined for other values. */
export const toNumber = (value: unknown): number | undefined => {
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

/** Returns some fields of a product as an event's properties; undefined if it has none of them. */
export const propertiesOf = (product: Fields, fields: string[]): TrackedEvent['properties'] => {
  const entries = fields
    .map((field): [string, unknown] => [toCamelCase(field), toPropertyValue(field, product[field])])
    .filter(([, value]) => value !== undefined);
  return entries.length ? (Object.fromEntries(entries) as TrackedEvent['properties']) : undefined;
};
