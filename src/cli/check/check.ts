import type { Command } from '../command.js';
import { print, printError } from '../output.js';
import { awsSteps } from './aws-steps.js';
import { readSetup } from './check-flags.js';
import { HELP } from './help.js';
import { relaySteps } from './relay-steps.js';
import { formatResult, formatVerdict } from './report.js';
import { runSteps } from './run-steps.js';
import { schemaStep } from './schema-step.js';
import { createSimulatedBrowser } from './simulated-browser.js';

export const check: Command = {
  summary: 'Sends the requests that a browser sends to the service, and prints what to fix',
  async run(args) {
    const { setup, problems } = readSetup(args);
    if (problems.length) {
      printError(`${problems.join('\n')}\n\nnpx personalize-beacon check --help lists all flags.`);
      return 2;
    }
    if (!setup) {
      print(HELP);
      return 0;
    }
    const toSteps = setup.settings.identityPoolId ? awsSteps : relaySteps;
    const steps = [
      ...(setup.schemaFile === undefined ? [] : [schemaStep(setup.schemaFile)]),
      ...toSteps(setup, createSimulatedBrowser(setup.origin, setup.timeoutMs)),
    ];
    const width = Math.max(...steps.map(({ name }) => name.length));
    const results = await runSteps(steps, (result) => {
      if (!setup.isJson) print(...formatResult(result, width));
    });
    const isOk = results.every(({ status }) => status !== 'failed');
    if (setup.isJson) print(JSON.stringify({ ok: isOk, steps: results }, null, 2));
    else print('\n', ...formatVerdict(results, setup));
    return isOk ? 0 : 1;
  },
};
