import { EVENT_CHECKS } from '../../contract/event.js';
import { tryOrUndefined } from '../../contract/try.js';
import { numberOrText } from '../../contract/validate.js';

/** Types of controls whose number is a secret, a person's, or one of several. */
const WITHOUT_VALUE = /^(password|tel|select-multiple)$/;

const toNumber = (value: unknown): number | undefined => {
  const number = typeof value === 'string' ? numberOrText(value) : value;
  return EVENT_CHECKS.eventValue[1](number) ? (number as number) : undefined;
};

/** Returns the number that the control or custom event stands for; undefined if there is none. */
export const numberOf = (event: Event): number | undefined => {
  // biome-ignore lint/suspicious/noExplicitAny: a page's own element, whose members may be anything, and throw
  const target = event.composedPath()[0] as any;
  const tryNumber = (read: () => unknown) => tryOrUndefined(() => toNumber(read()));
  const isChecked = () => typeof target.checked === 'boolean' && +target.checked;
  const type = tryOrUndefined(() => `${target.type}`) as string;
  if (WITHOUT_VALUE.test(type)) return undefined;
  if (type === 'checkbox') return tryNumber(isChecked);
  return (
    tryNumber(() => target.value) ??
    // Only for custom elements: every input has `checked`.
    tryNumber(() => /-(?!radio)/.test(target.localName) && isChecked()) ??
    // The `detail` of a browser's own UI event is a count of clicks.
    tryNumber(() => 'view' in event || (event as CustomEvent).detail) ??
    tryNumber(() => (event as CustomEvent).detail.value)
  );
};
