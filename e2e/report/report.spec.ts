import { expect, test } from '@playwright/test';
import { describeCommits, describeOrigins } from './origins.js';
import { mergeParts } from './parts.js';
import { readSection, withSection } from './sections.js';

const part = (commit: string, browser = 'Chrome/156.0.8078.108') => ({
  commit,
  date: '2026-01-02T03:04:05Z',
  browser,
  cores: 2,
});

test('parts that a run does not measure keep their figures, in the given order', () => {
  const [old, latest] = [part('old'), part('new')];
  const earlier = { cost: old, delivery: old, removed: old };
  const merged = mergeParts({ delivery: latest }, earlier, ['weight', 'delivery', 'cost']);
  expect(Object.entries(merged)).toEqual([
    ['delivery', latest],
    ['cost', old],
  ]);
});

test('figures of one origin name it once, figures of several name their parts', () => {
  const firefox = part('aaaa', 'Firefox 153');
  expect(describeOrigins({ weight: part('aaaa'), delivery: firefox })).toBe(
    'Measured with Chrome 156, Firefox 153, 2 cores, commit aaaa, 2026-01-02.',
  );
  expect(describeOrigins({ weight: part('aaaa'), delivery: part('bbbb', 'WebKitGTK 2.50') })).toBe(
    'Measured with weight: Chrome 156, 2 cores, commit aaaa, 2026-01-02; delivery: WebKitGTK 2.50, 2 cores, commit bbbb, 2026-01-02.',
  );
});

test('the page warns if figures are of different commits', () => {
  const cost = { start: part('aaaa') };
  expect(describeCommits({ cost, bench: { weight: part('aaaa') } })).toBe(
    'All figures were measured at commit aaaa.',
  );
  const bench = { weight: part('aaaa'), delivery: part('bbbb') };
  expect(describeCommits({ cost, bench, delivery: {} }).split('\n')).toEqual([
    '**Warning: the figures are of different commits.**',
    '',
    '- cost, bench (weight): measured at commit aaaa.',
    '- bench (delivery): measured at commit bbbb.',
    '- delivery: measured at an unknown commit.',
  ]);
});

test('a section of a page is replaced as it is, and must exist', () => {
  const page = 'before\n\n<!-- cost: written by x -->\n\nold\n\n<!-- /cost -->\n\nafter\n';
  expect(readSection(page, 'cost')).toBe('old');
  // Not a pattern of replace(): "$&" stays.
  const written = withSection(page, 'cost', '| a $& |');
  expect(written).toBe(page.replace('old', () => '| a $& |'));
  expect(readSection(written, 'cost')).toBe('| a $& |');
  expect(() => withSection(page, 'bench', '')).toThrow('a page needs the lines "<!-- bench: … -->"');
});
