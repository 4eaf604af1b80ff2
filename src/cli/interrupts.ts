import { constants } from 'node:os';
import { CLOSED_EXIT_CODE, onOutputFailure } from './output.js';

/** The cause that stops a run early. */
export interface Interrupt {
  reason: string;
  /** 128 plus the signal's number, as in shells. */
  exitCode: number;
  /** Whether anybody reads the output. */
  isOutputRead: boolean;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `stop` at a signal, or when nobody reads the output. A second signal ends the process at once, as the first would
 * by default.
 */
export const onInterrupt = (stop: (interrupt: Interrupt) => void): void => {
  const handle = (signal: (typeof SIGNALS)[number]) => {
    for (const name of SIGNALS) process.off(name, handle);
    stop({ reason: 'interrupted', exitCode: 128 + constants.signals[signal], isOutputRead: true });
  };
  for (const name of SIGNALS) process.on(name, handle);
  onOutputFailure(() =>
    stop({ reason: 'nobody reads its output', exitCode: CLOSED_EXIT_CODE, isOutputRead: false }),
  );
};
