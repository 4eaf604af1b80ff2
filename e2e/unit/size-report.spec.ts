import { expect, test } from '@playwright/test';
import { toSizeTable } from '../support/size-report.js';

test('files are compared by name, whatever their version', () => {
  const base = [
    { name: 'dist/personalize.js', size: 20_000, sizeLimit: 21_000 },
    { name: 'dist/personalize-0.1.0.media.js', size: 2500, sizeLimit: 2600 },
    { name: 'dist/old.js', size: 10, sizeLimit: 20 },
  ];
  const head = [
    { name: 'dist/personalize.js', size: 21_500, sizeLimit: 21_000 },
    { name: 'dist/personalize-0.2.0.media.js', size: 2400, sizeLimit: 2600 },
    { name: 'dist/added.js', size: 30, sizeLimit: 40 },
  ];
  const cells = toSizeTable(base, head)
    .split('\n')
    .slice(2)
    .map((row) => row.split('|').map((cell) => cell.trim()));
  expect(cells.map((row) => row.slice(1, -1))).toEqual([
    ['dist/personalize.js', '20,000', '21,500', '+1,500', '21,000 (exceeded)'],
    ['dist/personalize.media.js', '2,500', '2,400', '-100', '2,600'],
    ['dist/added.js', 'new', '30', '', '40'],
    ['dist/old.js', '10', 'removed', '', ''],
  ]);
});
