import { constants } from 'node:os';
import { CLOSED_EXIT_CODE, onOutputFailure } from '../output.js';

/** The reason to stop a run before its end. */
export interface Interrupt {
  reason: string;
  /** 128 and the signal's number, as shells have it. */
  exitCode: number;
  /** False when nobody reads what is printed. */
  isHeard: boolean;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `stop` at a signal, or when nobody reads what is printed. A second signal ends the process at once, as the first
 * would have.
 */
export const onInterrupt = (stop: (interrupt: Interrupt) => void): void => {
  const handle = (signal: (typeof SIGNALS)[number]) => {
    for (const name of SIGNALS) process.off(name, handle);
    stop({ reason: 'interrupted', exitCode: 128 + constants.signals[signal], isHeard: true });
  };
  for (const name of SIGNALS) process.on(name, handle);
  onOutputFailure(() =>
    stop({ reason: 'nobody reads its output', exitCode: CLOSED_EXIT_CODE, isHeard: false }),
  );
};
