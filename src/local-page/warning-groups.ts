import type { ReceivedEvent } from '../local/received.js';
import { describeProblem } from './labels.js';

/** Warnings with the same field and message. */
export interface WarningGroup {
  field: string;
  message: string;
  /** Value of the filter that finds its events. */
  filter: string;
  count: number;
}

/** Groups the events' warnings, the most frequent first. */
export const groupWarnings = (events: readonly ReceivedEvent[]): WarningGroup[] => {
  const groups = new Map<string, WarningGroup>();
  for (const warning of events.flatMap(({ warnings }) => warnings)) {
    const filter = describeProblem(warning);
    const group = groups.get(filter) ?? { ...warning, filter, count: 0 };
    group.count++;
    groups.set(filter, group);
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
};
