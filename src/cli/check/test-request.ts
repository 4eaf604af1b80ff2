import { randomUUID } from 'node:crypto';
import type { Operation } from '../../contract/event.js';
import { recordEvent } from '../../contract/event.js';
import { type BatchRequest, toRequest } from '../../contract/put-events-request.js';
import type { Settings } from '../../contract/resolve-options.js';

/** The service answers 200 to this sessionId and ignores the event. */
const IGNORED_SESSION_ID = 'null';

const TEST_ID = 'personalize-beacon-check';

/** Returns the tracker's request for one test event. @param offset milliseconds to add to this machine's clock */
export const createTestRequest = (settings: Settings, operation: Operation, offset: number): BatchRequest => {
  const now = Date.now();
  const event =
    operation === 'events'
      ? { eventType: TEST_ID, itemId: TEST_ID }
      : { eventType: 'Viewed' as const, actionId: TEST_ID };
  const item = {
    event: recordEvent(event, now, randomUUID),
    recordedAt: now,
    size: 0,
    sessionId: IGNORED_SESSION_ID,
  };
  return toRequest(settings, [item], offset);
};
