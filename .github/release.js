// `npm run release -- minor|patch|major|X.Y.Z [--dry-run]` commits and tags a release. It pushes and publishes nothing.
// `node .github/release.js --check-tag vX.Y.Z` fails unless the checkout is that release.
import { execSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const CHANGELOG = 'CHANGELOG.md';

/** The heading of the coming release, with all up to the next heading of that level. */
const UNRELEASED = /^## Unreleased\n([\s\S]*?)(?=^## |(?![\s\S]))/m;

/** @param {string} version */
const toNumbers = (version) => version.split('.').map(Number);

/** @param {string} a @param {string} b */
const isNewer = (a, b) => {
  const [left, right] = [toNumbers(a), toNumbers(b)];
  const at = left.findIndex((number, i) => number !== right[i]);
  return at >= 0 && left[at] > right[at];
};

/**
 * Returns the version that follows, or undefined if `change` is neither a kind of change nor a version.
 * @param {string} current @param {string} change `major`, `minor`, `patch` or X.Y.Z
 */
export const nextVersion = (current, change) => {
  const [major, minor, patch] = toNumbers(current);
  if (change === 'major') return `${major + 1}.0.0`;
  if (change === 'minor') return `${major}.${minor + 1}.0`;
  if (change === 'patch') return `${major}.${minor}.${patch + 1}`;
  return /^\d+\.\d+\.\d+$/.test(change) ? change : undefined;
};

/**
 * Returns the changelog with the unreleased entries under a version, and an empty Unreleased section above.
 * @param {string} changelog @param {string} version @param {string} date YYYY-MM-DD
 */
export const releaseChangelog = (changelog, version, date) =>
  changelog.replace(UNRELEASED, (_, entries) => `## Unreleased\n\n## ${version} - ${date}\n${entries}`);

/** @param {string} changelog */
const hasUnreleasedEntries = (changelog) => /^- /m.test(UNRELEASED.exec(changelog)?.[1] ?? '');

/** @param {string} changelog @param {string} version */
const hasVersion = (changelog, version) =>
  changelog.split('\n').some((line) => line === `## ${version}` || line.startsWith(`## ${version} `));

const NO_REPOSITORY =
  'package.json has no repository.url: npm publish --provenance compares it with the repository of the workflow';

/**
 * Returns the reasons that forbid a release.
 * @param {object} state
 * @param {string} state.change the argument of the command
 * @param {string} state.current the version in package.json
 * @param {string} state.branch
 * @param {string} state.status the output of `git status --porcelain`
 * @param {string} state.tags the output of `git tag`
 * @param {string} state.changelog
 * @param {string | undefined} state.repository the URL in package.json
 */
export const refusalsOf = ({ change, current, branch, status, tags, changelog, repository }) => {
  const version = nextVersion(current, change);
  return [
    !version && `Usage: npm run release -- major|minor|patch|X.Y.Z [--dry-run]; got "${change}"`,
    version && !isNewer(version, current) && `${version} is not newer than ${current}`,
    version && tags.split('\n').includes(`v${version}`) && `the tag v${version} exists`,
    version && hasVersion(changelog, version) && `${CHANGELOG} has ${version} already`,
    branch !== 'main' && `releases are made on the branch main; this is ${branch || 'no branch'}`,
    status && `the working tree has changes that are not committed:\n${status}`,
    !hasUnreleasedEntries(changelog) && `"Unreleased" in ${CHANGELOG} has no entries`,
    !repository && NO_REPOSITORY,
  ].filter((reason) => typeof reason === 'string' && reason);
};

/**
 * Returns the reasons why a checkout is not the release that its tag names.
 * @param {object} state
 * @param {string} state.tag
 * @param {string} state.current the version in package.json
 * @param {string} state.changelog
 * @param {string | undefined} state.repository the URL in package.json
 */
export const tagProblemsOf = ({ tag, current, changelog, repository }) =>
  [
    tag !== `v${current}` && `the tag is ${tag}; package.json has version ${current}`,
    !hasVersion(changelog, current) && `${CHANGELOG} has no section ${current}`,
    !repository && NO_REPOSITORY,
  ].filter((reason) => typeof reason === 'string');

/** @param {string} command */
const read = (command) => execSync(command, { encoding: 'utf8' }).trim();

/** @param {(string | false | undefined)[]} problems */
const report = (problems) => {
  for (const problem of problems) console.error(problem);
  if (problems.length) process.exitCode = 1;
  return problems.length > 0;
};

const main = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false }, 'check-tag': { type: 'string' } },
  });
  const { version: current, repository: { url: repository } = {} } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  );
  const changelog = readFileSync(CHANGELOG, 'utf8');
  const tag = values['check-tag'];
  if (tag !== undefined) {
    report(tagProblemsOf({ tag, current, changelog, repository }));
    return;
  }
  const [change = ''] = positionals;
  const isRefused = report(
    refusalsOf({
      change,
      current,
      branch: read('git branch --show-current'),
      status: read('git status --porcelain'),
      tags: read('git tag'),
      changelog,
      repository,
    }),
  );
  const version = nextVersion(current, change);
  if (!version || (isRefused && !values['dry-run'])) return;
  const date = new Date().toISOString().slice(0, 10);
  console.log(`${CHANGELOG}: "Unreleased" becomes "${version} - ${date}"`);
  if (!values['dry-run']) writeFileSync(CHANGELOG, releaseChangelog(changelog, version, date));
  for (const command of [
    `npm version --no-git-tag-version ${version}`,
    'npm run build',
    'npm run tag',
    'npm run check',
    // The files in dist/ have the version in their names: they are new to git.
    'git add --all',
    `git commit --quiet -m "Release ${version}"`,
    `git tag -a v${version} -m ${version}`,
  ]) {
    console.log(`> ${command}`);
    if (!values['dry-run']) execSync(command, { stdio: 'inherit' });
  }
  console.log(`\nPublish with: git push origin main v${version}`);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
