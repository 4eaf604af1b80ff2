import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import ts from 'typescript';

const SRC = new URL('../../src/', import.meta.url);

const MAX_MUTABLE = 6;

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** Counts the variables that a function may reassign, without those of nested functions. */
const mutableIn = (node: ts.Node): number => {
  let count = 0;
  const visit = (child: ts.Node) => {
    if (ts.isFunctionLike(child)) return;
    if (ts.isVariableDeclarationList(child) && child.flags & ts.NodeFlags.Let)
      count += child.declarations.length;
    ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return count;
};

const closuresOf = (file: string): [place: string, mutable: number][] => {
  const text = readFileSync(new URL(file, SRC), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const found: [string, number][] = [];
  const visit = (node: ts.Node) => {
    if (ts.isFunctionLike(node) || ts.isSourceFile(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push([`${file}:${line + 1}`, mutableIn(node)]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

test(`no closure has more than ${MAX_MUTABLE} mutable variables`, () => {
  const closures = FILES.flatMap(closuresOf);
  expect(closures.length).toBeGreaterThan(500);
  expect(closures.filter(([, mutable]) => mutable > MAX_MUTABLE)).toEqual([]);
});
