import { type ParseArgsConfig, parseArgs } from 'node:util';

type Flags = NonNullable<ParseArgsConfig['options']>;

/** Reads a command's flags: their values, or what is wrong with them. */
export const readFlags = <const These extends Flags>(args: string[], flags: These) => {
  try {
    return { values: parseArgs({ args, options: flags }).values };
  } catch (error) {
    return { problem: (error as Error).message };
  }
};
