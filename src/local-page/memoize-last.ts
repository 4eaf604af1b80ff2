/** Returns the function, with its last result kept for as long as its arguments are the same. */
export const memoizeLast = <Arguments extends unknown[], Result>(
  run: (...args: Arguments) => Result,
): ((...args: Arguments) => Result) => {
  let last: { args: Arguments; result: Result } | undefined;
  return (...args) => {
    if (!last || args.some((arg, i) => arg !== last?.args[i])) last = { args, result: run(...args) };
    return last.result;
  };
};
