import type { Answer } from '../contract/answer.js';
import { classifyResponse, type Outcome } from '../contract/retry-policy.js';

/** Returns the answer that an AWS SDK error stands for. */
const answerOf = (error: unknown): Answer => {
  const { name, message, $metadata }: Error & { $metadata?: { httpStatusCode?: number } } = Object(error);
  return {
    status: $metadata?.httpStatusCode ?? 0,
    kind: `${name ?? ''}`,
    body: { message },
    retryAfterMs: 0,
  };
};

/** Classifies an AWS SDK error as the tracker would, with no retries left. @param size events in the batch */
export const classifySdkError = (error: unknown, size: number): Outcome =>
  classifyResponse(answerOf(error), {
    size,
    failures: 0,
    isReauthenticated: true,
    isBatchAnswer: true,
    jitter: () => 0,
  });
