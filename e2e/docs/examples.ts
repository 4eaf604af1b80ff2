import { markup } from './examples/markup.js';
import { contributing, faq, migration, readme } from './examples/others.js';
import { recipes } from './examples/recipes.js';
import { relay } from './examples/relay.js';
import { troubleshooting } from './examples/troubleshooting.js';
import type { Example } from './run.js';

/** What is to be seen of each piece of code in the docs: by its file, and by the heading it stands under. */
export const examples: Record<string, Record<string, Example>> = {
  'README.md': readme,
  'CONTRIBUTING.md': contributing,
  'docs/faq.md': faq,
  'docs/markup.md': markup,
  'docs/migration.md': migration,
  'docs/recipes.md': recipes,
  'docs/relay.md': relay,
  'docs/troubleshooting.md': troubleshooting,
};
