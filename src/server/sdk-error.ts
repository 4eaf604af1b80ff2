import { type Answer, readRetryAfter } from '../contract/answer.js';
import { classifyResponse, type Outcome } from '../contract/retry-policy.js';

/** The properties of an AWS SDK error that are read. Other errors may lack them. */
export interface SdkError {
  name?: unknown;
  message?: unknown;
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: Record<string, string> };
}

/** Returns the answer that an AWS SDK error stands for. */
export const toAnswer = (error: unknown): Answer => {
  const { name, message, $metadata, $response }: SdkError = Object(error);
  const headers = $response?.headers;
  return {
    status: $metadata?.httpStatusCode ?? 0,
    kind: `${name ?? ''}`,
    body: { message },
    retryAfterMs: readRetryAfter(headers?.['retry-after'], headers?.date),
  };
};

/** Classifies an AWS SDK error as the tracker would, with no retries left. @param size events in the batch */
export const classifySdkError = (error: unknown, size: number): Outcome =>
  classifyResponse(toAnswer(error), {
    size,
    failures: 0,
    isReauthenticated: true,
    isBatchAnswer: true,
    jitter: () => 0,
  });
