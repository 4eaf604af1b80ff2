import { readFileSync } from 'node:fs';
import { parse, type ScalarTag } from 'yaml';

/** A short form such as `!Ref`, as the long one. */
const tag = (name: string, toValue: (text: string) => object): ScalarTag => ({
  tag: `!${name}`,
  resolve: toValue,
});

const TAGS = [
  tag('Ref', (text) => ({ Ref: text })),
  tag('GetAtt', (text) => ({ 'Fn::GetAtt': text.split('.') })),
  tag('Sub', (text) => ({ 'Fn::Sub': text })),
  tag('Condition', (text) => ({ Condition: text })),
];
const LISTS = ['If', 'Equals'].map((name) => ({
  tag: `!${name}`,
  collection: 'seq' as const,
  resolve: (seq: { toJSON(): unknown }) => ({ [`Fn::${name}`]: seq.toJSON() }),
}));

/** CloudFormation's YAML as JSON has it. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the template has
export const parseTemplate = (text: string): any => parse(text, { customTags: [...TAGS, ...LISTS] });

// biome-ignore lint/suspicious/noExplicitAny: see above
export const readTemplate = (path: string): any =>
  parseTemplate(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'));
