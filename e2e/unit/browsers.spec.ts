import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { findNewerApis } from '../support/browser-apis.js';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

test('the docs name the browsers that the build supports', () => {
  const browsers: string[] = JSON.parse(read('package.json')).browserslist;
  const names = browsers.map((browser) => browser[0].toUpperCase() + browser.slice(1));
  expect(read('README.md')).toContain(`${names.join(', ')}, and later`);
  expect(read('docs/faq.md')).toContain(`${names.join(', ')} and later`);
});

const findIn = (code: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'personalize-beacon-apis-'));
  const file = `${folder.replaceAll('\\', '/')}/probe.ts`;
  try {
    writeFileSync(file, code);
    return findNewerApis([file], file, [
      ['chrome', 87],
      ['firefox', 90],
      ['safari', 14],
    ]).map(({ api, missing }) => [api, ...missing].join(': '));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test('an API that a browser lacks is found in each form of its use', () => {
  const code = `
    export const last = [1].at(-1);
    structuredClone({});
    URL.canParse('a');
    new WeakRef({});
    document.querySelector('a')?.checkVisibility();
    (document as { prerendering?: boolean }).prerendering;
    const { navigation } = window;
    navigator.locks.request('a', () => navigation);
    readUnclobbered(document.body, 'inert');
    function readUnclobbered(element: Element, name: string) { return [element, name]; }
    declare const fetchLater: (url: string) => void;
    fetchLater('/');
  `;
  const everywhere = 'chrome 87: firefox 90: safari 14';
  expect(findIn(code)).toEqual([
    'Array.at: chrome 87: safari 14',
    `structuredClone: ${everywhere}`,
    `URL.canParse: ${everywhere}`,
    'WeakRef: safari 14',
    `Element.checkVisibility: ${everywhere}`,
    `Document.prerendering: ${everywhere}`,
    `Window.navigation: ${everywhere}`,
    'LockManager.request: firefox 90: safari 14',
    'Navigator.locks: firefox 90: safari 14',
    `HTMLElement.inert: ${everywhere}`,
    `fetchLater: ${everywhere}`,
  ]);
});

test('neither older APIs nor types, nor names of our own, are found', () => {
  const code = `
    export let ref: WeakRef<object> | undefined;
    const at = { at: () => new Map([[1, 2]]).get(1) };
    'ab'.replaceAll('a', String(at.at()));
    document.body.replaceChildren();
    indexedDB.open('a');
  `;
  expect(findIn(code)).toEqual([]);
});
