import type { Mark } from './platform/database-mark.js';
import { isPrerendered } from './platform/lifecycle.js';
import type { SharedValue } from './platform/local-storage.js';
import { isolate } from './platform/log-error.js';

/** Whether events may be recorded, stored and sent; and the calls that wait to know. */
export interface Consent {
  /** Returns the reason why not; empty when they may, undefined while it is not decided. */
  refusal(): string | undefined;
  /** Runs at once, or when it is decided, either way. Where too many wait it never runs, and the reason is returned. */
  whenDecided(run: () => void): string | undefined;
  /** Sets what runs when the refusal changes, before the calls that wait. */
  onChange(run: () => void): void;
  /** Call when a page is seen for the first time, and when it returns; before that nothing is decided. */
  decide(): void;
  /** Takes the visitor's answer on this page, or the site's for them. */
  consent(isGranted: boolean): void;
  /** Takes the visitor's lasting choice. */
  optOut(isOut?: boolean): void;
}

/** Events that wait for consent, or for the visitor to see the page. */
const MAX_PENDING_CALLS = 1000;

/** In the mark that lasts; the other values are written and removed again, for the site's other tabs to hear. */
const OUT = 1;
const WITHDRAWN = 0;
const IN = 2;

export interface ConsentOptions {
  /** Nothing is allowed before it is granted; else it counts as granted until it is refused. */
  isRequired: boolean;
  /** The visitor's browser sends Global Privacy Control. */
  isRefusedByBrowser: boolean;
  /** The opt-out, in localStorage. It is not read before consent. */
  mark: SharedValue<number>;
  /** The opt-out once more, where it outlives localStorage. Read where localStorage may have been cleared. */
  lastingMark: Mark;
  /** Whether localStorage holds a value that would be gone if it had been cleared. */
  isIntact(): boolean;
}

export const createConsent = ({
  isRequired,
  isRefusedByBrowser,
  mark,
  lastingMark,
  isIntact,
}: ConsentOptions): Consent => {
  let onChange = () => {};
  let isGranted = isRequired ? undefined : true;
  /** Undefined until the marks have been read. */
  let isOut: boolean | undefined;
  let isReading = false;
  let refusal: string | undefined;
  const pendingCalls: (() => void)[] = [];

  /** Sets both marks: one of them may have been lost. */
  const setMarks = () => {
    isOut = true;
    mark.set(OUT);
    lastingMark.set();
  };

  const readLastingMark = async () => {
    isReading = true;
    const isSet = await lastingMark.isSet();
    if (isOut === undefined && isSet) setMarks();
    isOut ??= false;
    decide();
  };

  /** Reads the marks. The lasting one takes time: then it is decided later. */
  const readMarks = () => {
    if (mark.get() === OUT) setMarks();
    else if (isIntact()) isOut = false;
    else if (isOut === undefined && !isReading) readLastingMark();
  };

  /** Returns the reason as far as it is known; the old one while the marks are being read. */
  const findRefusal = () => {
    if (isOut) return 'opted out';
    if (isGranted === false) return 'no consent';
    if (!isGranted || isOut === undefined) return refusal;
    return isRefusedByBrowser ? 'Global Privacy Control' : '';
  };

  const decide = () => {
    if (isPrerendered()) return;
    const before = refusal;
    if (isGranted && !isOut) readMarks();
    refusal = findRefusal();
    if (refusal === before) return;
    for (const run of [onChange, ...pendingCalls.splice(0)]) isolate(run);
  };

  mark.onChange((value) => {
    if (value === WITHDRAWN) isGranted = false;
    else if (value) isOut = value === OUT;
    decide();
  });
  return {
    refusal: () => refusal,
    whenDecided(run) {
      if (refusal !== undefined) run();
      else if (pendingCalls.length < MAX_PENDING_CALLS) pendingCalls.push(run);
      else return `over ${MAX_PENDING_CALLS} events wait for consent`;
      return undefined;
    },
    onChange(run) {
      onChange = run;
    },
    decide,
    consent(isGiven) {
      isGranted = isGiven;
      if (!isGiven && !mark.get()) {
        mark.set(WITHDRAWN);
        mark.remove();
      }
      decide();
    },
    optOut(wantsOut = true) {
      isOut = wantsOut;
      if (wantsOut) setMarks();
      else {
        lastingMark.remove();
        mark.set(IN);
        mark.remove();
      }
      decide();
    },
  };
};
