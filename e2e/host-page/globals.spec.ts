// Tests of pages whose scripts redefine or patch the browser's globals, before or after the tag.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { test } from '../support/console-errors.js';
import { expect, type Service, type Site } from '../support/fixtures.js';
import { counted } from '../support/visits.js';

const TILE = '<p data-personalize-item="movie-12">The Third Man</p>';

/** Calls come from page code: Playwright's own code in the page needs the redefined globals. */
const CONTROLS = `<main data-personalize-list data-personalize-property-row="top">${TILE}</main>
  <a href="/next" data-personalize-item="next">go</a>
  <button onclick="personalize.track('purchase', 'movie-12', { eventValue: 9.5, properties: { kinds: 'a,b', isNew: true } });
    personalize.flush()">buy</button>`;

/** Asserts that three clicks, a call and a click that unloads the page all arrive unchanged. */
const expectToWork = async (page: Page, aws: Service, site: Site, body: string, isAttributed = true) => {
  site.add('/', body);
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  for (let n = 0; n < 3; n++) await page.getByText('The Third Man').click();
  // Sent without a call, as the first events of a visit.
  await expect.poll(() => aws.counted().length).toBeGreaterThan(0);
  await page.getByText('buy').click();
  await expect.poll(() => aws.counted().length).toBe(4);
  await page.getByText('go', { exact: true }).click();
  await expect.poll(() => aws.counted().length).toBe(5);
  const click = {
    eventType: 'click',
    itemId: 'movie-12',
    eventId: expect.stringMatching(/^[\w-]{21}$/),
    sentAt: expect.any(Number),
    impression: ['movie-12'],
    properties: '{"row":"top"}',
  };
  const purchase = {
    eventType: 'purchase',
    itemId: 'movie-12',
    eventValue: 9.5,
    ...(isAttributed && { impression: ['movie-12'] }),
    properties: '{"kinds":"a,b","isNew":true}',
  };
  const events = aws.counted();
  expect(events.slice(0, 3)).toEqual([click, click, click]);
  expect(events.slice(3)).toMatchObject([purchase, { eventType: 'click', itemId: 'next' }]);
  // No event was sent twice.
  expect(aws.acknowledged).toHaveLength(5);
};

test('events arrive from a page that defines navigation, scheduler and Array.prototype.toJSON', async ({
  page,
  aws,
  site,
  consoleErrors,
}) => {
  const text = readFileSync(new URL('../support/cases/globals.html', import.meta.url), 'utf8');
  const withTag = text.replace(/<!-- the tag comes here.*?-->/, site.tag());
  expect(withTag).not.toBe(text);
  site.add('/', `${withTag}<button onclick="personalize.track('view', 'movie-12')">track</button>`);
  await page.goto(site.url);
  for (let n = 0; n < 3; n++) await page.getByText('The Third Man').click();
  await page.getByText('track').click();
  await expect.poll(() => aws.counted().length).toBe(4);
  const common = { itemId: 'movie-12', eventId: expect.any(String), sentAt: expect.any(Number) };
  const click = { ...common, eventType: 'click' };
  expect(aws.counted()).toEqual([click, click, click, { ...common, eventType: 'view' }]);
  expect(consoleErrors).toEqual([]);
});

/** Every browser global that the script or a chunk uses. */
const NAMES = [
  ...['Map', 'WeakMap', 'Set', 'WeakSet', 'Reflect', 'Promise', 'JSON', 'Symbol', 'URL', 'TextEncoder'],
  ...['Request', 'Response', 'Headers', 'Event', 'EventTarget', 'Element', 'HTMLElement', 'Node'],
  ...['NodeFilter', 'crypto', 'performance', 'console', 'AbortController', 'AbortSignal'],
  ...['MutationObserver', 'IntersectionObserver', 'IDBKeyRange', 'indexedDB', 'localStorage'],
  ...['fetch', 'fetchLater', 'navigation', 'scheduler', 'requestIdleCallback', 'addEventListener'],
  ...['removeEventListener', 'dispatchEvent', 'history'],
];

