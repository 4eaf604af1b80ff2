#!/usr/bin/env node
// @ts-check
// `npm run check:bench`: fails if a table in the docs is not what the saved figures print. Needs no browser. `--write`
// writes the tables.
import { parseArgs } from 'node:util';
import { checkSections, writeSections } from './docs.js';

const { values } = parseArgs({ options: { write: { type: 'boolean' } } });

if (values.write) await writeSections();
const { problems, warnings } = await checkSections();
for (const warning of warnings) console.warn(`warning: ${warning}`);
for (const problem of problems) console.error(problem);
if (!problems.length) console.log('the tables in docs/ are those of the saved figures');
process.exitCode = problems.length ? 1 : 0;
