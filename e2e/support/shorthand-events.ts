import fc from 'fast-check';

/** Any character, often one with a meaning in shorthand syntax. */
const character = fc.oneof(
  fc.constantFrom(...`'"\\,=[]{}@ a`),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
);

/** The official CLI treats a quote after a `\` as text, so no text can end with a `\`. */
const isSayable = (value: string) => !/\\$|\0/.test(value);

/** Excludes blank texts, which the tracker treats as missing. */
const text = (maxLength: number) =>
  fc
    .string({ unit: character, minLength: 1, maxLength })
    .filter((value) => isSayable(value) && value.trim() !== '');

const printable = fc
  .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 })
  .filter((value) => /\S/.test(value) && isSayable(value));

/** Events that the service accepts, with texts that are hard to quote. */
export const events = fc.record(
  {
    eventType: text(40),
    sentAt: fc.integer({ min: 1, max: 2_000_000_000 }),
    eventId: text(40),
    itemId: text(40),
    eventValue: fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0),
    properties: fc
      .dictionary(fc.constantFrom('genre', 'row', "it's"), fc.oneof(text(20), fc.integer(), fc.boolean()))
      .map((properties) => JSON.stringify(properties)),
    recommendationId: text(10),
    impression: fc.array(text(20), { minLength: 1, maxLength: 5 }),
    metricAttribution: fc.record({ eventAttributionSource: printable }),
  },
  { requiredKeys: ['eventType', 'sentAt'] },
);

const quote = (value: string) => {
  if (/^[\w,.:/|;-]+( [\w,]+)*$/.test(value) && !value.startsWith(',')) return value.replaceAll(',', '\\,');
  const mark = value.includes("'") ? '"' : "'";
  return mark + value.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`) + mark;
};

const write = (value: unknown): string => {
  // Omits brackets where possible, as the official CLI's examples do.
  if (Array.isArray(value)) {
    const members = value.map(write).join(',');
    return value.length > 1 && value.length % 2 ? members : `[${members}]`;
  }
  if (typeof value === 'object' && value !== null) return `{${pairs(value)}}`;
  return quote(`${value}`);
};

const pairs = (value: object) =>
  Object.entries(value)
    .map(([key, inner]) => `${key}=${write(inner)}`)
    .join(',');

/** Writes an event in shorthand syntax, as a person would. */
export const toShorthand = (event: object): string => pairs(event);
