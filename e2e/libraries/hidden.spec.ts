import { expect, expectCounted, run, test } from './fixtures.js';

test.use({ viewport: { width: 800, height: 600 } });

const IMPRESSION = ['eventType', 'itemId'];
const seen = (...items: string[]) => items.map((item) => ['impression', item]);

/** Returns a tile that records an impression. */
const tile = (item: string, more = '') =>
  `<article data-personalize-item="${item}" data-personalize-impression ${more}>${item}</article>`;

/** Closed elements and the statement that opens each; libraries as in their documentation. */
const CLOSED: Record<string, { script: string; body: string; open: string }> = {
  "Bootstrap's collapse": {
    script: 'bootstrap.js',
    body: `<div class="collapse" id="it">${tile('inside')}</div>`,
    open: 'new bootstrap.Collapse("#it")',
  },
  "Bootstrap's dropdown, as a mega menu": {
    script: 'bootstrap.js',
    body: `<div class="dropdown"><button data-bs-toggle="dropdown" id="it">Films</button><div class="dropdown-menu">${tile('inside')}</div></div>`,
    open: 'bootstrap.Dropdown.getOrCreateInstance("#it").show()',
  },
  "Bootstrap's tabs": {
    script: 'bootstrap.js',
    body: `<ul class="nav"><li><button class="active" data-bs-toggle="tab" data-bs-target="#one">One</button></li><li><button id="it" data-bs-toggle="tab" data-bs-target="#two">Two</button></li></ul>
      <div class="tab-content"><div class="tab-pane fade show active" id="one">one</div><div class="tab-pane fade" id="two">${tile('inside')}</div></div>`,
    open: 'bootstrap.Tab.getOrCreateInstance("#it").show()',
  },
  "Bootstrap's offcanvas": {
    script: 'bootstrap.js',
    body: `<div class="offcanvas offcanvas-start" id="it" data-bs-backdrop="false">${tile('inside')}</div>`,
    open: 'new bootstrap.Offcanvas("#it").show()',
  },
  "Bootstrap's text for screen readers": {
    script: 'bootstrap.js',
    body: `<div class="visually-hidden" id="it">${tile('inside')}</div>`,
    open: 'it.className = ""',
  },
  "Bootstrap's invisible": {
    script: 'bootstrap.js',
    body: `<div class="invisible" id="it">${tile('inside')}</div>`,
    open: 'it.className = ""',
  },
  "Bootstrap's opacity": {
    script: 'bootstrap.js',
    body: `<div class="opacity-0" id="it">${tile('inside')}</div>`,
    open: 'it.className = ""',
  },
  "Bootstrap's fade": {
    script: 'bootstrap.js',
    body: `<div class="fade" id="it"><div>${tile('inside')}</div></div>`,
    open: 'it.classList.add("show")',
  },
  'a mega menu that fades in': {
    script: 'jquery-global.js',
    body: `<style>#it > div { opacity: 0; visibility: hidden; pointer-events: none; transition: all .2s } #it.open > div { opacity: 1; visibility: visible; pointer-events: auto }</style><nav id="it"><div>${tile('inside')}</div></nav>`,
    open: 'it.className = "open"',
  },
  "jQuery's fadeTo": {
    script: 'jquery-global.js',
    body: `<div id="it" style="opacity: 0">${tile('inside')}</div>`,
    open: '$("#it").fadeTo(200, 1)',
  },
  'an element collapsed by its height': {
    script: 'jquery-global.js',
    body: `<div id="it" style="height: 0; overflow: hidden">${tile('inside')}</div>`,
    open: '$("#it").animate({ height: 60 }, 200)',
  },
  'an element cut off by a clip path': {
    script: 'jquery-global.js',
    body: `<div id="it" style="clip-path: inset(0 0 100% 0); transition: clip-path .2s">${tile('inside')}</div>`,
    open: 'it.style.clipPath = "inset(0)"',
  },
  "jQuery UI's tabs": {
    script: 'jquery-ui.js',
    body: `<div id="it"><ul><li><a href="#one">One</a></li><li><a href="#two">Two</a></li></ul><div id="one">one</div><div id="two">${tile('inside')}</div></div><script>addEventListener('load', () => $('#it').tabs())</script>`,
    open: '$("#it").tabs("option", "active", 1)',
  },
  "jQuery UI's accordion": {
    script: 'jquery-ui.js',
    body: `<div id="it"><h3>One</h3><div>one</div><h3>Two</h3><div>${tile('inside')}</div></div><script>addEventListener('load', () => $('#it').accordion())</script>`,
    open: '$("#it").accordion("option", "active", 1)',
  },
  "Shoelace's tab group": {
    script: 'shoelace.js',
    body: `<sl-tab-group id="it"><sl-tab slot="nav" panel="one">One</sl-tab><sl-tab slot="nav" panel="two">Two</sl-tab><sl-tab-panel name="one">one</sl-tab-panel><sl-tab-panel name="two">${tile('inside')}</sl-tab-panel></sl-tab-group>`,
    open: 'it.show("two")',
  },
  "Shoelace's details": {
    script: 'shoelace.js',
    body: `<sl-details id="it" summary="More">${tile('inside')}</sl-details>`,
    open: 'it.show()',
  },
  "Shoelace's drawer": {
    script: 'shoelace.js',
    body: `<sl-drawer id="it" label="Cart">${tile('inside')}</sl-drawer>`,
    open: 'it.show()',
  },
  "Shoelace's dialog": {
    script: 'shoelace.js',
    body: `<sl-dialog id="it" label="Quick view">${tile('inside')}</sl-dialog>`,
    open: 'it.show()',
  },
  "Material's dialog": {
    script: 'material.js',
    body: `<md-dialog id="it"><div slot="content">${tile('inside')}</div></md-dialog>`,
    open: 'it.show()',
  },
  'a native popover': {
    script: 'jquery-global.js',
    body: `<div popover id="it">${tile('inside')}</div>`,
    open: 'it.showPopover()',
  },
  'native details': {
    script: 'jquery-global.js',
    body: `<details id="it"><summary>More</summary>${tile('inside')}</details>`,
    open: 'it.open = true',
  },
};

