import { type Answer, NO_ANSWER, readAnswer } from '../contract/answer.js';

/** What came of a request. */
export interface Requested {
  answer: Answer;
  headers: Headers;
  /** Why there is no answer. */
  error?: Error;
}

/** Sends a request and reads its answer. Never rejects. A redirect is not followed: it is nobody's who takes events. */
export const request = async (url: string, init: RequestInit, timeoutMs: number): Promise<Requested> => {
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
