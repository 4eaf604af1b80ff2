import { toProperty } from '../../server/column-names.js';
import { metadataColumns } from '../../server/interactions-schema.js';
import { openSchema } from '../open-schema.js';
import { failed, ok, type Step } from './run-steps.js';

/** Reads the dataset's schema, and says which properties have a column. */
export const schemaStep = (path: string): Step => ({
  name: 'schema',
  async run() {
    try {
      const columns = metadataColumns(await openSchema(path));
      const names = columns.map(({ name, types, isNullable }) => {
        const required = isNullable ? '' : ', required';
        return `${toProperty(name)} (${types.join(' or ')}${required})`;
      });
      return ok(names.length ? `properties with a column: ${names.join(', ')}` : 'no property has a column');
    } catch (error) {
      return failed(
        (error as Error).message,
        'Take the Avro JSON that CreateSchema was given for the Interactions dataset.',
      );
    }
  },
});
