import { readFile } from 'node:fs/promises';
import { type InteractionsSchema, readInteractionsSchema } from '../server/interactions-schema.js';
import {
  createSchemaCheck,
  type Domain,
  type SchemaWarning,
  type SentEvent,
} from '../server/schema-check.js';
import { WrongInput } from './wrong-input.js';

/** Lines that the help of a command with a schema has. */
export const SCHEMA_HELP = `  --schema FILE            the dataset's schema, the Avro JSON that CreateSchema takes: warns of what the dataset
                           would drop, although the service answers 200
  --domain DOMAIN          ECOMMERCE or VIDEO_ON_DEMAND, of a domain dataset group: warns of event types, too`;

const DOMAINS: Domain[] = ['ECOMMERCE', 'VIDEO_ON_DEMAND'];

/** Reads the value of `--domain`. */
export const readDomain = (text: string | undefined): Domain | undefined => {
  const domain = DOMAINS.find((name) => name === text);
  if (text !== undefined && !domain) {
    throw new WrongInput(`--domain must be ${DOMAINS.join(' or ')}; got "${text}"`);
  }
  return domain;
};

/**
 * Reads a schema's file.
 * @param name the argument that names the file, for messages
 */
export const openSchema = async (path: string, name = `--schema ${path}`): Promise<InteractionsSchema> => {
  try {
    return readInteractionsSchema(await readFile(path, 'utf8'));
  } catch (error) {
    throw new WrongInput(`${name}: ${(error as Error).message}`);
  }
};

/** Returns the check of `--schema` and `--domain`; undefined without a schema. */
export const openSchemaCheck = async (
  path: string | undefined,
  domainText: string | undefined,
): Promise<((sent: SentEvent) => SchemaWarning[]) | undefined> => {
  const domain = readDomain(domainText);
  if (path === undefined) {
    if (domain) throw new WrongInput('--domain goes only with --schema');
    return undefined;
  }
  return createSchemaCheck(await openSchema(path), domain);
};
