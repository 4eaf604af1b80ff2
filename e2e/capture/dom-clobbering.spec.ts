// Tests of DOM clobbering: elements whose names hide members of a document, form or window.
import type { Page } from '@playwright/test';
import { test } from '../support/console-errors.js';
import { expect, type Site } from '../support/fixtures.js';
import { collectRecorded, recorded, waitForObservers } from '../support/paused-page.js';
import { counted, flush } from '../support/visits.js';

const open = async (page: Page, site: Site, body: string) => {
  site.add('/', `${body}${site.tag()}`);
  await page.goto(site.url);
  await collectRecorded(page);
  await page.evaluate(() => window.personalize.ready);
};

/** Members of a form that inputs of these names hide. */
const MEMBERS = [
  ...['dataset', 'matches', 'closest', 'querySelector', 'querySelectorAll', 'getAttribute', 'hasAttribute'],
  ...['parentElement', 'parentNode', 'children', 'assignedSlot', 'shadowRoot', 'getRootNode', 'isConnected'],
  ...['control', 'form', 'value', 'checked', 'type', 'button', 'id', 'item', 'list', 'host', 'nodeType'],
];

const formOf = (marks: string, inner = '') =>
  `<form ${marks} onsubmit="return false">${MEMBERS.map((name) => `<input type="hidden" name="${name}">`).join('')}${inner}</form>`;

const TILES = ['before', 'in', 'after'];
const tile = (name: string) => `<p data-personalize-item="${name}">${name}</p>`;

const LIST = `<main data-personalize-list data-personalize-impression="view">${tile('before')}${formOf(
  'data-personalize-property-row="top"',
  tile('in'),
)}${formOf('data-personalize-item="form"', '<b>form</b>')}${tile('after')}</main>`;

/** Playwright's own clicks would read the form's clobbered members. */
const act = (page: Page, selector: string, chosen?: string) =>
  page.evaluate(
    ([selector, chosen]) => {
      const element = document.querySelector(selector as string) as HTMLSelectElement;
      if (chosen === undefined) return element.click();
      element.value = chosen;
      element.dispatchEvent(new Event('change', { bubbles: true }));
    },
    [selector, chosen],
  );

const clickAll = async (page: Page) => {
  const recordedItems = async (eventType: string) => {
    const events = (await recorded(page, 'eventType', 'itemId')) as [type: string, item: string][];
    return events.flatMap(([type, item]) => (type === eventType && TILES.includes(item) ? [item] : []));
  };
  for (const name of TILES) await act(page, `[data-personalize-item=${name}]`);
  expect(await recordedItems('click')).toEqual(TILES);
  await expect.poll(async () => (await recordedItems('view')).sort()).toEqual([...TILES].sort());
};

test('forms whose inputs clobber their members do not disturb clicks and impressions', async ({
  page,
  site,
}) => {
  await open(page, site, LIST);
  await clickAll(page);
});

test('clobbered forms that are added later do not disturb clicks and impressions', async ({ page, site }) => {
  await open(page, site, '<div id="app"></div>');
  await page.evaluate((html) => {
    document.querySelector('#app')?.insertAdjacentHTML('beforeend', html);
  }, LIST);
  await waitForObservers(page);
  await clickAll(page);
});

test('clobbered forms do not disturb events on submit, change and load', async ({ page, aws, site }) => {
  await open(
    page,
    site,
    `<main data-personalize-item="film">${formOf('data-personalize-on="submit"', '<button>buy</button>')}
     ${formOf('data-personalize-on="change"', '<select><option>1<option>2</select>')}</main>
     ${formOf('', '<p data-personalize-item="loaded" data-personalize-on="load"></p>')}`,
  );
  await act(page, 'button');
  await act(page, 'select', '2');
  await flush(page);
  expect(
    aws
      .counted()
      .map((event) => [event.eventType, event.itemId])
      .sort(),
  ).toEqual([
    ['purchase', 'film'],
    ['rate', 'film'],
    ['view', 'loaded'],
  ]);
});

const PAGES: Record<string, string> = {
  'an element with the id personalize': '<button id="personalize">Personalize</button>',
  'two elements with the id personalize': '<a id="personalize"></a><a id="personalize" name="track"></a>',
  'a frame named personalize': '<iframe name="personalize" srcdoc="x"></iframe>',
  'an image named currentScript': '<img name="currentScript" alt="">',
  'an image named currentScript that has options':
    '<img name="currentScript" alt="" data-tracking-id="theirs" data-endpoint="/theirs">',
  'a form named currentScript': '<form name="currentScript"><input name="dataset"></form>',
  'elements named like members of the window': [
    ...['indexedDB', 'localStorage', 'navigator', 'crypto', 'fetch', 'performance', 'navigation'],
    ...['requestIdleCallback', 'fetchLater', 'IDBKeyRange', 'location', 'innerWidth', 'TextEncoder'],
  ]
    .map((name) => `<a id="${name}"></a>`)
    .join(''),
};

for (const [what, markup] of Object.entries(PAGES)) {
  test(`the tracker runs with its own options on a page with ${what}`, async ({ page, aws, site }) => {
    site.add('/', `${markup}${site.tag()}<main>${tile('a')}</main>`);
    await page.goto(site.url);
    await page.getByText('a', { exact: true }).click();
    await flush(page);
    expect(counted(aws)).toEqual(['a']);
  });
}
