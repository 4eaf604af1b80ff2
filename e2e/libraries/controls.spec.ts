import { drag, expect, expectCounted, test } from './fixtures.js';

const EVENT = ['eventType', 'itemId'];
const RATED = ['eventType', 'itemId', 'eventValue'];

test.describe("a change event of Shoelace's own is recorded", () => {
  test('for a rating', async ({ page, aws, open }) => {
    await open(
      'shoelace.js',
      '<main data-personalize-item="a"><sl-rating data-personalize-on="sl-change"></sl-rating></main>',
    );
    await page.locator('sl-rating').click();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    const rate = (value: number) => ['rate', 'a', value];
    // Two keys in a row count as one choice.
    await expectCounted(aws, RATED, [rate(3), rate(1)]);
  });

  test('for a number and a text', async ({ page, aws, open }) => {
    await open(
      'shoelace.js',
      `<main data-personalize-item="a">
        <sl-input type="number" label="Stars" data-personalize-on="sl-change"></sl-input>
        <sl-input label="Comment" data-personalize-on="sl-change" data-personalize-event="comment"></sl-input>
      </main>`,
    );
    await page.getByLabel('Stars').fill('4');
    await page.getByLabel('Stars').blur();
    await page.getByLabel('Comment').fill('good');
    await page.getByLabel('Comment').blur();
    await expectCounted(aws, RATED, [
      ['rate', 'a', 4],
      ['comment', 'a', undefined],
    ]);
  });

  test('for a choice', async ({ page, aws, open }) => {
    await open(
      'shoelace.js',
      `<main data-personalize-item="a"><sl-select label="Stars" data-personalize-on="sl-change">
        <sl-option value="1">one</sl-option><sl-option value="2">two</sl-option>
      </sl-select></main>`,
    );
    await page.locator('sl-select').click();
    await page.getByText('two').click();
    await expectCounted(aws, RATED, [['rate', 'a', 2]]);
  });
});

test("a change of Material's controls counts once, although their shadow roots hear it too", async ({
  page,
  aws,
  open,
}) => {
  await open(
    'material.js',
    `<main data-personalize-item="a">
      <md-outlined-text-field label="Stars" type="number" data-personalize-on="change"></md-outlined-text-field>
      <md-checkbox aria-label="Like" data-personalize-on="change" data-personalize-event="like"></md-checkbox>
      <md-slider min="0" max="10" value="5" data-personalize-on="change" data-personalize-event="slide"></md-slider>
      <md-outlined-select label="Grade" data-personalize-on="change" data-personalize-event="grade">
        <md-select-option value="7"><div slot="headline">seven</div></md-select-option>
      </md-outlined-select>
    </main>`,
  );
  await page.getByLabel('Stars').fill('4');
  await page.getByLabel('Stars').blur();
  await page.getByLabel('Like').check();
  await page.locator('md-slider').getByRole('slider').focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('md-outlined-select').click();
  await page.getByText('seven').click();
  await expectCounted(aws, RATED, [
    ['rate', 'a', 4],
    ['like', 'a', 1],
    ['slide', 'a', 6],
    ['grade', 'a', 7],
  ]);
});

test('a menu with data-personalize-on="none", and marks in its portal without an item, record no event', async ({
  page,
  aws,
  open,
}) => {
  await open('react.jsx', '<div id="app"></div>', 'TileMenu');
  for (const name of ['Add to cart', 'Favourite']) {
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name }).click();
  }
  await page.getByText('tile').click();
  await expectCounted(aws, EVENT, [
    ['favourite', 'a'],
    ['click', 'a'],
  ]);
});

test("a button that Vue's Teleport moves out of its tile records no event", async ({ page, aws, open }) => {
  await open('vue.js', '<div id="app"></div><div id="one"></div>', 'Portal');
  await page.getByRole('button').click();
  await page.getByText('tile').click();
  await expectCounted(aws, EVENT, [['click', 'a']]);
});

test('controls of Bootstrap in a tile record no click on it, nor do their children', async ({
  page,
  aws,
  open,
}) => {
  await open(
    'bootstrap.js',
    `<div class="card" data-personalize-item="a">
      <div class="card-body"><h5>tile</h5>
        <div class="dropdown" data-personalize-on="none">
          <button class="btn" data-bs-toggle="dropdown"><span>More</span></button>
          <ul class="dropdown-menu"><li><a class="dropdown-item" href="#share">Share</a></li></ul>
        </div>
        <button class="btn" data-personalize-event="add-to-cart">Add to cart</button>
      </div>
    </div>`,
  );
  await page.getByText('More').click();
  await page.getByText('Share').click();
  await page.getByText('tile').click();
  await page.getByText('Add to cart').click();
  await expectCounted(aws, EVENT, [
    ['click', 'a'],
    ['add-to-cart', 'a'],
  ]);
});

test("selecting text in Bootstrap's card does not count as a click", async ({ page, aws, open }) => {
  await open(
    'bootstrap.js',
    '<div class="card" data-personalize-item="a"><p><span>Vienna, shortly after the war: a writer looks for a friend.</span></p></div>',
  );
  const text = page.getByText('Vienna');
  await drag(page, text, -50);
  await expect.poll(() => page.evaluate(() => String(getSelection()))).not.toBe('');
  await text.click({ button: 'middle' });
  await expectCounted(aws, EVENT, [['click', 'a']]);
});

test.describe('a choice by keyboard is recorded by the page alone, and one by click also counts as a click', () => {
  for (const [name, script, start] of [
    ['downshift', 'react.jsx', 'Search'],
    ['Algolia autocomplete', 'autocomplete.js', ''],
  ] as const) {
    test(name, async ({ page, aws, open }) => {
      await open(script, '<div id="app"></div>', start);
      const input = page.locator('input').first();
      await input.click();
      await input.fill('alien');
      await page.getByText('aliens', { exact: true }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expectCounted(aws, EVENT, [['choose', 'alien']]);
      await input.fill('ali');
      await page.getByText('aliens', { exact: true }).click();
      await expect
        .poll(async () =>
          aws
            .counted()
            .map(({ eventType, itemId }) => `${eventType} ${itemId}`)
            .sort(),
        )
        .toEqual(['choose alien', 'choose aliens', 'click aliens']);
    });
  }
});

test("a drag of Ionic's sliding item does not count as a click", async ({ page, aws, open }) => {
  await open(
    'ionic.js',
    `<ion-item-sliding data-personalize-item="a"><ion-item button>tile</ion-item>
      <ion-item-options side="end"><ion-item-option>Delete</ion-item-option></ion-item-options></ion-item-sliding>
    <button data-personalize-item="b">other</button>`,
  );
  await drag(page, page.getByText('tile'), -150);
  await page.getByText('other').click();
  await expectCounted(aws, EVENT, [['click', 'b']]);
});

test("controls in Lit's shadow roots record events of the item around their host", async ({
  page,
  aws,
  open,
}) => {
  await open('lit.js', '<main data-personalize-item="a"><film-rating></film-rating></main>');
  await page.getByLabel('Stars').fill('4');
  await page.getByLabel('Stars').blur();
  await page.getByRole('button', { name: 'Rent' }).click();
  await page.getByRole('button', { name: 'Remember' }).click();
  await expectCounted(aws, RATED, [
    ['rate', 'a', 4],
    ['purchase', 'a', 2.99],
    ['favourite', 'a', undefined],
  ]);
});
