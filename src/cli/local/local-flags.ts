import { readFile } from 'node:fs/promises';
import type { StartLocalAwsOptions } from '../../local/start-local-aws.js';
import { openSchema, readDomain } from '../open-schema.js';
import { readFlags } from '../read-flags.js';
import { WrongInput } from '../wrong-input.js';

/** The port that is used unless another is given. */
export const DEFAULT_PORT = 8081;

const FLAGS = {
  port: { type: 'string' },
  'tracking-id': { type: 'string', multiple: true },
  'action-tracking-id': { type: 'string', multiple: true },
  'identity-pool-id': { type: 'string', multiple: true },
  region: { type: 'string' },
  schema: { type: 'string' },
  domain: { type: 'string' },
  json: { type: 'boolean' },
  'no-ui': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** The command as its flags say it. */
export interface LocalSetup {
  isHelp: boolean;
  isJson: boolean;
  options: StartLocalAwsOptions & { port: number };
}

const readPort = (text: string | undefined): number => {
  if (text === undefined) return DEFAULT_PORT;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new WrongInput(`--port must be a number from 0 to 65535; got "${text}"`);
  }
  return port;
};

/** Reads the text of a schema that is valid. */
const readSchema = async (path: string): Promise<string> => {
  await openSchema(path);
  return readFile(path, 'utf8');
};

/** Reads the flags. @throws {WrongInput} with what to change */
export const readSetup = async (args: string[]): Promise<LocalSetup> => {
  const { values, problem } = readFlags(args, FLAGS);
  if (!values) throw new WrongInput(problem);
  const domain = readDomain(values.domain);
  if (domain && values.schema === undefined) throw new WrongInput('--domain goes only with --schema');
  const ids = {
    trackingId: values['tracking-id'],
    actionTrackingId: values['action-tracking-id'],
    identityPoolId: values['identity-pool-id'],
    region: values.region,
  };
  for (const [name, value] of Object.entries(ids)) {
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if ([value].flat().includes('')) throw new WrongInput(`--${flag} must not be empty`);
  }
  const given = Object.entries({ ...ids, domain }).filter(([, value]) => value !== undefined);
  return {
    isHelp: !!values.help,
    isJson: !!values.json,
    options: {
      ...(Object.fromEntries(given) as StartLocalAwsOptions),
      ...(values.schema !== undefined && { schema: await readSchema(values.schema) }),
      port: readPort(values.port),
      hasPage: !values['no-ui'],
    },
  };
};
