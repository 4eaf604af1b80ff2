import { summarizeError } from './error-response.js';
import { createQueueSender } from './queue-sender.js';
import { createRejectionReports } from './rejection-reports.js';
import { createServerRecorder, toUndelivered } from './server-recorder.js';
import type { ServerTracker } from './server-tracker-api.js';
import { resolveServerTrackerOptions, type ServerTrackerOptions } from './server-tracker-options.js';
import { createSessionQueues } from './session-queues.js';
import { keepAlive, startUnrefTimer } from './unref-timer.js';

const print = (text: string) => console.error(`personalize-beacon/server: ${text}`);
const printError = (error: unknown) => print(summarizeError(error));

/**
 * Creates a tracker for events that happen on a server, such as a paid order. It sends them by the AWS SDK's client, in
 * batches of up to ten of one session and user, and retries until the service has accepted or refused each.
 *
 * Waiting events are in memory only: call `close()` before the process ends. Throws a TypeError that names each wrong
 * option.
 * @example const tracker = createServerTracker({ trackingId: '…', client: new PersonalizeEventsClient() })
 */
export const createServerTracker = (options: ServerTrackerOptions): ServerTracker => {
  const settings = resolveServerTrackerOptions(options);
  const { flushInterval, closeTimeout, onError = printError } = settings;
  const { onRejected = (_, reason) => print(`an event is rejected: ${reason}`) } = settings;
  const reports = createRejectionReports(onRejected, printError);
  const queues = createSessionQueues(settings.flushSize);
  const sender = createQueueSender({
    queues,
    settings,
    onRejected: (event, reason) => reports.report(toUndelivered(event), reason),
    onError(error) {
      const notify = async () => onError(error);
      notify().catch(printError);
    },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  let closing: Promise<void> | undefined;

  const sendAll = () => {
    clearTimeout(timer);
    timer = undefined;
    queues.makeDue();
    sender.run();
  };

  const whenSettled = async () => {
    await queues.whenSettled();
    await reports.whenDone();
  };

  const closeOnce = async () => {
    isClosed = true;
    sendAll();
    sender.endPauseEarly();
    const limit = setTimeout(
      () => sender.stop(`not delivered within the closeTimeout of ${closeTimeout} ms`),
      closeTimeout,
    );
    await whenSettled();
    clearTimeout(limit);
  };

  return {
    ...createServerRecorder({
      ...{ settings, reports, waiting: queues.size },
      isClosed: () => isClosed,
      enqueue(event) {
        queues.add(event);
        timer ??= startUnrefTimer(sendAll, flushInterval);
        sender.run();
      },
    }),
    flush() {
      sendAll();
      return keepAlive(whenSettled());
    },
    close() {
      closing ??= closeOnce();
      return closing;
    },
  };
};
