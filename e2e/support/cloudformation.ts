import { readFileSync } from 'node:fs';
import { type CollectionTag, parse, type ScalarTag } from 'yaml';

const PATH = (path: string) => new URL(`../../${path}`, import.meta.url);

/** Returns the long form of a short form such as `!Sub`. */
const long = (name: string) => (/^(Ref|Condition)$/.test(name) ? name : `Fn::${name}`);

const scalar = (name: string): ScalarTag => ({
  tag: `!${name}`,
  resolve: (text) => ({ [long(name)]: name === 'GetAtt' ? text.split('.') : text }),
});

const list = (name: string): CollectionTag => ({
  tag: `!${name}`,
  collection: 'seq',
  // Nested nodes have been resolved before.
  resolve: (seq) => ({ [long(name)]: seq.toJSON() }) as never,
});

const TAGS = [
  ...['Ref', 'GetAtt', 'Sub', 'Condition'].map(scalar),
  ...['Sub', 'If', 'Equals', 'Not'].map(list),
];

// biome-ignore lint/suspicious/noExplicitAny: whatever a template has
type Json = any;

/** Parses CloudFormation's YAML into its JSON form. */
export const parseTemplate = (text: string): Json => parse(text, { customTags: TAGS });

export const readTemplate = (path: string): Json => parseTemplate(readFileSync(PATH(path), 'utf8'));

const FUNCTIONS: Record<string, (value: Json, world: World) => Json> = {
  Ref: (name, { refs }) => refs[name],
  'Fn::GetAtt': (path, { refs }) => refs[path.join('.')],
  'Fn::Equals': ([a, b], world) => evaluate(a, world) === evaluate(b, world),
  'Fn::Not': ([condition], world) => !evaluate(condition, world),
  'Fn::If': ([name, then, otherwise], world) => evaluate(world.conditions[name] ? then : otherwise, world),
  'Fn::Sub'(value, world) {
    const [text, own = {}] = [value].flat();
    const names = { ...world.refs, ...(evaluate(own, world) as object) } as Record<string, string>;
    return text.replace(/\$\{([^}]+)\}/g, (_: string, name: string) => names[name]);
  },
};

interface World {
  /** Values of `!Ref` and `!GetAtt`, including parameters. */
  refs: Record<string, string>;
  conditions: Record<string, boolean>;
}

const evaluate = (value: Json, world: World): Json => {
  if (Array.isArray(value)) return value.map((member) => evaluate(member, world));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  const run = entries.length === 1 && FUNCTIONS[name];
  if (run) return run(argument, world);
  return Object.fromEntries(entries.map(([key, member]) => [key, evaluate(member, world)]));
};

/**
 * Returns a template's resources and outputs as deployed: functions evaluated, outputs with a false condition removed.
 */
export const deploy = (template: Json, parameters: Record<string, string>, known: Record<string, string>) => {
  const defaults = Object.entries<Json>(template.Parameters).map(([name, { Default }]) => [name, Default]);
  const refs = { ...Object.fromEntries(defaults), ...parameters, ...known };
  const world: World = { refs, conditions: {} };
  world.conditions = evaluate(template.Conditions, world);
  const outputs = Object.entries<Json>(template.Outputs)
    .filter(([, { Condition }]) => !Condition || world.conditions[Condition])
    .map(([name, { Value }]) => [name, evaluate(Value, world)]);
  return { resources: evaluate(template.Resources, world), outputs: Object.fromEntries(outputs) };
};