test.describe('a tile in a closed element is not seen until the element is opened', () => {
  for (const [name, { script, body, open: opening }] of Object.entries(CLOSED)) {
    test(name, async ({ page, aws, open }) => {
      // The visible tile comes last, so that a wrong impression would come before it.
      await open(script, `${body}${tile('open')}`);
      await expectCounted(aws, IMPRESSION, seen('open'));
      await run(page, opening);
      await expectCounted(aws, IMPRESSION, seen('open', 'inside'));
    });
  }
});

/** Elements that cover the page from the start, and the statement that closes each. */
const COVERS: Record<
  string,
  { script: string; body: string; start?: unknown; cover?: string; close: string }
> = {
  "Bootstrap's modal": {
    script: 'bootstrap.js',
    body: `<div class="modal" id="it"><div class="modal-dialog"><div class="modal-content">${tile('inside')}</div></div></div>`,
    cover: 'window.modal = new bootstrap.Modal("#it"); modal.show()',
    close: 'modal.hide()',
  },
  "Bootstrap's offcanvas": {
    script: 'bootstrap.js',
    body: `<div class="offcanvas offcanvas-start" id="it">${tile('inside')}</div>`,
    cover: 'window.canvas = new bootstrap.Offcanvas("#it"); canvas.show()',
    close: 'canvas.hide()',
  },
  "Shoelace's dialog": {
    script: 'shoelace.js',
    body: `<sl-dialog id="it" open label="Quick view">${tile('inside')}</sl-dialog>`,
    close: 'it.hide()',
  },
  "Shoelace's drawer": {
    script: 'shoelace.js',
    body: `<sl-drawer id="it" open label="Cart">${tile('inside')}</sl-drawer>`,
    close: 'it.hide()',
  },
  "Material's dialog": {
    script: 'material.js',
    body: `<md-dialog id="it" open><div slot="content">${tile('inside')}</div></md-dialog>`,
    close: 'it.close()',
  },
  "jQuery UI's modal dialog": {
    script: 'jquery-ui.js',
    body: `<div id="it">${tile('inside')}</div>`,
    cover: '$("#it").dialog({ modal: true })',
    close: '$("#it").dialog("close")',
  },
  "Ionic's modal": {
    script: 'ionic.js',
    body: `<ion-modal id="it" is-open="true"><div class="ion-page">${tile('inside')}</div></ion-modal>`,
    close: 'it.dismiss()',
  },
  "Radix's dialog": {
    script: 'react.jsx',
    body: '<div id="app"></div>',
    start: 'Modal',
    close:
      '[...document.querySelectorAll("button")].find((button) => button.textContent === "Close").click()',
  },
  'a native dialog': {
    script: 'jquery-global.js',
    body: `<dialog id="it">${tile('inside')}</dialog>`,
    cover: 'it.showModal()',
    close: 'it.close()',
  },
  'an element over the whole page': {
    script: 'jquery-global.js',
    body: `<div id="it" style="position: fixed; inset: 0; background: white">${tile('inside')}</div>`,
    close: 'it.remove()',
  },
};