for (const name of NAMES) {
  // Defines the global as `var` and `function` do, even if the browser's has no setter.
  const define = `<script>Object.defineProperty(window, '${name}', { value: { of: 'the page' }, configurable: true, writable: true })</script>`;
  // Attribution needs localStorage; everything else works without it.
  const isAttributed = name !== 'localStorage';
  test(`events arrive from a page that defines ${name} before the tag`, async ({ page, aws, site }) => {
    await expectToWork(page, aws, site, define + site.tag() + CONTROLS, isAttributed);
  });
  test(`events arrive from a page that defines ${name} after the tag`, async ({ page, aws, site }) => {
    await expectToWork(page, aws, site, site.tag() + define + CONTROLS, isAttributed);
  });
}

/** `const` and `class` of a classic script hide the browser's globals, but do not change `window`. */
test('events arrive from a page that declares constants named like globals', async ({ page, aws, site }) => {
  const names = NAMES.filter((name) => !['Symbol', 'Promise'].includes(name));
  const constants = names.map((name) => `const ${name} = { of: 'the page' };`);
  await expectToWork(page, aws, site, `<script>${constants.join('')}</script>${site.tag()}${CONTROLS}`);
});

const STUBS: Record<string, string> = {
  'a scheduler that never calls': 'scheduler = { postTask() {} }',
  'a scheduler that calls at once': 'scheduler = { postTask: (run) => run() }',
  'a requestIdleCallback that never calls': 'requestIdleCallback = () => 1',
  'a navigation that is an element': "navigation = document.createElement('nav')",
  'a Map that keeps nothing':
    'Map = class { set() { return this } get() {} has() {} values() { return [] } }',
  'a Promise without finally': `Promise = class extends Promise { get finally() {} }`,
  'an IntersectionObserver that observes nothing':
    'IntersectionObserver = class { observe() {} unobserve() {} disconnect() {} takeRecords() { return [] } }',
  'no IntersectionObserver': 'IntersectionObserver = undefined',
  'a MutationObserver that observes nothing':
    'MutationObserver = class { observe() {} disconnect() {} takeRecords() { return [] } }',
  "a polyfill's AbortController": `AbortController = class {
    signal = Object.assign(new EventTarget(), { aborted: false, get [Symbol.toStringTag]() { return 'AbortSignal' } });
    abort() { this.signal.aborted = true; this.signal.dispatchEvent(new Event('abort')) } }`,
  'a crypto that can only hash': "Object.defineProperty(window, 'crypto', { value: { subtle: {} } })",
  'frozen prototypes': `for (const it of [Object, Array, String, Function, Element, Node, EventTarget, Promise, JSON])
    Object.freeze(it.prototype ?? it)`,
  'an addEventListener without options': `const add = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, run, options) { return add.call(this, type, run, !!(options?.capture ?? options)) }`,
  'methods defined on the document': `for (const name of ['addEventListener', 'querySelectorAll', 'createTreeWalker'])
    document[name] = () => {}`,
  'toJSON on every prototype': `for (const it of [Object, Array, String, Number, Boolean, Date])
    Object.defineProperty(it.prototype, 'toJSON', { value() { return '?' } })`,
  'toJSON on frozen prototypes': `for (const it of [Object, Array]) {
    Object.defineProperty(it.prototype, 'toJSON', { value() { return '?' } }); Object.freeze(it.prototype) }`,
  'JSON of MooTools 1.2': 'JSON = { encode() {}, decode() {} }',
  'fetch that returns a thenable': `const { fetch: ask } = window;
    fetch = (...request) => ({ then: (done, fail) => { ask(...request).then(done, fail) } })`,
  'fetch that does not return a Response': `const { fetch: ask } = window;
    fetch = async () => ({ ok: true, status: 200, json: async () => ({}) })`,
  'a function called fetch': 'function fetch() {}',
};

for (const [what, script] of Object.entries(STUBS)) {
  test(`events arrive from a page with ${what}`, async ({ page, aws, site, consoleErrors }) => {
    await expectToWork(page, aws, site, `<script>${script}</script>${site.tag()}${CONTROLS}`);
    expect(consoleErrors).toEqual([]);
  });
}

test('no event is lost when fetch throws at first', { tag: '@core' }, async ({ page, aws, site }) => {
  const script = `const ask = window.fetch; let times = 2;
    window.fetch = (...request) => { if (times-- > 0) throw Error('not yet'); return ask(...request) }`;
  await expectToWork(page, aws, site, `<script>{${script}}</script>${site.tag()}${CONTROLS}`);
});

