/** One thing that the command line does. */
export interface Command {
  /** One line. */
  summary: string;
  /** Resolves to the exit code: 0 done, 1 failed, 2 not understood. Prints what there is to say itself. */
  run(args: string[]): Promise<number>;
}
