import { attempt } from './attempt.js';

/** Tells the console, under the project's name. A page's own console may throw. */
export const complain = (...what: string[]): void =>
  void attempt(() => console.error(`personalize-beacon: ${what.join('\n')}`));
