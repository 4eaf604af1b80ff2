import { oneLine } from '../printable.js';

/** The finding of a step. */
export interface Finding {
  status: 'ok' | 'warning' | 'failed' | 'skipped';
  detail: string;
  /** The change that would help. */
  fix?: string | undefined;
}

/** One check of the way from a page to the service. */
export interface Step {
  name: string;
  /** Names of the steps that must not have failed for this one to tell anything new. */
  needs?: string[];
  run(): Finding | Promise<Finding>;
}

/** The finding of a step that has run or was skipped. */
export interface Result extends Finding {
  name: string;
  /** Duration in milliseconds; absent if it was skipped. */
  ms?: number;
}

export const ok = (detail: string): Finding => ({ status: 'ok', detail });
export const warning = (detail: string, fix: string): Finding => ({ status: 'warning', detail, fix });
export const failed = (detail: string, fix?: string): Finding => ({ status: 'failed', detail, fix });
export const skipped = (detail: string): Finding => ({ status: 'skipped', detail });

/** Runs the steps in order, skips those that need a failed one, and calls `onDone` after each. */
export const runSteps = async (steps: Step[], onDone: (result: Result) => void): Promise<Result[]> => {
  const results: Result[] = [];
  /** The step that failed, by the names of itself and of those that were skipped because of it. */
  const culprits = new Map<string, string>();
  for (const { name, needs = [], run } of steps) {
    const culprit = needs.map((need) => culprits.get(need)).find(Boolean);
    const began = performance.now();
    const { status, detail, fix } = culprit ? skipped(`because of ${culprit}`) : await run();
    const ms = Math.round(performance.now() - began);
    const result = {
      name,
      status,
      // Both may contain a server's text, which must not pass for lines of the report.
      detail: oneLine(detail),
      ...(fix !== undefined && { fix: oneLine(fix) }),
      ...(status !== 'skipped' && { ms }),
    };
    if (culprit || status === 'failed') culprits.set(name, culprit ?? name);
    results.push(result);
    onDone(result);
  }
  return results;
};
