import { readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import GithubSlugger from 'github-slugger';
import { marked, type Token, type Tokens } from 'marked';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Languages of code that runs on a page. */
const RUN = /^(html|js|tsx?)$/;

/** A fenced code block. */
export interface Block {
  /** Its heading, such as `React`; the second block below it is `React (2)`. */
  name: string;
  language: string;
  code: string;
  /** The JSON after it under the same heading: the events that must arrive. */
  arrives?: object[];
}

export interface Doc {
  /** Path from the root. */
  file: string;
  path: string;
  blocks: Block[];
  /** Addresses of links and pictures. */
  links: string[];
  /** Anchors that a `#` can lead to. */
  anchors: string[];
  tables: Tokens.Table[];
}

const read = (file: string): Doc => {
  const path = ROOT + file;
  const doc: Doc = { file, path, blocks: [], links: [], anchors: [], tables: [] };
  const slugger = new GithubSlugger();
  const counts = new Map<string, number>();
  const tokens = marked.lexer(readFileSync(path, 'utf8'));
  let heading = '';
  let last: Block | undefined;
  marked.walkTokens(tokens, (token: Token) => {
    if (token.type === 'heading') {
      heading = token.text;
      last = undefined;
      doc.anchors.push(slugger.slug(heading));
    }
    if (token.type === 'link' || token.type === 'image') doc.links.push(token.href);
    if (token.type === 'table') doc.tables.push(token as Tokens.Table);
    if (token.type !== 'code') return;
    const language = token.lang ?? '';
    if (language === 'json' && last && RUN.test(last.language) && !last.arrives) {
      last.arrives = [JSON.parse(token.text)].flat();
      return;
    }
    const count = (counts.get(heading) ?? 0) + 1;
    counts.set(heading, count);
    last = { name: count > 1 ? `${heading} (${count})` : heading, language, code: token.text };
    doc.blocks.push(last);
  });
  return doc;
};

export const docs: Doc[] = [
  'README.md',
  'CONTRIBUTING.md',
  'demo/aws/README.md',
  'demo/gtm/README.md',
  ...readdirSync(`${ROOT}docs`)
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
].map(read);

/** Returns a link's file and anchor; undefined if it leads to no file. */
export const targetOf = (doc: Doc, link: string): { path: string; anchor: string } | undefined => {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [path, anchor = ''] = link.split('#');
  return { path: path ? resolve(dirname(doc.path), path) : doc.path, anchor };
};
