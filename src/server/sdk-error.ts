import type { Answer } from '../contract/answer.js';
import { classifyResponse, type Outcome } from '../contract/retry-policy.js';

/** An error of the AWS SDK in the terms of the answer that it stands for. */
const answerOf = (error: unknown): Answer => {
  const { name, message, $metadata }: Error & { $metadata?: { httpStatusCode?: number } } = Object(error);
  return {
    status: $metadata?.httpStatusCode ?? 0,
    kind: `${name ?? ''}`,
    body: { message },
    retryAfterMs: 0,
  };
};

/** Classifies an AWS SDK error as the tracker does an answer, with no retries left, for a batch of so many events. */
export const classifySdkError = (error: unknown, size: number): Outcome =>
  classifyResponse(answerOf(error), {
    size,
    failures: 0,
    isReauthenticated: true,
    isBatchAnswer: true,
    jitter: () => 0,
  });
