import type { Mark } from './platform/database-mark.js';
import { isPrerendered } from './platform/lifecycle.js';
import type { SharedValue } from './platform/local-storage.js';
import { isolate } from './platform/log-error.js';

/** Whether anything may be recorded, stored, asked for and sent, and what waits to know. */
export interface Consent {
  /** Why not; empty when it may be, undefined while nobody has been asked. */
  refusal(): string | undefined;
  /** Runs at once, or when it is decided, whichever way. Where too many wait it never does, and this returns why. */
  whenDecided(run: () => void): string | undefined;
  /** To be called when a page is seen for the first time; before that nothing is decided. */
  decide(): void;
  /** What the visitor, or the site on his behalf, has answered on this page. */
  consent(isGranted: boolean): void;
  /** What the visitor has chosen for good. */
  optOut(isOut?: boolean): void;
}

/** Events that wait for consent, or for somebody to see the page. */
const MAX_PENDING_CALLS = 1000;

/** In the mark that lasts; the other values are written and removed again, for the site's other tabs to hear. */
const OUT = 1;
const WITHDRAWN = 0;
const IN = 2;

/**
 * @param isRequired nothing may be before it is granted; else it counts as granted until it is refused
 * @param isRefusedByBrowser the visitor has told his browser that he wants none of it
 * @param mark is not read before consent
 * @param lasting the mark once more, in a place that outlives the first; read where the first may have been cleared
 * @param isIntact whether localStorage holds what it would not without the mark, had there been one
 * @param onChange the refusal is another
 */
export const createConsent = (
  isRequired: boolean,
  isRefusedByBrowser: boolean,
  mark: SharedValue<number>,
  lasting: Mark,
  isIntact: () => boolean,
  onChange: () => void,
): Consent => {
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
    lasting.set();
  };

  /** Looks for the marks; where that takes time, decides when it is known. */
  const readMarks = () => {
    if (mark.get() === OUT) setMarks();
    else if (isIntact()) isOut = false;
    else if (isOut === undefined && !isAsking) {
      isAsking = true;
      lasting.isSet().then((isSet) => {
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
        lasting.remove();
        mark.set(IN);
        mark.remove();
      }
      decide();
    },
  };
};
