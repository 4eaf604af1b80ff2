import { SCHEMA_HELP } from '../open-schema.js';
import { DEFAULT_PORT } from './local-flags.js';

export const HELP = `Runs Cognito Identity and Personalize Events on this machine, as strict as AWS, and shows each event.

  npx personalize-beacon local [--port ${DEFAULT_PORT}] [--schema interactions.avsc]

  --port PORT              port to listen on; any free one if it is taken; default ${DEFAULT_PORT}
  --tracking-id ID         event tracker that exists; can be repeated; default demo-tracker
  --action-tracking-id ID  event tracker for actions that exists; can be repeated; default demo-action-tracker
  --identity-pool-id ID    identity pool that exists; can be repeated; default REGION:00000000-0000-4000-8000-000000000000
  --region REGION          region that requests must be signed for; default: the pool's, else us-east-1
${SCHEMA_HELP}
  --json                   prints a line of JSON for the start, each event and each request, in place of text
  --no-ui                  serves no page, only AWS and the HTTP API
  --help                   prints this help

It prints the script tag to paste and the options of init(). Only this machine can reach it. Nothing is stored: the newest
10,000 events are kept in memory. Ctrl+C stops it.

Exit code: 0 stopped; 1 it could not start; 2 wrong flags.
`;
