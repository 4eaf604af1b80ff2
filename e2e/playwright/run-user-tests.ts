import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findHeadlessShell } from '../support/browser.js';

const CLI = fileURLToPath(new URL('../../node_modules/@playwright/test/cli.js', import.meta.url));

/** Result of a user's test. */
export interface UserResult {
  status: 'passed' | 'failed' | 'timedOut' | 'skipped';
  /** Messages of its errors, without colours and code frames. */
  errors: string[];
}

interface JsonSuite {
  suites?: JsonSuite[];
  specs: {
    title: string;
    tests: { results: { status: UserResult['status']; errors: { message: string }[] }[] }[];
  }[];
}

// The runner's own variables would reach the inner run.
const ENV = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(PW_|PLAYWRIGHT_|TEST_|FORCE_COLOR|NODE_OPTIONS)/.test(name),
  ),
);

/** Removes colours, and what the runner adds after the message. */
const clean = (message: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it begins a colour's code
  message.replace(/\u001b\[\d+m/g, '').replace(/\n+(Call log:|\s+at |\s*\d+ \|)[\s\S]*$/, '');

const readResults = ({ suites = [], specs }: JsonSuite): [string, UserResult][] => [
  ...specs.flatMap(({ title, tests }) =>
    tests.map(({ results }): [string, UserResult] => {
      const { status = 'skipped', errors = [] } = results.at(-1) ?? {};
      return [title, { status, errors: errors.map(({ message }) => clean(message)) }];
    }),
  ),
  ...suites.flatMap(readResults),
];

/**
 * Runs Playwright as a user does, on the configuration in a folder and its tests whose file name contains \`file\`.
 * Resolves to their results by title. The configuration finds a browser in the environment variable CHROMIUM.
 */
export const runUserTests = async (
  folder: string,
  file: string,
  env: Record<string, string> = {},
): Promise<Record<string, UserResult>> => {
  const chromium = findHeadlessShell();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [CLI, 'test', '-c', folder, '--reporter=json', file],
    {
      cwd: folder,
      env: { ...ENV, NO_COLOR: '1', ...(chromium && { CHROMIUM: chromium }), ...env },
      maxBuffer: 64 * 1024 * 1024,
    },
  ).catch((error: { stdout: string }) => error);
  const { suites, errors } = JSON.parse(stdout) as { suites: JsonSuite[]; errors: { message: string }[] };
  if (errors.length) throw new Error(errors.map(({ message }) => message).join('\n'));
  return Object.fromEntries(suites.flatMap(readResults));
};
