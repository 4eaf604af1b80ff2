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
  let granted = isRequired ? undefined : true;
  /** Undefined until it is known. */
  let isOut: boolean | undefined;
  let isAsking = false;
  let refusal: string | undefined;
  const pendingCalls: (() => void)[] = [];

  /** Sets both marks: one of them may have been lost. */
  const setMarks = () => {
    isOut = true;
    mark.set(OUT);
    lastingMark.set();
  };

  /** Looks for the marks; where that takes time, decides when it is known. */
  const readMarks = () => {
    if (mark.get() === OUT) setMarks();
    else if (isIntact()) isOut = false;
    else if (isOut === undefined && !isAsking) {
      isAsking = true;
      lastingMark.isSet().then((isSet) => {
        if (isOut === undefined && isSet) setMarks();
        isOut ??= false;
        decide();
      });
    }
  };

  const decide = () => {
    if (isPrerendered()) return;
    const before = refusal;
    if (granted && !isOut) readMarks();
    if (granted && isOut === undefined) return;
    if (isOut) refusal = 'opted out';
    else if (granted) refusal = isRefusedByBrowser ? 'Global Privacy Control' : '';
    else if (granted === false) refusal = 'no consent';
    if (refusal === before) return;
    for (const run of [onChange, ...pendingCalls.splice(0)]) isolate(run);
  };

  mark.onChange((value) => {
    if (value === WITHDRAWN) granted = false;
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
    consent(isGranted) {
      granted = isGranted;
      if (!granted && !mark.get()) {
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
