import { type ParseArgsConfig, parseArgs } from 'node:util';

type Flags = NonNullable<ParseArgsConfig['options']>;

type Values<These extends Flags> = ReturnType<typeof parseArgs<{ options: These }>>['values'];

/** Reads a command's flags. Returns their values or the problem. */
export const readFlags = <const These extends Flags>(
  args: string[],
  flags: These,
): { values: Values<These>; problem?: never } | { values?: never; problem: string } => {
  try {
    return { values: parseArgs({ args, options: flags }).values };
  } catch (error) {
    return { problem: (error as Error).message };
  }
};
