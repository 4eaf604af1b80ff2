import { type Answer, NO_ANSWER } from '../../contract/answer.js';
import type { BatchRequest } from '../../contract/put-events-request.js';
import type { PagePhase } from '../platform/page-phase.js';
import type { CredentialsKeeper } from './credentials.js';
import type { EventStore } from './event-store.js';
import type { InFlight } from './in-flight.js';
import type { QueuedEvent } from './queued-event.js';
import type { RetryGate } from './retry-gate.js';
import type { Transport } from './transport.js';

export interface PostOptions {
  /** Does not check whether another page has adopted the events: the page is hidden and may not exist for long. */
  isUrgent?: boolean;
  /** Gets new credentials. */
  renewCredentials?: boolean;
}

/** The response to a batch, or to the request for credentials before it. */
export interface Reply {
  answer: Answer;
  isBatchAnswer: boolean;
}

/** Posts a batch. Resolves to undefined if it must no longer be sent, or its response is no longer awaited. */
export type PostBatch = (batch: QueuedEvent[], options: PostOptions) => Promise<Reply | undefined>;

export interface PostBatchOptions {
  store: Pick<EventStore, 'has' | 'renewLease'>;
  phase: Pick<PagePhase, 'isActive'>;
  inFlight: Pick<InFlight, 'begin'>;
  gate: Pick<RetryGate, 'isUnanswered'>;
  transport: Pick<Transport, 'post'>;
  /** Absent: batches go unsigned. */
  credentials: Pick<CredentialsKeeper, 'get'> | undefined;
  toRequest(batch: QueuedEvent[]): BatchRequest;
  /** Runs when the request has been made. */
  onPosted(): void;
}

export const createPostBatch =
  (options: PostBatchOptions): PostBatch =>
  async (batch, { isUrgent, renewCredentials }) => {
    const { store, phase, inFlight, gate, transport, credentials } = options;
    let isBatchAnswer = false;
    try {
      const signer = await credentials?.get(renewCredentials);
      if (!isUrgent) await store.renewLease();
      if (!phase.isActive() || !batch.every(store.has)) return undefined;
      // No keepalive after a failure: other requests of the page may have used up its share.
      const keepalive = !gate.isUnanswered();
      const { survivesPage, answer } = transport.post(options.toRequest(batch), signer, keepalive);
      isBatchAnswer = true;
      options.onPosted();
      const response = await new Promise<Answer | undefined>((resolve, reject) => {
        inFlight.begin(batch, { survivesPage, abandon: () => resolve(undefined) });
        answer.then(resolve, reject);
      });
      return response && { answer: response, isBatchAnswer };
    } catch (error) {
      // The identity pool's response; an error of the site's own provider has none.
      const answer = (error as { answer?: Answer } | undefined)?.answer ?? NO_ANSWER;
      return { answer, isBatchAnswer };
    }
  };
