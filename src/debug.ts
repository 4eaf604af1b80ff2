import type { RecordedEvent } from './event.js';

/** Distinct event types and metadata columns in all, of an Interactions dataset (https://docs.aws.amazon.com/personalize/latest/dg/limits.html). */
const MAX_NAMES = 10;

/** Says in the console what happens to each event; and once when a page goes past a limit of the dataset's. */
export const createPrinter = (): ((kind: string, detail: object) => void) => {
  const names = new Set<string>();

  const count = ({ eventType, properties }: RecordedEvent) => {
    const before = names.size;
    names.add(`eventType ${eventType}`);
    for (const key of Object.keys(JSON.parse(properties ?? '{}'))) names.add(`properties.${key}`);
    if (before <= MAX_NAMES && names.size > MAX_NAMES) {
      console.warn(
        `personalize-beacon: this page has used ${names.size} event types and properties, a dataset takes ${MAX_NAMES}: ${[...names].join(', ')}`,
      );
    }
  };

  return (kind, detail) => {
    const { reason, actionId } = detail as Partial<RecordedEvent> & { reason?: string };
    console.info(`personalize-beacon: ${kind}`, detail, ...(reason ? [reason] : []));
    // Actions have a dataset of their own.
    if (kind === 'queued' && !actionId) count(detail as RecordedEvent);
  };
};

/** What `inspect()` tells. */
export interface Inspection {
  trackingId: string;
}
// biome-ignore lint/suspicious/noExplicitAny: a stand-in until the part comes
export const inspect = (parts: any): Inspection => ({ trackingId: parts.settings.trackingId });
