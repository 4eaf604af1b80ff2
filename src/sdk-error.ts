import type { Answer } from './lib/http.js';
import { settle, type Verdict } from './settle.js';

/** An error of the AWS SDK in the terms of the answer that it stands for. */
const answerOf = (error: unknown): Answer => {
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  return { status: $metadata?.httpStatusCode ?? 0, kind: name ?? '', body: { message }, retryAfterMs: 0 };
};

/** What the tracker would do with a batch of this size, had the page itself had the answer and its repeats were used up. */
export const verdictOf = (error: unknown, size: number): Verdict =>
  settle(answerOf(error), { size, failures: 0, resigned: true, posted: true, jitter: () => 0 });
