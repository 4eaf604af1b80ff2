export { use } from './platform/borrowed-natives.js';

import { listen, onVisible } from './platform/lifecycle.js';
import { isolate } from './platform/log-error.js';
import type { Warn } from './platform/stored-format.js';

/** The site's consent manager, by the interface that it answers on. */
export interface ConsentSource {
  /** `google`: commands of Consent Mode in `window.dataLayer`. `tcf`: IAB's `window.__tcfapi`. */
  source: 'google' | 'tcf';
  /** The purposes of the TCF that must all have the visitor's consent. */
  purposes: number[];
  consent(isGranted: boolean): void;
  /** Says in the console, with `debug`, why events still wait. */
  warn: Warn;
  signal: AbortSignal;
}

/** The answer of `addEventListener` (https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework). */
interface TcData {
  /** Undefined until the consent manager knows. */
  gdprApplies?: boolean;
  eventStatus?: 'tcloaded' | 'cmpuishown' | 'useractioncomplete';
  cmpStatus?: string;
  purpose?: { consents?: Record<number, boolean | undefined> };
}

type TcfApi = (
  command: 'addEventListener',
  version: 2,
  listener: (data: TcData, isSuccess: boolean) => void,
) => void;

/** A command of gtag: `consent`, `default` or `update`, and the state of each consent type. */
type Command = [
  name: string,
  action: string,
  fields?: { personalization_storage?: string; wait_for_update?: number },
];

/** Globals that the page's other scripts define. */
interface ConsentPage {
  dataLayer?: object[];
  __tcfapi?: TcfApi;
}

type Report = (isGranted: boolean) => void;

const page = window as unknown as ConsentPage;

/** Follows the commands of Google's Consent Mode. Returns a function that reads those that came another way. */
const followGoogle = (report: Report) => {
  const seen = new WeakSet<object>();
  /** Answer of the last update. An update wins over every default. */
  let updated: boolean | undefined;
  /** Answer of the defaults. One that denies wins: the visitor's region is not known here. */
  let isGrantedByDefault: boolean | undefined;
  /** When `wait_for_update` of the defaults is over, by `performance.now()`. */
  let waitsUntil = 0;
  let hasGranted = false;
  let hooked: object[] | undefined;

  const read = (entry: object) => {
    // gtag pushes its `arguments`. Like Google's tags, this ignores arrays.
    if (seen.has(entry) || Object.prototype.toString.call(entry) !== '[object Arguments]') return;
    seen.add(entry);
    const [name, action, fields] = Array.from(entry as ArrayLike<unknown>) as Command;
    const state = fields?.personalization_storage;
    if (name !== 'consent' || !/^(granted|denied)$/.test(state as string)) return;
    const isGranted = state === 'granted';
    if (action === 'update') updated = isGranted;
    if (action !== 'default') return;
    isGrantedByDefault = isGranted && isGrantedByDefault !== false;
    waitsUntil = Math.max(waitsUntil, performance.now() + (Number(fields?.wait_for_update) || 0));
  };

  const decide = () => {
    const remainingMs = waitsUntil - performance.now();
    if (updated !== undefined) report(updated);
    else if (isGrantedByDefault && remainingMs > 0) setTimeout(decide, remainingMs);
    // A default that denies waits for an update, unless an earlier one has granted.
    else if (isGrantedByDefault || hasGranted) {
      hasGranted = true;
      report(!!isGrantedByDefault);
    }
  };

  const readAll = (entries: object[]) => {
    for (const entry of entries) isolate(() => read(Object(entry)));
    isolate(decide);
  };

  return () => {
    page.dataLayer ??= [];
    const layer = page.dataLayer;
    if (!Array.isArray(layer)) return;
    readAll(layer);
    if (hooked === layer) return;
    hooked = layer;
    const { push } = layer;
    layer.push = function (...entries) {
      readAll(entries);
      return push.apply(this, entries);
    };
  };
};

/** Follows a consent manager with IAB TCF 2.2. Returns a function that finds one that comes late. */
const followTcf = (report: Report, purposes: number[], warn: Warn) => {
  let asked: TcfApi | undefined;
  let hasAnswered = false;
  const onData = (data: TcData, isSuccess: boolean) => {
    hasAnswered = true;
    if (!isSuccess || data.cmpStatus === 'error')
      warn('waiting for consent', 'the consent manager reports an error');
    else if (data.gdprApplies === false) report(true);
    // While the dialog is open, the visitor has not decided.
    else if (data.gdprApplies && /^(tcloaded|useractioncomplete)$/.test(data.eventStatus as string))
      report(purposes.every((purpose) => data.purpose?.consents?.[purpose] === true));
  };
  return () => {
    const api = page.__tcfapi;
    // A stub keeps the call for the consent manager. If that has lost it, the manager itself is asked.
    if (typeof api !== 'function' || api === asked || hasAnswered) return;
    asked = api;
    api('addEventListener', 2, onData);
  };
};

/** Passes on what the visitor answers to the site's consent manager, as calls of `consent()`. */
export const followConsent = ({ source, purposes, consent, warn, signal }: ConsentSource): void => {
  let last: boolean | undefined;
  const report = (isGranted: boolean) => {
    // A grant that is only repeated does not undo `consent(false)` of page code.
    if (signal.aborted || (isGranted && last)) return;
    last = isGranted;
    isolate(() => consent(isGranted));
  };
  const check = source === 'google' ? followGoogle(report) : followTcf(report, purposes, warn);
  const checkSafely = () => signal.aborted || isolate(check);
  const checkLoaded = () => {
    checkSafely();
    if (last === undefined)
      warn(
        'waiting for consent',
        source === 'google'
          ? 'no command in dataLayer has granted personalization_storage'
          : '__tcfapi has not answered for this visitor',
      );
  };
  checkSafely();
  if (document.readyState === 'complete') checkLoaded();
  else listen(window, 'load', checkLoaded, signal);
  // Scripts may replace dataLayer or its push(), and a consent manager may come late.
  listen(window, 'click', () => setTimeout(checkSafely), signal, true);
  onVisible(checkSafely, signal);
};
