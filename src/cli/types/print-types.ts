import { parseArgs } from 'node:util';
import { type InteractionsSchema, metadataColumns } from '../../server/interactions-schema.js';
import { checkDomain, type Domain } from '../../server/schema-check.js';
import type { Command } from '../command.js';
import { openSchema, readDomain } from '../open-schema.js';
import { print, printError } from '../output.js';
import { oneLine } from '../printable.js';
import { WrongInput } from '../wrong-input.js';
import { datasetDeclaration, problemOfColumnName } from './dataset-declaration.js';
import { readEventTypes } from './event-types.js';

/** Frameworks whose attributes the package declares. */
const FRAMEWORKS = ['preact', 'react', 'solid', 'svelte', 'vue'];

const FRAMEWORK_LIST = `${FRAMEWORKS.slice(0, -1).join(', ')} or ${FRAMEWORKS.at(-1)}`;

const HELP = `Prints TypeScript declarations, by which track() accepts only what the dataset's schema knows.

  npx personalize-beacon types FILE [options] > personalize.d.ts

  FILE                     the schema of the Interactions dataset, the Avro JSON that CreateSchema takes
  --events TYPE,TYPE       the event types, separated by commas; default: those of --domain, else any
  --domain DOMAIN          ECOMMERCE or VIDEO_ON_DEMAND, of a domain dataset group: also warns of event types that no
                           use case reads
  --jsx FRAMEWORK          ${FRAMEWORK_LIST}, which must be installed: also imports
                           personalize-beacon/jsx/FRAMEWORK, so that attributes are checked
  --help                   prints this help

Put the file where the project's tsconfig.json includes it. It needs no import.

Exit code: 0 printed, perhaps with warnings; 2 not understood, and nothing is printed.

  types interactions.avsc --events click,view,purchase --jsx react > src/personalize.d.ts
`;

const FLAGS = {
  events: { type: 'string' },
  domain: { type: 'string' },
  jsx: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const readArguments = (args: string[]) => {
  try {
    return parseArgs({ args, options: FLAGS, allowPositionals: true });
  } catch (error) {
    throw new WrongInput((error as Error).message);
  }
};

const readFramework = (text: string | undefined) => {
  const framework = FRAMEWORKS.find((name) => name === text);
  if (text !== undefined && !framework) {
    throw new WrongInput(`--jsx must be ${FRAMEWORK_LIST}; got "${text}"`);
  }
  return framework;
};

/** Returns an argument as a shell takes it, on one line. */
const shellQuote = (text: string) =>
  /^[\w./:,=@%+-]+$/.test(text) ? text : `'${oneLine(text).replaceAll("'", "'\\''")}'`;

/** Returns what the types leave out, or accept although nothing would read it. */
const findWarnings = (
  schema: InteractionsSchema,
  eventTypes: string[] = [],
  domain: Domain | undefined,
): string[] => [
  ...metadataColumns(schema).flatMap((column) => {
    const problem = problemOfColumnName(column);
    return problem ? [`${column.name} is left out: ${problem}`] : [];
  }),
  ...eventTypes.flatMap((eventType) =>
    domain ? checkDomain({ eventType }, domain).map(({ message }) => `--events: ${message}`) : [],
  ),
];

const run = async (args: string[]) => {
  const { values, positionals } = readArguments(args);
  if (values.help) {
    print(HELP);
    return;
  }
  const [file, ...others] = positionals;
  if (file === undefined || others.length) {
    throw new WrongInput(
      `types takes one file, the schema; got ${positionals.length}. --help lists all flags`,
    );
  }
  const domain = readDomain(values.domain);
  const framework = readFramework(values.jsx);
  const schema = await openSchema(file, file);
  const eventTypes = readEventTypes(values.events, domain, schema);
  for (const warning of findWarnings(schema, eventTypes, domain)) printError(`types: warning: ${warning}`);
  const parts = [
    `// Made by this command; run it again when the schema changes:\n// npx personalize-beacon types ${args.map(shellQuote).join(' ')}`,
    // TypeScript extends only an interface of a module that it has read.
    ['personalize-beacon', ...(framework ? [`personalize-beacon/jsx/${framework}`] : [])]
      .map((name) => `import type {} from '${name}';`)
      .join('\n'),
    datasetDeclaration(schema, eventTypes),
  ];
  print(parts.join('\n\n'));
};

export const types: Command = {
  summary: "Prints TypeScript types of the dataset's schema",
  async run(args) {
    try {
      await run(args);
      return 0;
    } catch (error) {
      if (!(error instanceof WrongInput)) throw error;
      printError(`types: ${error.message}`);
      return 2;
    }
  },
};
