// @ts-check
// docs/llms.txt, for coding assistants (https://llmstxt.org): a link to each page, the quick start and the reference.
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { marked } from 'marked';

const ROOT = new URL('../../', import.meta.url);
export const LLMS_FILE = 'docs/llms.txt';

/** The pages, by section. By the convention, an assistant may skip *Optional*. @type {Record<string, string[]>} */
const SECTIONS = {
  Start: ['README.md', 'docs/ways-in.md', 'demo/aws/README.md', 'docs/check.md', 'docs/recipes.md'],
  Use: [
    'docs/frameworks.md',
    'docs/markup.md',
    'docs/data-layer.md',
    'docs/reference.md',
    'docs/segment.md',
    'docs/aws-sdk.md',
    'docs/relay.md',
    'docs/relay-kinesis.md',
    'docs/server.md',
    'demo/gtm/README.md',
    'docs/local.md',
    'docs/testing.md',
    'docs/put-events.md',
    'docs/types.md',
    'docs/migration.md',
  ],
  Understand: [
    'docs/troubleshooting.md',
    'docs/faq.md',
    'docs/delivery.md',
    'docs/privacy.md',
    'docs/data-scientists.md',
    'SECURITY.md',
  ],
  Optional: ['docs/benchmarks.md', 'demo/examples/README.md', 'CONTRIBUTING.md'],
};

/** Sections that are copied in full. */
const COPIES = [
  ['README.md', 'Quick start'],
  ['docs/reference.md', 'Markup'],
  ['docs/reference.md', 'Calls'],
  ['docs/reference.md', 'Options'],
];

/** @param {string} page */
const read = (page) => marked.lexer(readFileSync(new URL(page, ROOT), 'utf8'));

/** Returns a path from the file's folder. @param {string} path from the root */
const linkTo = (path) => posix.relative(posix.dirname(LLMS_FILE), path);

/** Returns Markdown whose links work from the file's folder. @param {string} markdown @param {string} page its source */
const relink = (markdown, page) =>
  markdown.replace(/\]\((?!\w+:)([^)#]*)(#[^)]*)?\)/g, (_, path, anchor = '') => {
    const target = path ? posix.join(posix.dirname(page), path) : page;
    return `](${linkTo(target)}${anchor})`;
  });

/** Returns the first paragraph of a page, as Markdown. @param {string} page */
const introOf = (page) =>
  read(page)
    .find(({ type }) => type === 'paragraph')
    ?.raw.trim() ?? '';

/** Returns a page's heading, and the first sentence below it without links. @param {string} page */
const toEntry = (page) => {
  const heading = read(page).find(({ type }) => type === 'heading');
  const [sentence] = /^.*?\.(?=\s|$)/s.exec(introOf(page)) ?? [];
  if (!heading || !sentence) throw new Error(`${page} must begin with a heading and a sentence`);
  return `- [${/** @type {any} */ (heading).text}](${linkTo(page)}): ${sentence.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')}`;
};

/** Returns a section of a page with its heading. @param {string} page @param {string} title */
const copy = (page, title) => {
  const tokens = read(page);
  /** @param {import('marked').Token} token */
  const isHeading = (token) => token.type === 'heading' && token.depth <= 2;
  const from = tokens.findIndex((token) => isHeading(token) && /** @type {any} */ (token).text === title);
  if (from < 0) throw new Error(`${page} must have the section ${title}`);
  const to = tokens.findIndex((token, at) => at > from && isHeading(token));
  const markdown = tokens
    .slice(from, to < 0 ? undefined : to)
    .map(({ raw }) => raw)
    .join('');
  return relink(markdown, page).trim();
};

/** Returns the text of docs/llms.txt. */
export const llmsText = () => {
  const listed = Object.values(SECTIONS).flat();
  const pages = readdirSync(new URL('docs', ROOT)).filter((name) => name.endsWith('.md'));
  const missing = pages.map((name) => `docs/${name}`).filter((page) => !listed.includes(page));
  if (missing.length) throw new Error(`e2e/docs/llms.js must list ${missing.join(', ')}`);
  const parts = [
    '# personalize-beacon',
    `> ${relink(introOf('README.md'), 'README.md')}`,
    'Links are relative to this file. The quick start and the reference of markup, calls and options follow after them.',
    ...Object.entries(SECTIONS).map(([title, pages]) => `## ${title}\n\n${pages.map(toEntry).join('\n')}`),
    ...COPIES.map(([page, title]) => copy(page, title)),
  ];
  return `${parts.join('\n\n')}\n`;
};
