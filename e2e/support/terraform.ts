import { readFileSync } from 'node:fs';
import { parse } from '@cdktn/hcl2json';

// biome-ignore lint/suspicious/noExplicitAny: whatever a configuration has
type Json = any;

export const readConfiguration = (path: string): Promise<Json> => {
  const url = new URL(`../../${path}`, import.meta.url);
  return parse(path, readFileSync(url, 'utf8'));
};

const FUNCTIONS = {
  split: (by: string, text: string) => text.split(by),
  length: (text: string) => text.length,
};

/** Evaluates expressions that are also JavaScript, apart from strings, which become templates, and `jsonencode`. */
const evaluate = async (value: Json, scope: Record<string, Json>): Promise<Json> => {
  if (Array.isArray(value)) return Promise.all(value.map((member) => evaluate(member, scope)));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(async ([key, member]) => [key, await evaluate(member, scope)]);
    return Object.fromEntries(await Promise.all(entries));
  }
  if (typeof value !== 'string') return value;
  const [, json] = /^\$\{jsonencode\((.*)\)\}$/s.exec(value) ?? [];
  if (json) return evaluate((await parse('json.tf', `json = ${json}`)).json, scope);
  const [, expression] = /^\$\{([^}]*|.*\?.*)\}$/s.exec(value) ?? [];
  const code = expression?.replace(/"((?:\\.|[^"\\])*)"/g, '`$1`') ?? `\`${value}\``;
  const names = { ...FUNCTIONS, ...scope };
  return new Function(...Object.keys(names), `return ${code.replace(/\bvar\./g, 'variable.')}`)(
    ...Object.values(names),
  );
};

const mapValues = async (object: Json, change: (value: Json) => Json) =>
  Object.fromEntries(
    await Promise.all(Object.entries(object).map(async ([key, value]) => [key, await change(value)])),
  );

/** Returns a configuration's resources and outputs as applied: expressions evaluated, null outputs removed. */
export const apply = async (
  configuration: Json,
  variables: Record<string, string>,
  known: Record<string, Json>,
) => {
  const defaults = await mapValues(configuration.variable, ([{ default: value }]) => value);
  const scope = { ...known, variable: { ...defaults, ...variables } };
  const local = await evaluate(configuration.locals[0], scope);
  const resources = await mapValues(configuration.resource, (named) =>
    mapValues(named, ([resource]) => evaluate(resource, { ...scope, local })),
  );
  const outputs = await mapValues(configuration.output, ([{ value }]) =>
    evaluate(value, { ...scope, local }),
  );
  return {
    resources,
    outputs: Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== null)),
  };
};
