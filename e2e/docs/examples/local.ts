import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type RunningLocalAws, startLocalAws } from 'personalize-beacon/local';
import { expect } from '../../support/fixtures.js';
import { type Block, docs, ROOT } from '../markdown.js';
import { type Example, patternOf, type World } from '../run.js';

export const LOCAL_PAGE = 'docs/local.md';

const FIRST = 'The service on your machine';

const run = promisify(execFile);

const blockOf = (name: string) =>
  docs.find(({ file }) => file === LOCAL_PAGE)?.blocks.find((block) => block.name === name) as Block;

/** Runs the page's command on a free port, until `use` is done. Returns what it has printed. */
const withCommand = async (
  { testInfo }: World,
  use: (url: string, output: () => string) => Promise<unknown>,
) => {
  const cwd = testInfo.outputPath('folder');
  await mkdir(cwd, { recursive: true });
  await copyFile(join(ROOT, 'demo/storefront/interactions.avsc'), join(cwd, 'interactions.avsc'));
  const [, , ...args] = blockOf(FIRST).code.trim().split(' ');
  const child = spawn(process.execPath, [join(ROOT, 'dist/cli.js'), ...args, '--port', '0'], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  await expect.poll(() => output).toContain('Ctrl+C stops it.');
  try {
    await use(/http:\/\/localhost:\d+/.exec(output)?.[0] ?? '', () => output);
  } finally {
    child.kill();
    await once(child, 'exit');
  }
};

/** Starts a local AWS, until `use` is done. */
const withLocalAws = async (use: (aws: RunningLocalAws) => Promise<unknown>) => {
  const aws = await startLocalAws();
  try {
    await use(aws);
  } finally {
    await aws.close();
  }
};

const at = (url: string, { code }: Block) => code.replaceAll('http://localhost:8081', url);

const put = (url: string, event: object, more = {}) =>
  fetch(`${url}/collect/events`, {
    method: 'POST',
    body: JSON.stringify({ trackingId: 'demo-tracker', sessionId: 's1', eventList: [event], ...more }),
  });

const click = { eventType: 'click', itemId: 'movie-12', sentAt: 1_700_000_000 };

const hasCommand = (name: string) =>
  run(name, ['--version']).then(
    () => true,
    () => false,
  );

/** Runs a block of shell commands, if the programs that it calls are installed. */
const runShell = async ({ testInfo }: World, program: string, code: string) => {
  if (!(await hasCommand(program))) testInfo.skip(true, `${program} is not installed`);
  const cwd = testInfo.outputPath('shell');
  await mkdir(cwd, { recursive: true });
  return (await run('sh', ['-ec', code], { cwd })).stdout;
};

/** Runs modules of the page in a folder inside the package, where its name resolves. Resolves to what they print. */
const runModule = async (url: string, files: Record<string, string>, { testInfo }: World) => {
  const cwd = join(ROOT, 'e2e/.results', `modules-${testInfo.testId}`);
  await mkdir(cwd, { recursive: true });
  await writeFile(join(cwd, 'package.json'), '{ "type": "module" }');
  for (const [name, code] of Object.entries(files)) {
    await writeFile(join(cwd, name), code.replaceAll('http://localhost:8081', url));
  }
  return (
    await run(process.execPath, [join(cwd, 'main.js')], {
      env: { ...process.env, FORCE_COLOR: '0' },
    })
  ).stdout;
};

const timeless = (text: string) => text.replace(/\d\d:\d\d:\d\d/g, '12:00:00');

export const local: Record<string, Example> = {
  [FIRST]: {
    async check(_, world) {
      await withCommand(world, async (url) => expect((await fetch(url)).status).toBe(200));
    },
  },
  [`${FIRST} (2)`]: {
    async check(block, world) {
      await withCommand(world, async (url, output) =>
        expect(output()).toMatch(patternOf({ ...block, code: at(url, block) })),
      );
    },
  },
  [`${FIRST} (3)`]: {
    async check({ code }, world) {
      await withCommand(world, async (url, output) => {
        await put(url, click, { sessionId: 'V1StGXR8_Z5jdHi6B-myT' });
        const seen = { ...click, eventType: 'view', itemId: 'movie-7', properties: '{"mood":"sad"}' };
        await put(url, seen, { userId: 'ann' });
        await put(url, { ...click, itemId: '' }, { userId: 'ann' });
        await expect.poll(() => timeless(output())).toContain(timeless(code.trim()));
      });
    },
  },
  Options: {
    async check(block, world) {
      await withLocalAws(async (aws) => {
        await runShell(world, 'aws', at(aws.url, block));
        expect(aws.events).toMatchObject([
          { status: 'accepted', form: 'header', event: { itemId: 'movie-12' } },
        ]);
      });
    },
  },
  'HTTP API': {
    async check(block, world) {
      await withLocalAws(async (aws) => {
        await put(aws.url, click);
        const printed = await runShell(world, 'curl', at(aws.url, block));
        expect(JSON.parse(printed).events).toMatchObject([{ event: click }]);
        expect(aws.events).toEqual([]);
      });
    },
  },
  Faults: {
    async check(block, world) {
      await withLocalAws(async (aws) => {
        await runShell(world, 'curl', at(aws.url, block));
        expect(aws.faults()).toEqual([{ status: 503, times: 2, hits: 0 }]);
      });
    },
  },
  'Any test runner': {
    async check({ code }, world) {
      await withLocalAws(async ({ url }) => {
        const main = `
          import { waitForEvents } from './personalize-events.js';
          for (const [filter, count] of [[{ type: 'click' }, 1], [{ itemId: 'movie-12' }, 2]]) {
            console.log(await waitForEvents(filter, count, 0).catch(({ message }) => message));
          }`;
        await put(url, click);
        const printed = await runModule(url, { 'personalize-events.js': code, 'main.js': main }, world);
        expect(printed).toContain('Events have no type to filter by; use status, eventType,');
        expect(printed).toContain('1 of 2 events {"itemId":"movie-12"} have come. All:');
      });
    },
  },
  'Any test runner (2)': {
    async check({ code }, world) {
      await withLocalAws(async (aws) => {
        await put(aws.url, { ...click, itemId: 'movie-7' });
        // The click on the tile, which comes while the test waits.
        const main = code.replace(
          '// … click on the tile …',
          `setTimeout(() => fetch('${aws.url}/collect/events', {
            method: 'POST',
            body: '${JSON.stringify({ trackingId: 'demo-tracker', sessionId: 's1', eventList: [click] })}',
          }), 200);`,
        );
        const files = {
          'personalize-events.js': blockOf('Any test runner').code,
          'main.js': `${main}\nconsole.log(JSON.stringify(event));`,
        };
        expect(JSON.parse(await runModule(aws.url, files, world))).toEqual(click);
        // clearEvents() has removed the first event.
        expect(aws.events).toHaveLength(1);
      });
    },
  },
  'Any test runner (3)': {
    async check({ code }, world) {
      const main = code
        .replace("'personalize-beacon/local'", `'${pathToFileURL(join(ROOT, 'dist/local.js'))}'`)
        .replace(
          '// … aws',
          `const send = () => fetch(aws.url + '/collect/events', {
            method: 'POST',
            body: '${JSON.stringify({ trackingId: 'demo-tracker', sessionId: 's1', eventList: [click] })}',
          });
          console.log((await send()).status, (await send()).status, (await send()).status);
          // … aws`,
        );
      const printed = await runModule('', { 'main.js': main }, world);
      expect(printed).toContain("trackingId: 'demo-tracker'");
      expect(printed).toContain('accepted click movie-12\n503 503 200');
    },
  },
};
