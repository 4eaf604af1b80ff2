import { ACCESS_KEY } from '../../local/local-aws.js';
import { type RunningLocalAws, startLocalAws } from '../../local/start-local-aws.js';
import type { Command } from '../command.js';
import { onInterrupt } from '../interrupts.js';
import { print, printError } from '../output.js';
import { WrongInput } from '../wrong-input.js';
import { type LocalSetup, readSetup } from './local-flags.js';
import { HELP } from './local-help.js';
import { reportEvents } from './report-events.js';

/** Starts on the given port, or on any free one if it is taken. */
const start = async ({ options, isJson }: LocalSetup): Promise<RunningLocalAws> => {
  try {
    return await startLocalAws(options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw new WrongInput(message);
    if (code !== 'EADDRINUSE') throw error;
    const aws = await startLocalAws({ ...options, port: 0 });
    if (!isJson) print(`Port ${options.port} is taken; port ${aws.port} is used.`);
    return aws;
  }
};

const indent = (text: string) => text.replace(/^/gm, '    ');

const formatStart = ({ url, tag, initOptions }: RunningLocalAws, hasPage: boolean) => `
  ${hasPage ? 'Page      ' : 'HTTP API  '}  ${hasPage ? url : `${url}/api`}

  Script tag

${indent(tag)}

  Options of init()

${indent(JSON.stringify(initOptions, null, 2))}

  Without Cognito, as to your own endpoint: endpoint "${url}/collect", no identityPoolId
  With the AWS CLI or SDKs: --endpoint-url ${url} --region ${initOptions.region}
    AWS_ACCESS_KEY_ID=${ACCESS_KEY.accessKeyId} AWS_SECRET_ACCESS_KEY=${ACCESS_KEY.secretAccessKey}

  Ctrl+C stops it.
`;

/** Resolves at Ctrl+C, or when nobody reads the output any more. */
const waitForStop = () => new Promise<void>((resolve) => onInterrupt(() => resolve()));

export const local: Command = {
  summary: 'Runs the service on this machine, and shows each event that comes',
  async run(args) {
    try {
      const setup = await readSetup(args);
      if (setup.isHelp) {
        print(HELP);
        return 0;
      }
      const stopped = waitForStop();
      const aws = await start(setup);
      const { url, tag, initOptions } = aws;
      if (setup.isJson) print(JSON.stringify({ type: 'started', url, tag, initOptions }));
      else print(formatStart(aws, setup.options.hasPage !== false));
      reportEvents(aws, setup.isJson);
      await stopped;
      await aws.close();
      return 0;
    } catch (error) {
      printError(`local: ${(error as Error).message}`);
      return error instanceof WrongInput ? 2 : 1;
    }
  },
};
