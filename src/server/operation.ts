import type { Operation } from '../contract/event.js';
import { createServiceError } from './service-error.js';

/** Returns the operation that a request is for; throws the answer if there is none. */
export const operationOf = ({ method, url }: Request): Operation => {
  if (method !== 'POST' && method !== 'OPTIONS') {
    throw createServiceError(405, 'MethodNotAllowedException', 'batches are posted', {
      allow: 'POST, OPTIONS',
    });
  }
  // A site may mount the relay at any path, and some servers and frameworks put a slash at the end.
  const name = new URL(url).pathname.split('/').filter(Boolean).pop();
  if (name !== 'events' && name !== 'action-interactions') {
    throw createServiceError(
      404,
      'UnknownOperationException',
      'the path must end in /events or /action-interactions',
    );
  }
  return name;
};
