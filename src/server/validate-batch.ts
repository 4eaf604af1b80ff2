import type { Operation } from '../contract/event.js';
import { problemOfId } from '../contract/event.js';
import { problemOfRequest } from '../contract/validate-request.js';
import type { Batch } from './forward.js';
import { createServiceError } from './service-error.js';

/** The tracking ID of each operation; an operation without one is not relayed. */
export type Trackers = Record<Operation, string | undefined>;

/** Returns a body as a batch. Throws the answer if it exceeds a limit or is for a tracker that is not the site's. */
export const toBatch = (operation: Operation, body: unknown, trackers: Trackers): Batch => {
  const problem = problemOfRequest(operation, body);
  if (problem) throw createServiceError(400, 'InvalidInputException', problem);
  const batch = body as Batch;
  if (batch.trackingId !== trackers[operation]) {
    throw createServiceError(
      404,
      'ResourceNotFoundException',
      `${operation} of tracker ${batch.trackingId} are not relayed`,
    );
  }
  return batch;
};

/** Returns the batch with this userId in place of the page's; without one, it is an anonymous visitor's. */
export const withUserId = (batch: Batch, userId: string | undefined): Batch => {
  const problem = userId === undefined ? undefined : problemOfId('userId', userId);
  if (problem) throw new TypeError(`what the option userId resolves to: ${problem}`);
  return (
    'eventList' in batch
      ? { ...batch, userId }
      : { ...batch, actionInteractions: batch.actionInteractions.map((one) => ({ ...one, userId })) }
  ) as Batch;
};
