import { ID } from '../../contract/event.js';
import { MAX_ID_CHARACTERS } from '../../contract/limits.js';
import type { InteractionsSchema } from '../../server/interactions-schema.js';
import { createTypeCheck, DOMAIN_EVENT_TYPES, type Domain } from '../../server/schema-check.js';
import { WrongInput } from '../wrong-input.js';

/**
 * Reads `--events`. By default the types are those that the domain's use cases read; undefined, which stands for any
 * type, without a domain.
 * @throws {WrongInput} for a type that the service or the dataset would refuse
 */
export const readEventTypes = (
  text: string | undefined,
  domain: Domain | undefined,
  schema: InteractionsSchema,
): string[] | undefined => {
  if (text === undefined) return domain && DOMAIN_EVENT_TYPES[domain];
  const types = text.split(',').map((type) => type.trim());
  const checkType = createTypeCheck(schema);
  for (const [at, type] of types.entries()) {
    if (!ID[1](type)) {
      throw new WrongInput(
        `--events must be event types of 1-${MAX_ID_CHARACTERS} characters, separated by commas; got "${type}"`,
      );
    }
    if (types.indexOf(type) < at) throw new WrongInput(`--events has "${type}" twice: write it once`);
    const [warning] = checkType({ eventType: type });
    if (warning) throw new WrongInput(`--events: ${warning.message}`);
  }
  return types;
};