test.describe('a covered tile is not seen until it is uncovered', () => {
  for (const [name, { script, body, start, cover = '', close }] of Object.entries(COVERS)) {
    test(name, async ({ page, aws, open }) => {
      // Long enough that nothing counts before the page is covered.
      const tag = { 'data-impression-time': '2000' };
      const under = `<section data-personalize-list>${tile('under', 'style="height: 500px; background: #eee"')}</section>`;
      await open(
        script,
        `${under}${body}<script>addEventListener('DOMContentLoaded', () => { ${cover} })</script>`,
        start,
        { tag },
      );
      await expectCounted(aws, IMPRESSION, seen('inside'));
      await run(page, close);
      await expectCounted(aws, IMPRESSION, seen('inside', 'under'));
    });
  }
});

test.describe('a tile that is not covered is seen', () => {
  for (const [name, { script, body, cover }] of Object.entries({
    "beside Bootstrap's offcanvas without a backdrop": {
      script: 'bootstrap.js',
      body: '<div class="offcanvas offcanvas-start" id="it" data-bs-backdrop="false" style="width: 100px">menu</div>',
      cover: 'new bootstrap.Offcanvas("#it").show()',
    },
    'beside a dialog that is not modal': {
      script: 'jquery-global.js',
      body: '<dialog id="it" style="top: 400px">We use cookies</dialog>',
      cover: 'it.show()',
    },
    'below an element that takes no pointer events': {
      script: 'jquery-global.js',
      body: '<div style="position: fixed; inset: 0; pointer-events: none">snow</div>',
      cover: '',
    },
    'without pointer events of its own': {
      script: 'bootstrap.js',
      body: '<style>article { pointer-events: none }</style>',
      cover: '',
    },
    'partly below a sticky header': {
      script: 'bootstrap.js',
      body: '<header class="sticky-top bg-light" style="height: 50px; margin-top: -300px">header</header>',
      cover: '',
    },
  })) {
    test(name, async ({ aws, open }) => {
      const shown = tile('shown', 'style="display: block; height: 300px; width: 800px"');
      await open(
        script,
        `${shown}${body}<script>addEventListener('DOMContentLoaded', () => { ${cover} })</script>`,
      );
      await expectCounted(aws, IMPRESSION, seen('shown'));
    });
  }
});

test('rows of a virtual list count once each, and rows outside the view do not', async ({
  page,
  aws,
  open,
}) => {
  await open('react.jsx', '<div id="app"></div>', 'Rows');
  const rows = (from: number) => seen(...[0, 1, 2].map((n) => `row-${from + n}`));
  await expectCounted(aws, IMPRESSION, rows(0));
  await run(page, 'scrollRows(1000)');
  await expectCounted(aws, IMPRESSION, [...rows(0), ...rows(10)]);
  await run(page, 'scrollRows(0)');
  await expect(page.getByText('row-0', { exact: true })).toBeInViewport();
  await run(page, 'scrollRows(5000)');
  await expectCounted(aws, IMPRESSION, [...rows(0), ...rows(10), ...rows(50)]);
});
