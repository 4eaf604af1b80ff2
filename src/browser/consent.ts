import type { Mark } from './platform/database-mark.js';
import { isPrerendered, onceInNextTask } from './platform/lifecycle.js';
import type { SharedValue } from './platform/local-storage.js';
import { isolate } from './platform/log-error.js';

/** Decides whether events may be recorded, stored and sent; keeps the calls that wait for the decision. */
export interface Consent {
  /** Returns the reason why events are refused: empty when they are allowed, undefined while that is not decided. */
  refusal(): string | undefined;
  /**
   * Runs a call at once, or when it is decided, either way: as soon as possible if nothing else is missing. If too many
   * calls wait, it never runs, and the reason is returned.
   */
  whenDecided(run: () => void): string | undefined;
  /** Sets what runs when the refusal changes, before the calls that wait. */
  onChange(run: () => void): void;
  /**
   * Decides, unless the page is prerendered. Call when a page that is seen is idle, when it is left, and when it returns.
   */
  decide(): void;
  /** Sets the consent that the visitor, or the site for them, has given or refused on this page. */
  consent(isGranted: boolean): void;
  /** Sets the visitor's lasting choice. */
  optOut(isOut?: boolean): void;
}

/** The most events that wait for consent, or for a prerendered page to be seen. */
const MAX_PENDING_CALLS = 1000;

/** The values of the mark. `OUT` lasts; the others are written and removed at once, to tell the site's other tabs. */
const OUT = 1;
const WITHDRAWN = 0;
const IN = 2;

export interface ConsentOptions {
  /** Refuses everything until consent is granted; otherwise consent counts as granted until it is refused. */
  isRequired: boolean;
  /** The visitor's browser sends Global Privacy Control. */
  isRefusedByBrowser: boolean;
  /** The opt-out in localStorage. It is not read before consent. */
  mark: SharedValue<number>;
  /**
   * A second copy of the opt-out, which survives a cleared localStorage. It is read when localStorage may have been
   * cleared.
   */
  lastingMark: Mark;
  /** Returns whether localStorage holds a value that would be gone if it had been cleared. */
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

  /** Reads the marks. Reading the lasting one takes time: then `decide` runs again. */
  const readMarks = () => {
    if (mark.get() === OUT) setMarks();
    else if (isIntact()) isOut = false;
    else if (isOut === undefined && !isReading) readLastingMark();
  };

  /** Returns undefined while consent is missing or the marks are being read. */
  const resolveRefusal = () => {
    if (isOut) return 'opted out';
    if (isGranted === false) return 'no consent';
    if (!isGranted || isOut === undefined) return undefined;
    return isRefusedByBrowser ? 'Global Privacy Control' : '';
  };

  const decide = () => {
    if (isPrerendered()) return;
    const before = refusal;
    if (isGranted && !isOut) readMarks();
    refusal = resolveRefusal();
    if (refusal === before || refusal === undefined) return;
    for (const run of [onChange, ...pendingCalls.splice(0)]) isolate(run);
  };

  const decideSoon = onceInNextTask(decide);

  mark.onChange((value) => {
    if (value === WITHDRAWN) isGranted = false;
    else if (value) isOut = value === OUT;
    decide();
  });
  return {
    refusal: () => refusal,
    whenDecided(run) {
      if (refusal !== undefined) run();
      else if (pendingCalls.length < MAX_PENDING_CALLS) {
        pendingCalls.push(run);
        decideSoon();
      } else return `over ${MAX_PENDING_CALLS} events wait for consent`;
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
