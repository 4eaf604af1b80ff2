import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { test as base, expect, type Service } from './fixtures.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The timeout of one install or build on a slow machine with a slow registry. */
const INSTALL_TIMEOUT_MS = 240_000;

// The test runner's values of these would change the users' builds.
const { NODE_ENV, FORCE_COLOR, ...inherited } = process.env;
const ENV = { ...inherited, NO_COLOR: '1', NEXT_TELEMETRY_DISABLED: '1' };

/** Runs npm in a folder. Returns its output. */
const npm = async (cwd: string, args: string[], env = {}) => {
  const shell = process.platform === 'win32';
  const options = { cwd, env: { ...ENV, ...env }, timeout: INSTALL_TIMEOUT_MS, shell };
  try {
    return (await promisify(execFile)('npm', args, options)).stdout;
  } catch (error) {
    const { message, stdout } = error as Error & { stdout: string };
    throw new Error(`${message}\n${stdout}`);
  }
};

const install = (cwd: string, tarball: string, ...flags: string[]) =>
  npm(cwd, ['install', '--no-audit', '--no-fund', '--prefer-offline', ...flags, tarball]);

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

export interface Packed {
  /** A project in which only the package is installed. */
  project: string;
  /** Copies an example, installs the package there and runs its build script if it has one. Returns the copy's path. */
  build(example: string, env?: Record<string, string>): Promise<string>;
  /** Returns a listener that serves a folder. */
  site(folder: string): RequestListener;
}

/** Returns environment variables that point the AWS SDK to the local AWS. */
export const credentialsOf = (aws: Service): Record<string, string> => {
  const { accessKeyId, secretAccessKey, sessionToken } = aws.issueCredentials();
  return {
    AWS_ENDPOINT_URL_PERSONALIZE_EVENTS: aws.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
};

interface StartedProgram {
  /** The address that the program printed. */
  url: string;
  child: ChildProcess;
}

/** Starts a Node program that prints its address. The program ends with the test. */
type Start = (cwd: string, args: string[], env?: Record<string, string>) => Promise<StartedProgram>;

export const test = base.extend<{ start: Start }, { packed: Packed }>({
  packed: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads a fixture's needs off this pattern
    async ({}, use) => {
      // Bundlers name modules by their real paths.
      const folder = await mkdtemp(join(await realpath(tmpdir()), 'personalize-beacon-'));
      const name = await npm(ROOT, ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder]);
      const tarball = join(folder, name.trim());
      const project = join(folder, 'project');
      await mkdir(project);
      await writeFile(join(project, 'package.json'), '{ "private": true }');
      await install(project, tarball, '--offline');
      await use({
        project,
        async build(example, env) {
          const source = join(ROOT, 'demo/examples', example);
          const copy = join(folder, example);
          // Excludes the output of earlier builds.
          const excluded = /^.(node_modules|dist|\.next|package-lock\.json)\b/;
          const filter = (path: string) => !excluded.test(path.slice(source.length));
          await cp(source, copy, { recursive: true, filter });
          const { dependencies } = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'));
          expect(tarball, 'the version that the example asks for').toContain(
            `personalize-beacon-${dependencies['personalize-beacon']}.tgz`,
          );
          await install(copy, tarball);
          await npm(copy, ['run', '--if-present', 'build'], env);
          return copy;
        },
        site: (root) => async (request, response) => {
          const path = (request.url as string).replace(/\/$/, '/index.html');
          const body = await readFile(join(root, path)).catch(() => undefined);
          const type = TYPES[extname(path)] ?? 'video/webm';
          response.writeHead(body ? 200 : 404, { 'content-type': type }).end(body);
        },
      });
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: INSTALL_TIMEOUT_MS },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: see above
  start: async ({}, use) => {
    const children: ChildProcess[] = [];
    await use(async (cwd, args, env) => {
      const child = spawn(process.execPath, args, {
        cwd,
        env: { ...ENV, ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      for await (const line of createInterface({ input: child.stdout })) {
        const [url] = line.match(/http:\S+/) ?? [];
        if (url) return { url, child };
      }
      throw new Error(`${args.join(' ')} ended without printing an address`);
    });
    for (const child of children) {
      if ((child.exitCode ?? child.signalCode) !== null) continue;
      child.kill();
      await once(child, 'exit');
    }
  },
});
