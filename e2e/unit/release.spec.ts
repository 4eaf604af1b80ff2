import { expect, test } from '@playwright/test';
import { nextVersion, refusalsOf, releaseChangelog, tagProblemsOf } from '../../.github/release.js';

const CHANGELOG = `# Changelog

## Unreleased

### Added

- A thing.

## 0.1.0

First version.
`;

const STATE = {
  change: 'minor',
  current: '0.1.0',
  branch: 'main',
  status: '',
  tags: 'v0.1.0',
  changelog: CHANGELOG,
  repository: 'git+https://github.com/example/example.git',
};

test('the next version', () => {
  const changes = ['major', 'minor', 'patch', '1.2.3', 'v1.2.3', '1.2', ''];
  expect(changes.map((change) => nextVersion('0.1.9', change))).toEqual([
    '1.0.0',
    '0.2.0',
    '0.1.10',
    '1.2.3',
    undefined,
    undefined,
    undefined,
  ]);
});

test('unreleased entries move under the version', () => {
  expect(releaseChangelog(CHANGELOG, '0.2.0', '2030-01-02')).toBe(
    CHANGELOG.replace('## Unreleased\n', '## Unreleased\n\n## 0.2.0 - 2030-01-02\n'),
  );
});

test('a changelog whose only section is Unreleased', () => {
  expect(releaseChangelog('## Unreleased\n\n- A thing.\n', '0.1.0', '2030-01-02')).toBe(
    '## Unreleased\n\n## 0.1.0 - 2030-01-02\n\n- A thing.\n',
  );
});

test('nothing forbids a release of a clean main branch', () => {
  expect(refusalsOf(STATE)).toEqual([]);
});

for (const [name, change, reason] of [
  ['no version', { change: '' }, /^Usage: .*got ""$/],
  ['an unknown version', { change: 'next' }, /got "next"/],
  ['an older version', { change: '0.0.9' }, /^0\.0\.9 is not newer than 0\.1\.0$/],
  ['a tag that exists', { tags: 'v0.1.0\nv0.2.0' }, /^the tag v0\.2\.0 exists$/],
  [
    'a version in the changelog',
    { changelog: `${CHANGELOG}\n## 0.2.0 - 2030-01-02\n` },
    /has 0\.2\.0 already/,
  ],
  ['another branch', { branch: 'feature' }, /on the branch main; this is feature$/],
  ['a dirty tree', { status: ' M README.md' }, /not committed:\n M README\.md$/],
  [
    'an empty section',
    { changelog: '## Unreleased\n\n### Added\n\n## 0.1.0\n\n- Old.\n' },
    /has no entries$/,
  ],
  ['no section', { changelog: '## 0.1.0\n\n- Old.\n' }, /has no entries$/],
  ['no repository', { repository: undefined }, /^package\.json has no repository\.url/],
] as const) {
  test(`${name} forbids a release`, () => {
    expect(refusalsOf({ ...STATE, ...change })).toEqual([expect.stringMatching(reason)]);
  });
}

test('a tag must name the version of the package and of the changelog', () => {
  const { repository } = STATE;
  const check = (tag: string, current: string) =>
    tagProblemsOf({ tag, current, changelog: CHANGELOG, repository });
  expect(check('v0.1.0', '0.1.0')).toEqual([]);
  expect(check('v0.1.1', '0.1.0')).toEqual(['the tag is v0.1.1; package.json has version 0.1.0']);
  expect(check('v0.1', '0.1')).toEqual(['CHANGELOG.md has no section 0.1']);
});
