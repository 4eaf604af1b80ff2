import type { Check } from '../contract/validate.js';

export const FUNCTION: Check = ['a function', (value) => typeof value === 'function'];

export const EVENTS_CLIENT: Check = [
  'a PersonalizeEventsClient',
  (value) => typeof (value as { send?: unknown } | null)?.send === 'function',
];

export const wholeNumber = (min: number, max = Number.MAX_SAFE_INTEGER): Check => [
  max < Number.MAX_SAFE_INTEGER ? `a whole number, ${min}–${max}` : `a whole number from ${min}`,
  (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
];
