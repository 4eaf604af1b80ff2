import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test';
import { describeEvent, describeProblems } from './describe-received.js';
import { checkReceiver, type Personalize } from './personalize.js';

/** Checks that the dataset would drop nothing of the events received so far. It does not wait. */
export function toHaveNoWarnings(this: ExpectMatcherState, personalize: Personalize): MatcherReturnType {
  checkReceiver('toHaveNoWarnings', personalize);
  if (!personalize.aws.schema) {
    throw new Error('toHaveNoWarnings() needs the schema of the dataset, in personalizeOptions.schema.');
  }
  const warned = personalize.events().filter(({ warnings }) => warnings.length);
  const message = () =>
    [
      this.utils.matcherHint('toHaveNoWarnings', 'personalize', '', { isNot: this.isNot }),
      '',
      this.isNot
        ? 'The dataset would drop nothing of the events received.'
        : `The dataset would drop something of ${warned.length === 1 ? '1 event' : `${warned.length} events`}:`,
      ...warned.flatMap((event) => [
        `  ${describeEvent(event)}`,
        ...describeProblems(event).map((problem) => `    ${problem}`),
      ]),
    ].join('\n');
  return { name: 'toHaveNoWarnings', pass: !warned.length, message };
}
