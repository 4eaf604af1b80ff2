// @ts-check
// Numbers of several runs.

/** @param {number[]} numbers */
export const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/** @param {number[]} numbers */
export const mean = (numbers) => sum(numbers) / numbers.length;

/** Returns a quantile, interpolated between neighbors. @param {number[]} numbers @param {number} share */
export const quantile = (numbers, share) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
};

/** @param {number[]} numbers */
export const median = (numbers) => quantile(numbers, 0.5);

/** Returns the lower and the upper quartile: the middle half of the runs is between them. @param {number[]} numbers */
export const quartiles = (numbers) => [quantile(numbers, 0.25), quantile(numbers, 0.75)];

/** Formats without decimals. @param {number} n */
export const whole = (n) => n.toLocaleString('en', { maximumFractionDigits: 0 });

/** Returns the median, with the quartiles in brackets if they differ as shown. @param {number[]} numbers */
export const spread = (numbers, show = whole) => {
  const [low, high] = quartiles(numbers).map(show);
  return show(median(numbers)) + (low === high ? '' : ` (${low}–${high})`);
};

/** Formats a multiple, with two digits if it is less than one. @param {number} times */
export const multiple = (times) => `× ${times < 0.95 ? times.toPrecision(2) : times.toFixed(1)}`;
