import { type Answer, NO_ANSWER } from '../../contract/answer.js';
import { operationOf, splitBatch } from '../../contract/batch.js';
import { OPERATIONS } from '../../contract/event.js';
import { classifyResponse } from '../../contract/retry-policy.js';
import { logThrown } from '../platform/log-error.js';
import type { PagePhase } from '../platform/page-phase.js';
import type { EventStore } from './event-store.js';
import type { InFlight } from './in-flight.js';
import type { PostBatch, PostOptions, Reply } from './post-batch.js';
import type { QueuedEvent } from './queued-event.js';
import type { RetryGate } from './retry-gate.js';
import type { Settlement } from './settlement.js';

/** Reads a batch, sends it, classifies the answer, applies the outcome. */
export interface SendLoop {
  /** Sends all due batches, one request at a time: the first preflight serves them all. */
  run(): Promise<void>;
  /** Sends batches in parallel, up to `MAX_REQUESTS`; the others follow one by one. */
  sendInParallel(batches: QueuedEvent[][]): void;
  /** Returns whether nothing may be sent now: the page is not active, or the last attempt failed. */
  mustWait(): boolean;
}

export interface SendLoopOptions {
  store: Pick<EventStore, 'has'>;
  phase: Pick<PagePhase, 'isActive'>;
  inFlight: InFlight;
  gate: RetryGate;
  settlement: Settlement;
  postBatch: PostBatch;
  /** Runs when a batch is no longer in flight. */
  onBatchEnd(): void;
  /** Runs when the loop has nothing more to send. */
  onIdle(): void;
}

/** The most requests in flight when the page is hidden: 100 events, more than visitors leave waiting. */
const MAX_REQUESTS = 10;

/** Delay after an exception in the tracker's own code, or one caused by a script that has patched built-ins. */
const EXCEPTION_RETRY_MS = 5000;

interface SendOptions extends PostOptions {
  /** Whether this batch has already been signed a second time. */
  isReauthenticated?: boolean;
}

export const createSendLoop = (options: SendLoopOptions): SendLoop => {
  const { store, phase, inFlight, gate, settlement, postBatch } = options;
  let isRunning = false;
  let openBatches = 0;

  const mustWait = () => !phase.isActive() || gate.isClosed();

  const sendHalves = async (batch: QueuedEvent[]) => {
    for (const half of splitBatch(batch)) {
      if (!mustWait() && !inFlight.isHalted(operationOf(half[0] as QueuedEvent))) await send(half);
    }
  };

  const retryLater = (delayMs: number, reason: string | undefined, answer: Answer) => {
    gate.close(delayMs, answer);
    if (reason) settlement.reportTrouble(reason);
  };

  const apply = async (
    batch: QueuedEvent[],
    { answer, isBatchAnswer }: Reply,
    isReauthenticated: boolean,
  ): Promise<void> => {
    const [first] = batch as [QueuedEvent];
    const outcome = classifyResponse(answer, {
      ...{ isReauthenticated, isBatchAnswer, size: batch.length },
      failures: gate.failures(),
      jitter: Math.random,
    });
    switch (outcome.type) {
      case 'delivered':
        return settlement.onDelivered(batch);
      case 'reject':
        return settlement.onRefused(first, outcome.reason, answer.status);
      case 'split':
        return sendHalves(batch);
      case 'reauthenticate':
        return transmit(batch, { isReauthenticated: true, renewCredentials: outcome.renew });
      case 'halt':
        return settlement.halt(isBatchAnswer ? [operationOf(first)] : OPERATIONS, outcome.reason);
      case 'retry':
        return retryLater(outcome.delayMs, outcome.reason, answer);
    }
  };

  const transmit = async (batch: QueuedEvent[], sendOptions: SendOptions): Promise<void> => {
    inFlight.begin(batch);
    const reply = await postBatch(batch, sendOptions);
    if (reply) await apply(batch, reply, !!sendOptions.isReauthenticated);
  };

  /** Sends a batch. Never rejects: after an exception the loop continues with a delay. */
  const send = async (batch: QueuedEvent[], sendOptions: SendOptions = {}) => {
    try {
      await transmit(batch, sendOptions);
    } catch (error) {
      gate.close(EXCEPTION_RETRY_MS, NO_ANSWER);
      logThrown(error);
    }
    inFlight.end(batch);
    options.onBatchEnd();
  };

  const sendAndCheck = async (batch: QueuedEvent[], sendOptions?: SendOptions) => {
    openBatches++;
    await send(batch, sendOptions);
    openBatches--;
    settlement.haltIfMisconfigured(batch[0] as QueuedEvent);
  };

  const run = async () => {
    if (isRunning) return;
    isRunning = true;
    while (!mustWait() && openBatches < MAX_REQUESTS) {
      const batch = inFlight.nextBatch();
      if (!batch.length) break;
      await sendAndCheck(batch);
      const isUnchanged = batch.every((event) => store.has(event) && inFlight.isSendable(event));
      // Not the same batch again without a delay.
      if (!mustWait() && isUnchanged) gate.close(EXCEPTION_RETRY_MS, NO_ANSWER);
    }
    isRunning = false;
    options.onIdle();
  };
  gate.onOpen(run);

  return {
    run,
    sendInParallel(batches) {
      for (const batch of batches.slice(0, MAX_REQUESTS - openBatches)) {
        sendAndCheck(batch, { isUrgent: true }).then(run);
      }
    },
    mustWait,
  };
};
