import { oneLine } from '../printable.js';

/** What came of a step. */
export interface Finding {
  status: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was seen. */
  detail: string;
  /** What to change. */
  fix?: string | undefined;
}

/** One link of the chain. */
export interface Step {
  name: string;
  /** Steps without which it would say nothing new. */
  needs?: string[];
  run(): Finding | Promise<Finding>;
}

/** A step that has been walked. */
export interface Result extends Finding {
  name: string;
  /** How long it took, in milliseconds; absent where it was skipped. */
  ms?: number;
}

export const ok = (detail: string): Finding => ({ status: 'ok', detail });
export const warning = (detail: string, fix: string): Finding => ({ status: 'warning', detail, fix });
export const failed = (detail: string, fix?: string): Finding => ({ status: 'failed', detail, fix });
export const skipped = (detail: string): Finding => ({ status: 'skipped', detail });

/** Takes the steps in order, passes over those that need what has failed, and tells of each as it is done. */
export const walk = async (steps: Step[], onDone: (result: Result) => void): Promise<Result[]> => {
  const results: Result[] = [];
  /** The step that is to blame, by the name of each that came to nothing. */
  const blame = new Map<string, string>();
  for (const { name, needs = [], run } of steps) {
    const culprit = needs.map((need) => blame.get(need)).find(Boolean);
    const began = performance.now();
    const { status, detail, fix } = culprit ? skipped(`reason of ${culprit}`) : await run();
    const ms = Math.round(performance.now() - began);
    const result = {
      name,
      status,
      // Servers have their say in both.
      detail: oneLine(detail),
      ...(fix !== undefined && { fix: oneLine(fix) }),
      ...(status !== 'skipped' && { ms }),
    };
    if (culprit || status === 'failed') blame.set(name, culprit ?? name);
    results.push(result);
    onDone(result);
  }
  return results;
};
