#!/usr/bin/env node
// @ts-check
// `node demo/server.js`: serves the storefront on this machine, by default along with the local AWS.

import { parseArgs } from 'node:util';
import { startDemo } from './start.js';

const HELP = `Starts the demo storefront, and the local AWS its tracker reports to.

  node demo/server.js [--port 8080] [--aws-port 8081]
  node demo/server.js [--port 8080] --tracking-id ID --region REGION --identity-pool-id POOL [--action-tracking-id ID]

  --port              port of the shop; 8080, or any free one when that is taken
  --aws-port          port of the local AWS; 8081, or any free one when that is taken

To send to real AWS instead, give all three of:
  --tracking-id       of the event tracker in Amazon Personalize
  --region            where it is, as in us-east-1
  --identity-pool-id  of a Cognito identity pool whose guest role may call personalize:PutEvents
and, for the film club to be there, where actions are recorded:
  --action-tracking-id  of the event tracker for actions; the role needs personalize:PutActionInteractions, too

  --help              prints this
`;

/** @param {string} message @returns {never} */
function refuse(message) {
  console.error(`${message}\nTry: node demo/server.js --help`);
  process.exit(2);
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string' },
        'aws-port': { type: 'string' },
        'tracking-id': { type: 'string' },
        region: { type: 'string' },
        'identity-pool-id': { type: 'string' },
        'action-tracking-id': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    return refuse(/** @type {Error} */ (error).message);
  }
}

/** @param {string} name @param {string | undefined} text */
function readPort(name, text) {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535)
    refuse(`--${name} must be a number from 0 to 65535, not "${text}".`);
  return port;
}

/** @param {ReturnType<typeof readFlags>} flags */
function readAccount(flags) {
  const { 'tracking-id': trackingId, region, 'identity-pool-id': identityPoolId } = flags;
  const actionTrackingId = flags['action-tracking-id'];
  if ([trackingId, region, identityPoolId, actionTrackingId].every((flag) => flag === undefined))
    return undefined;
  if (!trackingId || !region || !identityPoolId) {
    const missing = Object.entries({ trackingId, region, identityPoolId }).filter(([, value]) => !value);
    const names = missing.map(([name]) => `--${name.replace(/[A-Z]/g, (char) => `-${char.toLowerCase()}`)}`);
    return refuse(`To send to real AWS, ${names.join(' and ')} must be given too.`);
  }
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) refuse(`--region must be like us-east-1, not "${region}".`);
  if (!/^[a-z0-9-]+:[0-9a-f-]{36}$/i.test(identityPoolId)) {
    refuse(
      `--identity-pool-id must be like ${region}:00000000-0000-4000-8000-000000000000, not "${identityPoolId}".`,
    );
  }
  if (actionTrackingId === '') refuse('--action-tracking-id must not be empty.');
  return { trackingId, region, identityPoolId, ...(actionTrackingId && { actionTrackingId }) };
}

const flags = readFlags();
if (flags.help) {
  console.log(HELP);
  process.exit(0);
}

try {
  const account = readAccount(flags);
  const port = readPort('port', flags.port);
  const awsPort = readPort('aws-port', flags['aws-port']);
  if (account && awsPort !== undefined)
    refuse('--aws-port is for the local AWS; it cannot go with --tracking-id.');
  const demo = await startDemo({ port, awsPort, account });
  const others = account
    ? `  Events     real AWS, tracker ${account.trackingId} in ${account.region}`
    : `  Local AWS  ${demo.awsUrl}`;
  console.log(`\n  Storefront ${demo.url}\n${others}\n\n  Ctrl+C stops it.\n`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => demo.close());
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exit(1);
}
