import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Fault } from 'personalize-beacon/local';
import { expect } from '../../support/fixtures.js';
import { type Block, docs, ROOT } from '../markdown.js';
import { type Example, patternOf, type World } from '../run.js';

/** Runs a command of the docs against the local AWS, which has AWS's host name. */
const runCommand = async (code: string, { aws, serve }: World) => {
  const [, , ...args] = code.trim().split(' ');
  const at = args.indexOf('--endpoint') + 1;
  if (at) args[at] = `http://127.0.0.1:${await serve(aws.collectHandler)}/collect`;
  else args.push('--endpoint-url', aws.url, '--identity-endpoint-url', aws.url);
  const command = promisify(execFile)(process.execPath, [`${ROOT}dist/cli.js`, ...args]);
  const { stdout } = await command.catch((error: { stdout: string }) => error);
  return stdout
    .replaceAll(new URL(aws.url).host, 'personalize-events.us-east-1.amazonaws.com')
    .replace(/ data-(identity-)?endpoint="http[^"]*"/g, '');
};

const doc = () => docs.find(({ file }) => file === 'docs/check.md')?.blocks ?? [];

/** Times differ. */
const timeless = (text: string) => text.replace(/ \(\d+ ms\)/g, '').replace(/,?\s*"ms": \d+/g, '');

const commandOf = (name: string) => doc().find((block) => block.name === name)?.code ?? '';

/** Returns the output of a command, with a fault if one is given. */
const prints = (name: string, fault?: Fault): Example => ({
  async check(block: Block, world: World) {
    if (fault) world.aws.fail(fault);
    const printed = await runCommand(commandOf(name), world);
    expect(timeless(printed)).toMatch(patternOf({ ...block, code: timeless(block.code) }));
  },
});

const isWell: Example = {
  async check({ code }, world) {
    expect(await runCommand(code, world)).toContain('All is well.');
  },
};

export const check: Record<string, Example> = {
  'Check the setup': isWell,
  'Check the setup (2)': prints('Check the setup'),
  'When something is wrong': prints('Check the setup', { status: 403, type: 'AccessDeniedException' }),
  'An endpoint of your own': isWell,
  'In scripts': {
    async check({ code }, world) {
      expect(JSON.parse(await runCommand(code, world)).ok).toBe(false);
    },
  },
  'In scripts (2)': {
    async check({ code }, world) {
      const shown = timeless(JSON.stringify(JSON.parse(code), null, 2));
      const printed = timeless(await runCommand(commandOf('In scripts'), world));
      expect(printed).toMatch(patternOf({ name: '', language: 'json', code: shown }));
    },
  },
};
