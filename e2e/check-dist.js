// Fails when dist/ is not what the source builds, or the README prints another tag.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist', import.meta.url));

/** @returns {Map<string, string>} */
const read = () =>
  new Map(
    ['../README.md', ...readdirSync(dist, { recursive: true, encoding: 'utf8' })]
      .filter((name) => statSync(join(dist, name)).isFile())
      .map((name) => [name, readFileSync(join(dist, name), 'utf8')]),
  );

const committed = read();
execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit', shell: process.platform === 'win32' });
const built = read();
const stale = [...new Set([...committed.keys(), ...built.keys()])].filter(
  (n) => committed.get(n) !== built.get(n),
);
if (stale.length) {
  console.error(`dist/ did not match src/; it has been built anew, commit it: ${stale.join(', ')}`);
  process.exit(1);
}
console.log(`dist/ matches src/ (${built.size} files)`);
