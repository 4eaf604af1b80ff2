/** A command of the CLI. */
export interface Command {
  /** One line for the help. */
  summary: string;
  /** Runs the command, which prints its own output. Resolves to the exit code: 0 done, 1 failed, 2 not understood. */
  run(args: string[]): Promise<number>;
}
