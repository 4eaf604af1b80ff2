import { awsSteps } from './check/aws.js';
import { createBrowser } from './check/browser.js';
import { HELP } from './check/help.js';
import { relaySteps } from './check/relay.js';
import { lineOf, verdictOf } from './check/report.js';
import { readSetup } from './check/setup.js';
import { walk } from './check/walk.js';
import type { Command } from './command.js';
import { print, printError } from './output.js';

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
