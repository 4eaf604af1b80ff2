import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, symlink } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readScript } from '../../demo/script.js';
import { test as base } from '../support/packed-package.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CLI = join(ROOT, 'node_modules/@playwright/test/cli.js');

/** Result of a user's test. */
export interface UserResult {
  status: 'passed' | 'failed' | 'timedOut' | 'skipped';
  /** Messages of its errors, without colours and code frames. */
  errors: string[];
}

export interface UserTests {
  /** Folder of the user's tests, in which the packed package and Playwright are installed. */
  folder: string;
  /** Runs the tests of a file; resolves to their results by title. */
  run(file: string, env?: Record<string, string>): Promise<Record<string, UserResult>>;
}

interface JsonSuite {
  suites?: JsonSuite[];
  specs: {
    title: string;
    tests: { results: { status: UserResult['status']; errors: { message: string }[] }[] }[];
  }[];
}

/** The IDs of a site that was made without thought of tests. */
const IDS = {
  'tracking-id': '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  'action-tracking-id': '16fd2706-8baf-433b-82eb-8c7fada847da',
  'identity-pool-id': 'eu-west-1:11111111-2222-4333-8444-555555555555',
};

const tag = (attributes: Record<string, string | undefined> = {}) =>
  `<script src="/personalize.js" ${Object.entries({ ...IDS, 'flush-interval': '3600000', ...attributes })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `data-${name}="${value}"`)
    .join(' ')}></script>`;

const TILES = `<section data-personalize-list>
  <a href="#12" data-personalize-item="movie-12">The Third Man</a>
  <a href="#7" data-personalize-item="movie-7" data-personalize-property-genre="Drama">Metropolis</a>
  <a href="/next" data-personalize-item="movie-9">Nosferatu</a>
</section>
<button onclick="personalize.trackAction('Taken', 'join')">Join</button>`;

const UNSIGNED = { 'identity-pool-id': undefined };

/** The pages of the site, with AWS's real host names. */
const PAGES: Record<string, string> = {
  '/': tag() + TILES,
  '/keepalive': tag({ 'exit-transport': 'keepalive' }) + TILES,
  '/china': tag({ 'identity-pool-id': 'cn-north-1:11111111-2222-4333-8444-555555555555' }) + TILES,
  '/own-endpoint': tag({ ...UNSIGNED, endpoint: '/collect' }) + TILES,
  '/endpoint-at-root': tag({ ...UNSIGNED, endpoint: '/' }) + TILES,
  // A page of the site at the address of the endpoint.
  '/events': '<h1>Events in town</h1>',
  '/next': '<h1>Next</h1>',
  '/without-tracker': TILES,
};

/** Serves the site. */
const answer: RequestListener = (request, response) => {
  const path = (request.url ?? '/').replace(/\?.*/, '');
  const script = readScript(path);
  const page = request.method === 'GET' ? PAGES[path] : undefined;
  const type = script ? 'text/javascript' : 'text/html; charset=utf-8';
  const body = page && `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${page}`;
  response.writeHead(script || body ? 200 : 404, { 'content-type': type }).end(script || body);
};

/** Accepts a WebSocket (RFC 6455), and sends `hello`. */
const greet = (request: IncomingMessage, socket: Duplex) => {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  const headers = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`];
  socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers.join('\r\n')}\r\n\r\n\x81\x05hello`, 'latin1');
};

/** Creates a server of the site. @param certificate for https */
export const createSite = (certificate?: { key: string; cert: string }) =>
  (certificate ? createSecureServer(certificate, answer) : createServer(answer)).on('upgrade', greet);

// The runner's own variables would reach the inner run.
const ENV = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(PW_|PLAYWRIGHT_|TEST_|FORCE_COLOR|NODE_OPTIONS)/.test(name),
  ),
);

const readResults = ({ suites = [], specs }: JsonSuite): [string, UserResult][] => [
  ...specs.flatMap(({ title, tests }) =>
    tests.flatMap(({ results }) => {
      const { status = 'skipped', errors = [] } = results.at(-1) ?? {};
      return [
        [title, { status, errors: errors.map(({ message }) => clean(message)) }] as [string, UserResult],
      ];
    }),
  ),
  ...suites.flatMap(readResults),
];

/** Removes colours, and what the runner adds after the message. */
const clean = (message: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it begins a colour's code
  message.replace(/\u001b\[\d+m/g, '').replace(/\n+(Call log:|\s+at |\s*\d+ \|)[\s\S]*$/, '');

export const test = base.extend<{ siteUrl: string }, { userTests: UserTests }>({
  siteUrl: async ({ serve }, use) => use(`http://localhost:${await serve(createSite())}`),
  userTests: [
    async ({ packed }, use, { project }) => {
      const folder = join(packed.project, 'tests');
      await cp(join(ROOT, 'e2e/playwright/user'), folder, { recursive: true });
      const modules = join(packed.project, 'node_modules');
      await mkdir(join(modules, '@playwright'), { recursive: true });
      for (const name of ['@playwright/test', 'playwright', 'playwright-core']) {
        await symlink(join(ROOT, 'node_modules', name), join(modules, name), 'junction');
      }
      const chromium = project.use.launchOptions?.executablePath;
      await use({
        folder,
        async run(file, env) {
          const args = [CLI, 'test', '-c', folder, '--reporter=json', file];
          const { stdout } = await promisify(execFile)(process.execPath, args, {
            cwd: packed.project,
            env: { ...ENV, NO_COLOR: '1', ...(chromium && { CHROMIUM: chromium }), ...env },
            maxBuffer: 64 * 1024 * 1024,
          }).catch((error: { stdout: string; message: string }) => error);
          const { suites, errors } = JSON.parse(stdout) as {
            suites: JsonSuite[];
            errors: { message: string }[];
          };
          if (errors.length) throw new Error(errors.map(({ message }) => message).join('\n'));
          return Object.fromEntries(suites.flatMap(readResults));
        },
      });
    },
    { scope: 'worker', timeout: 240_000 },
  ],
});
