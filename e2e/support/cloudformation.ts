import { readFileSync } from 'node:fs';
import { type CollectionTag, parse, type ScalarTag } from 'yaml';

const toUrl = (path: string) => new URL(`../../${path}`, import.meta.url);

/** Returns the long form of a short form such as `!Sub`. */
const toLongForm = (name: string) => (/^(Ref|Condition)$/.test(name) ? name : `Fn::${name}`);

const scalar = (name: string): ScalarTag => ({
  tag: `!${name}`,
  resolve: (text) => ({ [toLongForm(name)]: name === 'GetAtt' ? text.split('.') : text }),
});

const list = (name: string): CollectionTag => ({
  tag: `!${name}`,
  collection: 'seq',
  // Nested nodes have been resolved before.
  resolve: (seq) => ({ [toLongForm(name)]: seq.toJSON() }) as never,
});

const TAGS = [
  ...['Ref', 'GetAtt', 'Sub', 'Condition'].map(scalar),
  ...['Sub', 'If', 'Equals', 'Not'].map(list),
];

// biome-ignore lint/suspicious/noExplicitAny: whatever a template has
type Json = any;

/** Parses CloudFormation's YAML into its JSON form. */
export const parseTemplate = (text: string): Json => parse(text, { customTags: TAGS });

export const readTemplate = (path: string): Json => parseTemplate(readFileSync(toUrl(path), 'utf8'));

const FUNCTIONS: Record<string, (value: Json, scope: Scope) => Json> = {
  Ref: (name, { refs }) => refs[name],
  'Fn::GetAtt': (path, { refs }) => refs[path.join('.')],
  'Fn::Equals': ([a, b], scope) => evaluate(a, scope) === evaluate(b, scope),
  'Fn::Not': ([condition], scope) => !evaluate(condition, scope),
  'Fn::If': ([name, then, otherwise], scope) => evaluate(scope.conditions[name] ? then : otherwise, scope),
  'Fn::Sub'(value, scope) {
    const [text, own = {}] = [value].flat();
    const names = { ...scope.refs, ...(evaluate(own, scope) as object) } as Record<string, string>;
    return text.replace(/\$\{([^}]+)\}/g, (_: string, name: string) => names[name]);
  },
};

interface Scope {
  /** Values of `!Ref` and `!GetAtt`, including parameters. */
  refs: Record<string, string>;
  conditions: Record<string, boolean>;
}

const evaluate = (value: Json, scope: Scope): Json => {
  if (Array.isArray(value)) return value.map((member) => evaluate(member, scope));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  const run = entries.length === 1 && FUNCTIONS[name];
  if (run) return run(argument, scope);
  return Object.fromEntries(entries.map(([key, member]) => [key, evaluate(member, scope)]));
};

/**
 * Returns a template's resources and outputs as deployed: functions evaluated, outputs with a false condition removed.
 */
export const deploy = (template: Json, parameters: Record<string, string>, known: Record<string, string>) => {
  const defaults = Object.entries<Json>(template.Parameters).map(([name, { Default }]) => [name, Default]);
  const refs = { ...Object.fromEntries(defaults), ...parameters, ...known };
  const scope: Scope = { refs, conditions: {} };
  scope.conditions = evaluate(template.Conditions, scope);
  const outputs = Object.entries<Json>(template.Outputs)
    .filter(([, { Condition }]) => !Condition || scope.conditions[Condition])
    .map(([name, { Value }]) => [name, evaluate(Value, scope)]);
  return { resources: evaluate(template.Resources, scope), outputs: Object.fromEntries(outputs) };
};
