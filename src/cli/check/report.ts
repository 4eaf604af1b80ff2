import { paint, type Styled } from '../output.js';
import type { Setup } from './check-flags.js';
import type { Finding, Result } from './run-steps.js';
import { toScriptTag } from './tag.js';

const MARKS: Record<Finding['status'], { mark: string; colour: Parameters<typeof paint>[0] }> = {
  ok: { mark: '✓', colour: 'green' },
  warning: { mark: '!', colour: 'yellow' },
  failed: { mark: '✗', colour: 'red' },
  skipped: { mark: '–', colour: 'gray' },
};

/** Formats a step's result as a line, and its fix as another. @param width of the longest name, in characters */
export const formatResult = (
  { name, status, detail, fix, ms }: Result,
  width: number,
): (string | Styled)[] => {
  const { mark, colour } = MARKS[status];
  const time = ms ? paint('gray', ` (${ms} ms)`) : '';
  const line = [paint(colour, mark), ` ${name.padEnd(width)}  ${detail}`, time];
  return fix ? [...line, `\n  ${' '.repeat(width)}  → ${fix}`] : line;
};

const namesOf = (results: Result[], status: Finding['status']) =>
  results
    .filter((result) => result.status === status)
    .map(({ name }) => name)
    .join(', ');

/** Formats the verdict, with the script tag if no step has failed. */
export const formatVerdict = (results: Result[], setup: Setup): (string | Styled)[] => {
  const failures = namesOf(results, 'failed');
  if (failures) return [paint('red', `To fix: ${failures}.`)];
  const warnings = namesOf(results, 'warning');
  const verdict = paint('green', `All is well${warnings && `, but for warnings: ${warnings}`}.`);
  return [verdict, ` The tag:\n\n${toScriptTag(setup)}`];
};
