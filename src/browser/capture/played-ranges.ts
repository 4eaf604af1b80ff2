/** Start and end of a range, in seconds from the start of a medium. */
export type Range = readonly [from: number, to: number];

/** The parts of a medium that have been played, in seconds from its start. */
export interface Played {
  add(from: number, to: number): void;
  /** Returns how many seconds have been played, each counted once. */
  seconds(): number;
}

export const createPlayed = (): Played => {
  /** These do not overlap. */
  let ranges: Range[] = [];
  return {
    add(from, to) {
      const touches = ([start, end]: Range) => start <= to && end >= from;
      const joined = [...ranges.filter(touches), [from, to]] as Range[];
      ranges = ranges.filter((range) => !touches(range));
      ranges.push([Math.min(...joined.map(([start]) => start)), Math.max(...joined.map(([, end]) => end))]);
    },
    seconds: () => ranges.reduce((sum, [start, end]) => sum + end - start, 0),
  };
};
