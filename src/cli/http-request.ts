import { type Answer, NO_ANSWER, readAnswer } from '../contract/answer.js';

/** The result of a request. */
export interface RequestResult {
  answer: Answer;
  headers: Headers;
  /** The reason why there is no answer. */
  error?: Error;
}

/** Sends a request and reads its answer. Never rejects. Follows no redirect: no service that accepts events sends one. */
export const request = async (url: string, init: RequestInit, timeoutMs: number): Promise<RequestResult> => {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text().catch(() => undefined);
    return { answer: readAnswer(response, text), headers: response.headers };
  } catch (error) {
    return { answer: NO_ANSWER, headers: new Headers(), error: error as Error };
  }
};
