import { styleText } from 'node:util';
import type { Setup } from './setup.js';
import { tagOf } from './tag.js';
import type { Finding, Result } from './walk.js';

const MARKS: Record<Finding['status'], { mark: string; colour: Parameters<typeof styleText>[0] }> = {
  ok: { mark: '✓', colour: 'green' },
  warning: { mark: '!', colour: 'yellow' },
  failed: { mark: '✗', colour: 'red' },
  skipped: { mark: '–', colour: 'gray' },
};

/** Not when it goes to a file or a pipe, nor where NO_COLOR is set, which Node knows of. */
const hasColours = () => process.stdout.isTTY && process.stdout.hasColors();

const paint = (colour: Parameters<typeof styleText>[0], text: string) =>
  hasColours() ? styleText(colour, text) : text;

/** A step as a line, and what to fix as another. @param width of the longest name, in characters */
export const lineOf = ({ name, status, detail, fix, ms }: Result, width: number): string => {
  const { mark, colour } = MARKS[status];
  const time = ms ? paint('gray', ` (${ms} ms)`) : '';
  const line = `${paint(colour, mark)} ${name.padEnd(width)}  ${detail}${time}`;
  return fix ? `${line}\n  ${' '.repeat(width)}  → ${fix}` : line;
};

const namesOf = (results: Result[], status: Finding['status']) =>
  results
    .filter((result) => result.status === status)
    .map(({ name }) => name)
    .join(', ');

/** What it comes to, and when all is well the tag. */
export const verdictOf = (results: Result[], setup: Setup): string => {
  const failures = namesOf(results, 'failed');
  if (failures) return paint('red', `To fix: ${failures}.`);
  const warnings = namesOf(results, 'warning');
  const verdict = paint('green', `All is well${warnings && `, but for warnings: ${warnings}`}.`);
  return `${verdict} The tag:\n\n${tagOf(setup)}`;
};
