import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { parse } from 'yaml';

interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, { 'timeout-minutes'?: number; steps: { uses?: string; run?: string }[] }>;
}

const FOLDER = new URL('../../.github/workflows/', import.meta.url);
const WORKFLOWS = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(new URL(file, FOLDER), 'utf8');
  return { file, text, ...(parse(text) as Workflow) };
});
const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

for (const { file, text, jobs, permissions } of WORKFLOWS) {
  test(`${file}: every action is pinned by a commit, with its version beside it`, () => {
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test(`${file}: jobs may read the repository only, end in time, and install the lockfile`, () => {
    expect(permissions).toEqual({ contents: 'read' });
    for (const [name, job] of Object.entries(jobs)) {
      expect(job['timeout-minutes'], name).toBeGreaterThan(0);
      const commands = job.steps.flatMap(({ run }) => run ?? []);
      expect(commands, name).toContain('npm ci');
      const used = commands.map((command) => command.match(/npm run (\S+)/)?.[1]).filter(Boolean);
      for (const script of used) expect(scripts, name).toHaveProperty([script as string]);
    }
  });
}

test('the workflow runs every part of npm test, and npm run test:all', () => {
  const jobs = WORKFLOWS.find(({ file }) => file === 'test.yml')?.jobs ?? {};
  const commands = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
  expect(commands).toEqual(expect.arrayContaining([...scripts.test.split(' && '), 'npm run test:all']));
});

test('the README and .ci/run name npm test as the test command', () => {
  const [readme, ci] = ['README.md', '.ci/run'].map((file) =>
    readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'),
  );
  expect(readme).toMatch(/^npm install && npm test\b/m);
  expect(ci).toMatch(/^timed npm test$/m);
});
