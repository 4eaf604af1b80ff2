#!/usr/bin/env node
// @ts-check
// `npm run relay`: measures the relay's requests a second beside a bare Node server in the same run.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BODY_BYTES, load } from './load.js';
import { createProcesses } from './processes.js';
import { toTable } from './table.js';

const HELP = `Prints what the Node example of the relay takes a second, beside a bare Node server in the same run.

  npm run relay -- [--runs 5] [--seconds 5] [--connections 50] [--json FILE]

  --runs         how often each is measured, one after the other within a run; medians are printed
  --seconds      how long each time
  --connections  requests at a time
  --json         writes every run's figures to a file

In each row a process of its own, loaded by autocannon from this one:
  a bare server       reads the body, answers 200
  … nobody behind it  the relay, whose forward() does nothing: its checks alone
  the AWS SDK alone   a bare server that hands the body to the SDK, checks nothing, answers once the SDK has its answer
  the relay           demo/examples/relay-node as it is, with what npm run build has built
The service behind these two is once a bare server, which answers at once, and once the local AWS, which verifies
each signature in JavaScript and is the slowest of all. Nothing is asserted of the figures.
`;

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '50' },
    json: { type: 'string' },
    help: { type: 'boolean' },
  },
});

/** @param {'runs' | 'seconds' | 'connections'} flag */
const readCount = (flag) => {
  if (!/^[1-9]\d{0,2}$/.test(flags[flag]))
    throw new Error(`--${flag} must be from 1 to 999, not "${flags[flag]}"`);
  return Number(flags[flag]);
};

/** @param {string} name */
const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Copies the example below this package, so that `personalize-beacon/relay` resolves to the build. */
const copyExample = async () => {
  const folder = fileOf('../.results/relay');
  await mkdir(folder, { recursive: true });
  await copyFile(fileOf('../../demo/examples/relay-node/server.js'), `${folder}/server.js`);
  return `${folder}/server.js`;
};

const measure = async () => {
  const runs = readCount('runs');
  const how = { connections: readCount('connections'), duration: readCount('seconds') };
  const processes = createProcesses();
  try {
    const bare = await processes.start(fileOf('bare.js'));
    const aws = await processes.start(fileOf('local-aws.js'));
    const example = await copyExample();
    /** @type {(import('./table.js').Row & { origin: string })[]} */
    const rows = [
      { title: 'a bare server', origin: bare.origin, runs: [] },
      {
        title: 'the relay, nobody behind it',
        ...(await processes.start(fileOf('checker.js'))),
        runs: [],
      },
    ];
    for (const [service, { origin }] of /** @type {const} */ ([
      ['answers at once', await processes.start(fileOf('bare.js'))],
      ['is the local AWS', aws],
    ])) {
      const env = {
        ...aws.env,
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL_PERSONALIZE_EVENTS: origin,
        TRACKING_ID: 'demo-tracker',
        PORT: '0',
        HOST: '127.0.0.1',
      };
      const alone = `the AWS SDK alone, the service ${service}`;
      rows.push(
        { title: alone, ...(await processes.start(fileOf('forwarder.js'), env)), runs: [] },
        {
          title: `the relay, the service ${service}`,
          ...(await processes.start(example, env)),
          beside: alone,
          runs: [],
        },
      );
    }
    for (const { origin } of rows) await load(origin, { ...how, duration: 1 });
    for (let run = 1; run <= runs; run++) {
      for (const row of rows) {
        console.error(`  run ${run} of ${runs}: ${row.title}`);
        row.runs.push(await load(row.origin, how));
      }
    }
    return { rows, ...how };
  } finally {
    await processes.stop();
  }
};

if (flags.help) console.log(HELP);
else {
  const { rows, connections } = await measure();
  if (flags.json) await writeFile(flags.json, JSON.stringify(rows, undefined, 2));
  console.log(
    `\n${toTable(rows)}\n\n${connections} requests at a time, ${BODY_BYTES} bytes each: ten events.\n`,
  );
}
