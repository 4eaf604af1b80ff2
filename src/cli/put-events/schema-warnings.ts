import type { SchemaWarning, SentEvent } from '../../server/schema-check.js';
import { printError } from '../output.js';
import { oneLine } from '../printable.js';
import type { ReadRow } from './interactions.js';

/** Warnings that are printed of a file. Each of a million rows may have one. */
const MAX_PRINTED_WARNINGS = 20;

type SchemaCheck = (sent: SentEvent) => SchemaWarning[];

/** Prints a warning about an event. @param where such as `rows.csv:7` */
export const printWarning = (where: string, { field, message }: SchemaWarning) =>
  printError(oneLine(`${where}: warning: ${field}: ${message}`));

/** Returns a reader of rows that also prints what the dataset would drop of them, each kind of warning once. */
export const withWarnings = (read: ReadRow, name: string, check: SchemaCheck): ReadRow => {
  const printed = new Set<string>();
  const printOnce = (line: number, warning: SchemaWarning) => {
    // Without the value, which may differ in each row.
    const kind = `${warning.field} ${warning.message.replace(/; got .*/s, '')}`;
    if (printed.has(kind) || printed.size > MAX_PRINTED_WARNINGS) return;
    printed.add(kind);
    if (printed.size <= MAX_PRINTED_WARNINGS) printWarning(`${name}:${line}`, warning);
    else printError(`${name}: further warnings are not printed`);
  };
  return (row) => {
    const interaction = read(row);
    if (!('problem' in interaction)) {
      for (const warning of check(interaction)) printOnce(row.line, warning);
    }
    return interaction;
  };
};
