import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { expect } from '../../support/fixtures.js';
import { type Block, docs, ROOT } from '../markdown.js';
import type { Example, World } from '../run.js';

/** Runs commands of the docs in an empty folder with these files, at the local AWS. */
const run = async (
  { code }: Block,
  { aws, testInfo }: World,
  files: Record<string, string | Buffer> = {},
) => {
  const cwd = testInfo.outputPath('folder');
  await mkdir(cwd, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(cwd, name), content);
  const { accessKeyId, secretAccessKey, sessionToken } = aws.issueCredentials();
  const commands = code
    .replaceAll(/npx (-p \S+ )*personalize-beacon/g, `"${process.execPath}" "${ROOT}dist/cli.js"`)
    .replaceAll("your event tracker's ID", 'demo-tracker');
  return promisify(execFile)('sh', ['-ec', commands], {
    cwd,
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: aws.url,
    },
  }).catch((error: { stdout: string; stderr: string }) => error);
};

/** Returns another block of the page. */
const blockOf = (name: string) =>
  docs
    .find(({ file }) => file === 'docs/put-events.md')
    ?.blocks.find((block) => block.name === name) as Block;

export const putEvents: Record<string, Example> = {
  'By hand': {
    async check(block, world) {
      await run(block, world);
      expect(world.aws.counted()).toEqual([
        { eventType: 'view', itemId: 'movie-12', sentAt: 1_700_000_000 },
        {
          ...{ eventType: 'click', itemId: 'movie-7', sentAt: 1_700_000_060 },
          impression: ['movie-7', 'movie-9'],
        },
      ]);
    },
  },
  'By hand (2)': {
    async check(block, world) {
      const { stderr } = await run(block, world);
      expect(stderr).toContain('put-events: ');
    },
  },
  'By hand (3)': {
    async check({ code }, world) {
      expect((await run(blockOf('By hand (2)'), world)).stderr).toContain(code);
    },
  },
  'A CSV of past events': {
    async check({ code }, world) {
      await run(blockOf('A CSV of past events (2)'), world, { 'interactions.csv': code });
      expect(world.aws.counted()).toHaveLength(3);
      expect(world.aws.counted().map(({ properties }) => properties)).toContain('{"numberOfRatings":"12"}');
    },
  },
  'A CSV of past events (2)': {
    async check(block, world) {
      const { code } = blockOf('A CSV of past events');
      const { stderr } = await run(block, world, { 'interactions.csv': code });
      expect(stderr).toContain('3 rows sent in 2 requests, 0 rejected');
    },
  },
  'Rows out of a pipe': {
    async check(block, world) {
      const { code } = blockOf('A CSV of past events');
      const { stderr } = await run(block, world, { 'interactions.csv.gz': gzipSync(code) });
      expect(stderr).toContain('3 rows sent in 2 requests, 0 rejected');
      expect(world.aws.counted()).toHaveLength(3);
    },
  },
};
