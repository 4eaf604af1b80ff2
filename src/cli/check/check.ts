import type { Command } from '../command.js';
import { print, printError } from '../output.js';
import { awsSteps } from './aws-steps.js';
import { readSetup } from './check-flags.js';
import { HELP } from './help.js';
import { relaySteps } from './relay-steps.js';
import { lineOf, verdictOf } from './report.js';
import { createBrowser } from './simulated-browser.js';
import { walk } from './walk.js';

export const check: Command = {
  summary: 'Walks the chain that a browser walks to the service, and says what to fix',
  async run(args) {
    const { setup, problems } = readSetup(args);
    if (problems.length) {
      printError(`${problems.join('\n')}\n\nnpx personalize-beacon check --help tells what there is.`);
      return 2;
    }
    if (!setup) {
      print(HELP);
      return 0;
    }
    const toSteps = setup.settings.identityPoolId ? awsSteps : relaySteps;
    const steps = toSteps(setup, createBrowser(setup.origin, setup.timeLimitMs));
    const width = Math.max(...steps.map(({ name }) => name.length));
    const results = await walk(steps, (result) => {
      if (!setup.isJson) print(...lineOf(result, width));
    });
    const isWell = results.every(({ status }) => status !== 'failed');
    if (setup.isJson) print(JSON.stringify({ ok: isWell, steps: results }, null, 2));
    else print('\n', ...verdictOf(results, setup));
    return isWell ? 0 : 1;
  },
};
