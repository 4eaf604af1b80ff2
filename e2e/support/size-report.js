// `node e2e/support/size-report.js BASE HEAD` prints a Markdown table: the sizes of the built files in two checkouts.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { markdownTable } from 'markdown-table';

/** An entry of `size-limit --json`, in bytes. @typedef {{ name: string, size: number, sizeLimit: number }} Size */

/** @param {number} bytes */
const format = (bytes) => bytes.toLocaleString('en');

/** @param {number} bytes */
const formatChange = (bytes) => (bytes > 0 ? `+${format(bytes)}` : format(bytes));

/** Removes the version, which differs between two releases. @param {string} name */
const withoutVersion = (name) => name.replace(/-\d+\.\d+\.\d+/, '');

/**
 * Returns a Markdown table with a row for each file of either checkout.
 * @param {Size[]} base @param {Size[]} head
 */
export const toSizeTable = (base, head) => {
  const [before, after] = [base, head].map(
    (sizes) => new Map(sizes.map((entry) => [withoutVersion(entry.name), entry])),
  );
  const rows = [...new Set([...after.keys(), ...before.keys()])].map((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    return [
      name,
      old ? format(old.size) : 'new',
      now ? format(now.size) : 'removed',
      old && now ? formatChange(now.size - old.size) : '',
      now ? `${format(now.sizeLimit)}${now.size > now.sizeLimit ? ' (exceeded)' : ''}` : '',
    ];
  });
  return markdownTable([['Brotli, bytes', 'base', 'head', 'change', 'limit'], ...rows], {
    align: ['l', 'r', 'r', 'r', 'r'],
  });
};

/** Measures a checkout with its own limits. @param {string} folder @returns {Size[]} */
const measure = (folder) => {
  const sizeLimit = join(createRequire(import.meta.url).resolve('size-limit'), '../bin.js');
  // The exit code is 1 when a limit is exceeded, which the table says.
  const { stdout, stderr } = spawnSync(process.execPath, [sizeLimit, '--json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (!stdout.startsWith('[')) throw new Error(`size-limit failed in ${folder}: ${stdout}${stderr}`);
  return JSON.parse(stdout);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [base = '.', head = '.'] = process.argv.slice(2);
  console.log(toSizeTable(measure(base), measure(head)));
}
