// @ts-check

/** @param {number[]} numbers @param {number} share */
export const quantile = (numbers, share) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};

/** @param {number[]} numbers */
export const median = (numbers) => (quantile(numbers, 0.5) + quantile(numbers, 0.499)) / 2;