/** Patches of built-ins by Prototype.js 1.6.1, shortened from its source (MIT, https://prototypejs.org). */
const PROTOTYPE_JS = `
  const extend = (target, source) => { for (const name in source) target[name] = source[name]; return target };
  const inspect = (value) => Array.isArray(value) ? '[' + value.map(inspect).join(', ') + ']' : typeof value === 'string' ? '"' + value + '"' : String(value);
  const $A = (iterable) => { if (!iterable) return []; if (iterable.toArray) return iterable.toArray();
    let length = iterable.length || 0; const results = new Array(length); while (length--) results[length] = iterable[length]; return results };
  const toJSON = (value) => typeof value === 'string' ? JSON.stringify(value) : value && value.toJSON ? value.toJSON() : String(value);
  extend(Object, { extend, inspect, toJSON, keys(object) { const keys = []; for (const key in object) keys.push(key); return keys },
    values(object) { const values = []; for (const key in object) values.push(object[key]); return values } });
  extend(Array.prototype, {
    each(run) { for (let i = 0; i < this.length; i++) run(this[i], i); return this }, first() { return this[0] },
    last() { return this[this.length - 1] }, compact() { return this.filter((it) => it != null) },
    flatten() { return this.reduce((all, it) => all.concat(it), []) }, clone() { return [].concat(this) },
    reduce() { return this.length > 1 ? this : this[0] }, toArray() { return this.clone() }, size() { return this.length },
    entries() { return this.toArray() }, detect(run) { for (const it of this) if (run(it)) return it },
    find(run) { for (let i = 0; i < this.length; i++) if (run(this[i], i)) return this[i] },
    include(it) { return this.indexOf(it) !== -1 }, inspect() { return inspect(this) },
    toJSON() { return '[' + this.map(toJSON).join(', ') + ']' } });
  extend(String.prototype, { toJSON() { return JSON.stringify(String(this)) }, strip() { return this.trim() },
    toArray() { return this.split('') }, startsWith(pattern) { return this.indexOf(pattern) === 0 },
    times(count) { return this.repeat(count) }, empty() { return this == '' } });
  extend(Number.prototype, { toJSON() { return isFinite(this) ? this.toString() : 'null' }, succ() { return this + 1 } });
  extend(Date.prototype, { toJSON() { return '"' + this.getUTCFullYear() + '"' } });
  extend(Function.prototype, { bind(it, ...given) { const run = this; return function (...more) { return run.apply(it, given.concat(more)) } },
    methodize() { const run = this; return function (...given) { return run.apply(null, [this].concat(given)) } } });
  Array.from = $A;
  window.Hash = class { toJSON() { return '{}' } };
  { const browsers = window.Element;
    window.Element = function (name) { return document.createElement(name) };
    extend(window.Element, browsers); window.Element.prototype = browsers.prototype; }
  extend(HTMLElement.prototype, { update(html) { this.innerHTML = html; return this }, remove() { this.parentNode.removeChild(this); return this },
    select(selector) { return $A(this.querySelectorAll(selector)) }, visible() { return true }, toggle() { return this } });`;

for (const at of ['before', 'after']) {
  test(`events arrive from a page with Prototype.js 1.6 ${at} the tag`, async ({
    page,
    aws,
    site,
    consoleErrors,
  }) => {
    const script = `<script>${PROTOTYPE_JS}</script>`;
    const body = at === 'before' ? script + site.tag() : site.tag() + script;
    await expectToWork(page, aws, site, body + CONTROLS);
    expect(consoleErrors).toEqual([]);
  });
}

test('elements added later are observed on a page that replaces both observers', async ({
  page,
  aws,
  site,
}) => {
  const none =
    'MutationObserver = IntersectionObserver = class { observe() {} disconnect() {} unobserve() {} };';
  site.add(
    '/',
    `<script>${none}</script>${site.tag()}<button>show</button><script>
    document.querySelector('button').onclick = () => document.body.insertAdjacentHTML('beforeend',
      '<p data-personalize-item="late" data-personalize-impression="view">late</p>') </script>`,
  );
  await page.goto(site.url);
  await page.getByText('show').click();
  await expect.poll(() => counted(aws)).toEqual(['late']);
});

test('no iframe is created when the page does not change the globals', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  site.add('/', site.tag() + CONTROLS);
  await page.goto(site.url);
  await page.getByText('buy').click();
  await expect.poll(() => counted(aws)).toEqual(['movie-12']);
  expect(await page.locator('iframe').count()).toBe(0);
});
