import { check } from './check/check.js';
import type { Command } from './command.js';
import { local } from './local/local.js';
import { flushOutput, print, printError } from './output.js';
import { putEvents } from './put-events/put-events.js';
import { types } from './types/print-types.js';

/** Replaced by the build. */
declare const VERSION: string;

const COMMANDS: Record<string, Command> = { check, local, 'put-events': putEvents, types };

const HELP = `personalize-beacon ${VERSION}

  npx personalize-beacon <command> [options]

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`)
  .join('\n')}

Each command tells of its options by --help.
`;

const run = async ([name, ...args]: string[]): Promise<number> => {
  const command = Object.hasOwn(COMMANDS, name ?? '') && COMMANDS[name ?? ''];
  if (command) return command.run(args);
  if (name === '--version') print(VERSION);
  else if (name === undefined || name === '--help' || name === 'help') print(HELP);
  else {
    printError(`There is no command "${name}".\n\n${HELP}`);
    return 2;
  }
  return 0;
};

/** Runs the command in the process's arguments, and ends the process with its exit code. */
export const main = async (): Promise<never> => {
  const code = await run(process.argv.slice(2)).catch((error: Error) => {
    printError(`personalize-beacon: ${error.stack}`);
    return 1;
  });
  await flushOutput();
  // An open pipe or an unanswered request would keep the process alive.
  process.exit(code);
};
