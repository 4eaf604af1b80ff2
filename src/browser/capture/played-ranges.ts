/** From and to, in seconds from the start of a medium. */
export type Range = readonly [from: number, to: number];

/** The parts of a medium that have been played, in seconds from its start. */
export interface Played {
  add(from: number, to: number): void;
  /** How much of it that is, each second counted once. */
  seconds(): number;
}

export const createPlayed = (): Played => {
  /** Apart from each other. */
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
