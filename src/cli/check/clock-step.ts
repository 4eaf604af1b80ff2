import type { Clock } from '../../contract/clock.js';
import { type Finding, failed, ok, type Step, skipped, warning } from './run-steps.js';

/** AWS refuses signatures whose time is further off. */
const MAX_SKEW_MS = 5 * 60_000;

/** Returns in words how far a clock is off; an empty text if it is right. */
export const skewOf = ({ offset }: Clock): string => {
  const seconds = Math.round(Math.abs(offset) / 1000);
  const amount = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return offset ? `${amount} ${offset > 0 ? 'behind' : 'ahead'}` : '';
};

/** Checks this machine's clock against the `Date` of the answers. */
export const clockStep = (measured: Clock): Step => ({
  name: 'clock',
  run(): Finding {
    if (measured.known() === undefined) return skipped('no answer had a Date');
    const skew = skewOf(measured);
    if (!skew) return ok("agrees with the answers' Date, to ten seconds");
    const judge = Math.abs(measured.offset) > MAX_SKEW_MS ? failed : warning;
    return judge(
      `this machine's is ${skew}, by the answers' Date`,
      "Set it. The signatures here were corrected by what could be read of Date, as visitors' are by the tracker.",
    );
  },
});
