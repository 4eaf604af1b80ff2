import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const STOREFRONT = 'demo/storefront/interactions.avsc';
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const types = (...args: string[]) => {
  const options = { encoding: 'utf8', cwd: ROOT } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'types', ...args], options);
  return { status, stdout, stderr };
};

/** Writes the storefront's schema with other fields added, and returns its path. */
const writeSchema = (add: object[], without: string[] = []) => {
  const schema = JSON.parse(readFileSync(`${ROOT}${STOREFRONT}`, 'utf8'));
  const kept = schema.fields.filter(({ name }: { name: string }) => !without.includes(name));
  const path = test.info().outputPath('interactions.avsc');
  writeFileSync(path, JSON.stringify({ ...schema, fields: [...kept, ...add] }));
  return path;
};

test("types prints the fields of an event as the storefront's schema has them", () => {
  expect(types(STOREFRONT, '--events', 'click, view,purchase')).toEqual({
    status: 0,
    stderr: '',
    stdout: `// Made by this command; run it again when the schema changes:
// npx personalize-beacon types demo/storefront/interactions.avsc --events 'click, view,purchase'

import type {} from 'personalize-beacon';

declare module 'personalize-beacon' {
  interface DatasetFields {
    /** EVENT_TYPE: one of the event types that the dataset takes. */
    eventType: 'click' | 'view' | 'purchase';
    /** ITEM_ID: string. */
    itemId: string;
    /** Metadata columns, in camelCase: at most 1,024 characters when written as JSON. */
    properties?: {
      /** ROW: string or null, categorical. */
      row?: string | null;
      /** POSITION: int or null. */
      position?: number | null;
    };
  }
}
`,
  });
});

test('types requires columns that do not allow null, and refuses fields without a column', () => {
  const file = writeSchema(
    [
      { name: 'NUMBER_OF_RATINGS', type: ['int', 'long'] },
      { name: 'IS_MEMBER', type: ['boolean', 'string', 'null'] },
    ],
    ['ROW', 'POSITION', 'EVENT_VALUE', 'IMPRESSION'],
  );
  const { stdout } = types(file);
  expect(stdout).not.toContain('eventType');
  expect(stdout).toContain(`
    /** ITEM_ID: string. */
    itemId: string;
    /** The schema has no EVENT_VALUE. */
    eventValue?: never;
    /** The schema has no IMPRESSION. */
    impression?: never;
    /** Metadata columns, in camelCase: at most 1,024 characters when written as JSON. */
    properties: {
      /** NUMBER_OF_RATINGS: int or long. */
      numberOfRatings: number;
      /** IS_MEMBER: boolean or string or null. */
      isMember?: boolean | string | null;
    };
`);
});

test('types knows a schema without metadata columns, and one that requires EVENT_VALUE', () => {
  const file = writeSchema([{ name: 'EVENT_VALUE', type: 'float' }], ['ROW', 'POSITION', 'EVENT_VALUE']);
  const { stdout } = types(file);
  expect(stdout).toContain('    eventValue: number;\n');
  expect(stdout).toContain('    properties?: never;\n');
});

test('types leaves out a column whose property the service answers with status 400, and warns', () => {
  const file = writeSchema([{ name: 'SESSION_ID', type: ['string', 'null'] }]);
  const { status, stdout, stderr } = types(file);
  expect(stdout).not.toContain('sessionId');
  expect(stderr).toBe(
    'types: warning: SESSION_ID is left out: properties.sessionId is a word the service reserves\n',
  );
  expect(status).toBe(0);
});

test('types --domain gives the event types that its use cases read, and warns of others', () => {
  expect(types(STOREFRONT, '--domain', 'ECOMMERCE').stdout).toContain("eventType: 'View' | 'Purchase';");
  expect(types(STOREFRONT, '--domain', 'VIDEO_ON_DEMAND').stdout).toContain("eventType: 'Watch' | 'Click';");
  const { status, stdout, stderr } = types(STOREFRONT, '--domain', 'ECOMMERCE', '--events', 'View,purchase');
  expect(stderr).toBe(
    'types: warning: --events: no use case of ECOMMERCE reads "purchase": write Purchase\n',
  );
  expect(stdout).toContain("eventType: 'View' | 'purchase';");
  expect(status).toBe(0);
});

test('types --jsx imports the attributes of a framework, and none by default', () => {
  expect(types(STOREFRONT, '--events', 'click').stdout).not.toContain('jsx');
  for (const framework of ['preact', 'react', 'solid', 'svelte', 'vue']) {
    expect(types(STOREFRONT, '--events', 'click', '--jsx', framework).stdout).toContain(
      `import type {} from 'personalize-beacon';\nimport type {} from 'personalize-beacon/jsx/${framework}';\n`,
    );
  }
});

test("an event type cannot end a string or a comment, or act on the reader's terminal", () => {
  const { stdout } = types(STOREFRONT, '--events', `it's "\\,line\n*/\u2028,\u202eevil`);
  expect(stdout).toContain(`eventType: 'it\\'s "\\\\' | 'line\\n*/' | '\\u202eevil';`);
  expect(stdout.split('\n')[1]).toBe(
    `// npx personalize-beacon types ${STOREFRONT} --events 'it'\\''s "\\,line\\u000a*/\\u2028,\\u202eevil'`,
  );
});

test('types breaks a long line', () => {
  const [first, second] = ['a'.repeat(50), 'b'.repeat(50)];
  expect(types(STOREFRONT, '--events', `${first},${second}`).stdout).toContain(
    `    eventType:\n      | '${first}'\n      | '${second}';\n`,
  );
});

for (const [args, reason] of [
  [[], 'types takes one file, the schema; got 0. --help lists all flags'],
  [['a.avsc', 'b.avsc'], 'types takes one file, the schema; got 2. --help lists all flags'],
  [['missing.avsc'], 'missing.avsc: ENOENT'],
  [['package.json'], 'package.json: it is not an Avro schema in JSON'],
  [[STOREFRONT, '--event', 'click'], "Unknown option '--event'"],
  [[STOREFRONT, '--domain', 'SHOP'], '--domain must be ECOMMERCE or VIDEO_ON_DEMAND; got "SHOP"'],
  [[STOREFRONT, '--jsx', 'angular'], '--jsx must be preact, react, solid, svelte or vue; got "angular"'],
  [
    [STOREFRONT, '--events', 'click,,view'],
    '--events must be event types of 1-256 characters, separated by commas; got ""',
  ],
  [
    [STOREFRONT, '--events', 'x'.repeat(257)],
    '--events must be event types of 1-256 characters, separated by commas; got "xxx',
  ],
  [[STOREFRONT, '--events', 'click,view,click'], '--events has "click" twice: write it once'],
  [
    [STOREFRONT, '--events', 'a,b,c,d,e,f,g'],
    '--events: a dataset has at most 10 event types and metadata columns together; "g" makes 11: record fewer types',
  ],
] as const) {
  test(`types ${args.join(' ').slice(0, 80)} is refused, and nothing is printed`, () => {
    const { status, stdout, stderr } = types(...args);
    expect(stderr).toContain(`types: ${reason}`);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
}

test('types --help lists its flags', () => {
  const { status, stdout } = types('--help');
  for (const flag of ['--events', '--domain', '--jsx']) expect(stdout).toContain(flag);
  expect(status).toBe(0);
});
