#!/usr/bin/env node
import { check } from './check.js';
import type { Command } from './command.js';
import { putEvents } from './put-events.js';

/** The build's word. */
declare const VERSION: string;

const COMMANDS: Record<string, Command> = { check, 'put-events': putEvents };

const HELP = `personalize-beacon ${VERSION}

  npx personalize-beacon <command> [options]

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`)
  .join('\n')}

Each command tells of its options by --help.
`;

const [name, ...args] = process.argv.slice(2);
const command = COMMANDS[name ?? ''];
if (command) process.exitCode = await command.run(args);
else if (name === '--version') console.log(VERSION);
else if (name === undefined || name === '--help' || name === 'help') console.log(HELP);
else {
  console.error(`There is no command "${name}".\n\n${HELP}`);
  process.exitCode = 2;
}
