import type { Page } from '@playwright/test';
import { bookmarklet } from '../../demo/overlay/bookmarklet.js';
import { test } from '../support/console-errors.js';
import { expect, IMMEDIATE_FLUSHES, type Site, warmUp } from '../support/fixtures.js';
import { collectRecorded, recorded, tiles } from '../support/paused-page.js';
import { flush, LONG_FLUSH_INTERVAL } from '../support/visits.js';

declare global {
  interface Window {
    /** The overlay's closed shadow root. */
    overlay: ShadowRoot;
    /** Pending animation frames, intervals and timeouts. */
    pending: Set<unknown>;
  }
}

test.use({ viewport: { width: 800, height: 600 } });

const toggle = (page: Page) =>
  page.evaluate(async () => (await import(`${location.origin}/personalize.overlay.js`)).toggle());

const open = async (page: Page, site: Site, body: string, options = {}) => {
  await page.addInitScript(() => {
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (init) {
      const root = attachShadow.call(this, init);
      if (this.localName === 'personalize-overlay') window.overlay = root;
      return root;
    };
  });
  site.add('/', `<style>body { margin: 40px 0 }</style>${body}${site.tag(options)}`);
  await page.goto(site.url);
  await page.evaluate(() => window.personalize.ready);
  await toggle(page);
  await expect.poll(() => labels(page)).not.toEqual([]);
};

/** Returns the lines of each marked element's label, in document order. */
const labels = (page: Page) =>
  page.evaluate(() =>
    [...(window.overlay?.querySelectorAll('.mark .label') ?? [])].map((label) =>
      [...label.children].map((line) => line.textContent).filter(Boolean),
    ),
  );

const panel = (page: Page) =>
  page.evaluate(() => (window.overlay.querySelector('.panel') as Element).textContent);

const isOpen = (page: Page) => page.evaluate(() => !!document.querySelector('personalize-overlay'));

/** Clicks an element of the overlay with the mouse. */
const press = async (page: Page, selector: string) => {
  const { x, y } = await page.evaluate((what) => {
    const { left, top, width, height } = (
      window.overlay.querySelector(what) as Element
    ).getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  }, selector);
  await page.mouse.click(x, y);
};
const CLOSE = '[aria-label=Close]';

test('each label shows the events of its element, as the tracker sends them', async ({ page, site }) => {
  await open(
    page,
    site,
    `<main data-personalize-list="top" data-personalize-impression="view" data-personalize-recommendation-id="RID-1"
        data-personalize-source="mail">
       <p data-personalize-item="a" data-personalize-value="2.5" data-personalize-property-row="top">tile a</p>
       <p data-personalize-item="b">tile b <button data-personalize-event="favourite">like</button></p>
     </main>
     <section data-personalize-item="film" data-personalize-on="load">
       <form data-personalize-on="submit" data-personalize-value="9.99" onsubmit="return false"><button>buy</button></form>
     </section>
     <p data-personalize-action="join">club</p><div id="host"></div>`,
    {
      'data-action-tracking-id': 'demo-action-tracker',
      'data-click-event': 'open',
      'data-impression-items': 'all',
    },
  );
  await page.evaluate(() => {
    const root = document.querySelector('#host')?.attachShadow({ mode: 'open' });
    root?.append(Object.assign(document.createElement('p'), { textContent: 'inside' }));
    root?.querySelector('p')?.setAttribute('data-personalize-item', 'shadow');
  });
  const LIST = ['recommendation RID-1', 'source mail', 'list top', 'impression a, b'];
  await expect
    .poll(() => labels(page))
    .toEqual([
      ['list top', '2 marked in it'],
      [
        ...['a', 'open, view', 'click: open a', 'value 2.5', ...LIST, 'properties {"row":"top"}'],
        ...['impression: view a', ...LIST, 'properties {"row":"top"}'],
      ],
      ['b', 'open, view', 'click: open b', 'impression: view b', ...LIST],
      ['favourite', 'click: favourite b', ...LIST],
      ['film', 'view', 'load: view film'],
      ['purchase', 'submit: purchase film', 'value 9.99'],
      ['join', 'Taken', 'click: Taken join'],
      ['shadow', 'open', 'click: open shadow'],
    ]);

  await collectRecorded(page);
  for (const text of ['tile a', 'like', 'buy', 'club', 'inside']) await page.getByText(text).click();
  const sent = (await recorded(
    page,
    ...['eventType', 'itemId', 'actionId', 'eventValue', 'recommendationId', 'impression', 'properties'],
  )) as unknown[][];
  const [a, like, buy, club, inside] = sent.filter(([type]) => type !== 'view');
  expect(a).toEqual(['open', 'a', undefined, 2.5, 'RID-1', ['a', 'b'], '{"row":"top"}']);
  expect(like?.slice(0, 6)).toEqual(['favourite', 'b', undefined, undefined, 'RID-1', ['a', 'b']]);
  expect(buy?.slice(0, 4)).toEqual(['purchase', 'film', undefined, 9.99]);
  expect(club?.slice(0, 3)).toEqual(['Taken', undefined, 'join']);
  expect(inside?.slice(0, 2)).toEqual(['open', 'shadow']);
});

test('each label shows the awaited event and its value', async ({ page, site }) => {
  await open(
    page,
    site,
    `<main data-personalize-item="film">
       <input value="a word" data-personalize-on="change">
       <b data-personalize-on="sl-change" data-personalize-value="4">stars</b>
       <i data-personalize-action="join" data-personalize-on="joined">club</i></main>
     <p data-personalize-on="rated">alone</p>`,
    { 'data-action-tracking-id': 'demo-action-tracker' },
  );
  await expect
    .poll(() => labels(page))
    .toEqual([
      ['film', 'click', 'click: click film'],
      ['rate', 'change: rate film', "value the control's number"],
      ['rate', 'at the event sl-change: rate film', 'value 4'],
      ['join', 'Taken', 'at the event joined: Taken join'],
      ['p', 'no data-personalize-item on it or around it'],
    ]);
});

test("a label's impression names the items in view", async ({ page, site }) => {
  await open(page, site, `<main data-personalize-list>${tiles(['a', 'b', 'c', 'd', 'e'])}</main>`);
  await expect.poll(async () => (await labels(page))[1]).toContainEqual('impression a, b, c');
});

test('mistakes are shown at the element and in the panel', { tag: '@core' }, async ({ page, site }) => {
  await open(
    page,
    site,
    `<p data-personalize-item="a" data-personalize-itm="a">unknown</p>
     <p data-personalize-item="c" data-personalize-value="cheap">value</p>
     <p data-personalize-item="${'x'.repeat(257)}">long</p>
     <p data-personalize-list>empty</p>
     <p data-personalize-event="like">alone</p>
     <p data-personalize-item="d" data-personalize-media>media</p>
     <p data-personalize-action="join">action</p>
     <p data-personalize-item="e" data-personalize-property-user-id="ann">reserved</p>
     <p data-personalize-item="good">good</p>`,
  );
  await expect
    .poll(() =>
      page.evaluate(() =>
        [...window.overlay.querySelectorAll('.mark')].map(
          (mark) =>
            [...mark.querySelectorAll('.mistake')].map((line) => line.textContent).join() || mark.className,
        ),
      ),
    )
    .toEqual([
      'data-personalize-itm is unknown',
      'eventValue must be a finite 32-bit number; got "cheap"',
      expect.stringMatching(/^itemId must be a string of 1-256 characters/),
      'a list without items',
      'no data-personalize-item on it or around it',
      'data-personalize-media follows <video>, <audio> and <iframe>',
      'the option actionTrackingId is missing',
      'properties.userId is a word the service reserves',
      'mark item',
    ]);
  expect(await panel(page)).toContain('Mistakes: 8');
});

test("the panel shows the tracker's state and the outcome of events", async ({ page, aws, site }) => {
  await open(page, site, '<p data-personalize-item="a">tile</p>', LONG_FLUSH_INTERVAL);
  await warmUp(page, IMMEDIATE_FLUSHES);
  const sessionId = await page.evaluate(() => {
    window.personalize.identify('ann');
    return window.personalize.sessionId;
  });
  await page.getByText('tile').click();
  await expect.poll(() => panel(page)).toMatch(/queued click a/);
  await expect.poll(() => panel(page)).toMatch(/waiting\s*click a/);
  expect(await panel(page)).toContain(sessionId);
  await expect.poll(() => panel(page)).toMatch(/user\s*ann/);
  await flush(page);
  await expect.poll(() => panel(page)).toMatch(/delivered click a/);
  await expect.poll(() => panel(page)).toMatch(/waiting\s*0/);
  await expect.poll(() => panel(page)).toMatch(/credentials\s*expire in \d+ min/);
  aws.fail({ refuseItem: 'b' });
  await page.evaluate(() => {
    window.personalize.track('click', 'b');
    window.personalize.track('click', '');
    return window.personalize.flush();
  });
  await expect.poll(() => panel(page)).toMatch(/rejected click b: 400 InvalidInputException/);
  await expect.poll(() => panel(page)).toMatch(/rejected click: itemId must be/);
  aws.fail({ on: 'events', status: 403, type: 'AccessDeniedException' });
  await page.evaluate(() => {
    window.personalize.track('click', 'c');
    return window.personalize.flush();
  });
  await expect.poll(() => panel(page)).toMatch(/sending stopped: 403 AccessDeniedException/);
});

/** Returns the rectangles of the first box and of its element. */
const places = (page: Page, selector: string) =>
  page.evaluate((what) => {
    const rectOf = (element: Element | null) => {
      const { left, top, width, height } = element?.getBoundingClientRect() ?? new DOMRect();
      return [left, top, width, height].map(Math.round);
    };
    return [rectOf(window.overlay.querySelector('.mark')), rectOf(document.querySelector(what))];
  }, selector);

test('boxes follow elements that scroll, resize, change, or are added or removed', async ({ page, site }) => {
  await open(page, site, '<main><p data-personalize-item="a" style="height: 900px">tile</p></main>');
  const expectAligned = async () => {
    await expect
      .poll(async () => {
        const [box, element] = await places(page, '[data-personalize-item]');
        return JSON.stringify(box) === JSON.stringify(element);
      })
      .toBe(true);
  };
  await expectAligned();
  await page.evaluate(() => scrollTo(0, 200));
  await expectAligned();
  await page.setViewportSize({ width: 500, height: 600 });
  await expectAligned();
  await page.evaluate(() => document.querySelector('p')?.setAttribute('data-personalize-item', 'z'));
  await expect.poll(async () => (await labels(page))[0]).toContainEqual('click: click z');
  await page.evaluate(() => {
    document.querySelector('main')?.insertAdjacentHTML('beforeend', '<p data-personalize-item="b">more</p>');
  });
  await expect.poll(async () => (await labels(page)).map(([title]) => title)).toEqual(['z', 'b']);
  await page.evaluate(() => document.querySelector('[data-personalize-item=z]')?.remove());
  await expect.poll(async () => (await labels(page)).map(([title]) => title)).toEqual(['b']);
});

test('boxes of slides outside a carousel are clipped', async ({ page, site }) => {
  await open(
    page,
    site,
    `<div style="display: flex; width: 300px; overflow: hidden">${['a', 'b', 'c']
      .map(
        (name) =>
          `<p data-personalize-item="${name}" style="flex: 0 0 200px; margin: 0; height: 100px">${name}</p>`,
      )
      .join('')}</div>`,
  );
  await expect
    .poll(() =>
      page.evaluate(() =>
        [...window.overlay.querySelectorAll<HTMLElement>('.mark')].map(
          (mark) => !mark.hidden && mark.offsetWidth,
        ),
      ),
    )
    .toEqual([200, 100, false]);
});

test('the page stays usable under the overlay, and clicks in the overlay make no events', async ({
  page,
  site,
}) => {
  await open(page, site, '<a href="#there" data-personalize-item="a">tile</a>');
  await page.evaluate(() => document.documentElement.setAttribute('data-personalize-item', 'page'));
  await collectRecorded(page);
  const [, place] = await places(page, 'a');
  const [left = 0, top = 0] = place ?? [];
  await page.mouse.click(left + 4, top + 4);
  await expect(page).toHaveURL(/#there$/);
  await press(page, '[aria-label=Fold]');
  await press(page, CLOSE);
  expect(await isOpen(page)).toBe(false);
  expect(await recorded(page, 'eventType', 'itemId')).toEqual([['click', 'a']]);
});

test("hover and keyboard focus expand an element's label", async ({ page, site }) => {
  await open(page, site, `<a href="#x" data-personalize-item="a">tile</a><p>nothing</p>`);
  const shown = () =>
    page.evaluate(() =>
      [...window.overlay.querySelectorAll<HTMLElement>('.label > *')]
        .filter((line) => line.offsetHeight)
        .map((line) => line.textContent),
    );
  expect(await shown()).not.toContain('click: click a');
  await page.getByText('tile').hover();
  await expect.poll(shown).toContain('click: click a');
  await page.getByText('nothing').hover();
  await expect.poll(shown).not.toContain('click: click a');
  await page.getByText('tile').focus();
  await expect.poll(shown).toContain('click: click a');
});

const WAYS_TO_CLOSE: [what: string, close: (page: Page) => Promise<unknown>][] = [
  ['its button', (page) => press(page, CLOSE)],
  ['Escape', (page) => page.keyboard.press('Escape')],
  ['a second run', toggle],
  [
    'its button, by keyboard',
    async (page) => {
      await page.evaluate((close) => window.overlay.querySelector<HTMLElement>(close)?.focus(), CLOSE);
      await page.keyboard.press('Enter');
    },
  ],
];

for (const [what, close] of WAYS_TO_CLOSE) {
  test(`the overlay leaves nothing behind when closed by ${what}`, async ({ page, site }) => {
    await page.addInitScript(() => {
      window.pending = new Set();
      const { requestAnimationFrame, cancelAnimationFrame, setInterval, clearInterval } = window;
      window.requestAnimationFrame = (run) => {
        const id = requestAnimationFrame((now) => {
          window.pending.delete(id);
          run(now);
        });
        window.pending.add(id);
        return id;
      };
      window.cancelAnimationFrame = (id) => {
        window.pending.delete(id);
        cancelAnimationFrame(id);
      };
      Object.assign(window, {
        setInterval: (run: () => void, ms: number) => {
          const id = setInterval(run, ms);
          window.pending.add(`${id}`);
          return id;
        },
        clearInterval: (id: number) => {
          window.pending.delete(`${id}`);
          clearInterval(id);
        },
      });
    });
    const html = () => page.evaluate(() => document.documentElement.outerHTML);
    await open(page, site, '<p data-personalize-item="a">tile</p>');
    expect(await isOpen(page)).toBe(true);
    const during = await html();
    await close(page);
    expect(await isOpen(page)).toBe(false);
    expect(during.replace(/<personalize-overlay[^>]*><\/personalize-overlay>/, '')).toBe(await html());
    expect(await page.evaluate(() => [...window.pending])).toEqual([]);
    // It can be opened again.
    await toggle(page);
    expect(await isOpen(page)).toBe(true);
  });
}

test.describe('the bookmarklet', () => {
  for (const address of [undefined, '/personalize.js']) {
    test(`opens and closes the overlay ${address ? 'from a given address' : 'from beside the script'}`, async ({
      page,
      site,
    }) => {
      const link = `<a href="${bookmarklet(address).replaceAll('"', '&quot;')}">bookmark</a>`;
      await open(page, site, `<p data-personalize-item="a">tile</p>${link}`);
      await toggle(page);
      await page.getByText('bookmark').click();
      await expect.poll(() => isOpen(page)).toBe(true);
      await page.getByText('bookmark').click();
      await expect.poll(() => isOpen(page)).toBe(false);
    });
  }

  const MALICIOUS_SCRIPT = 'addEventListener("x", () => {}); export const toggle = () => alert("loaded")';
  const ELSEWHERE = '/elsewhere/personalize.js';
  const INERT_SCRIPT = `document.body.insertAdjacentHTML('afterbegin', '<script src="${ELSEWHERE}"></' + 'script>')`;
  for (const [what, markup] of Object.entries({
    'an image': `<img src="${ELSEWHERE}">`,
    'a frame': `<iframe src="${ELSEWHERE}"></iframe>`,
    'a preload': `<link rel="preload" as="script" href="${ELSEWHERE}">`,
    'an object': `<object data="${ELSEWHERE}"></object>`,
    'a video': `<video src="${ELSEWHERE}"></video>`,
    'a data script': `<script type="text/plain" src="${ELSEWHERE}"></script>`,
    'a script that never ran beside an image': `<img src="${ELSEWHERE}"><script>${INERT_SCRIPT}</script>`,
    'a form named scripts': `<form name="scripts"><input type="image" src="${ELSEWHERE}"></form>`,
    'an image named querySelectorAll': `<img name="querySelectorAll" src="${ELSEWHERE}">`,
    'another script with the name in its query':
      '<script src="/elsewhere/ad.js?for=/personalize.js"></script>',
  })) {
    test(`does not mistake ${what} for the tracker's script`, async ({ page, site }) => {
      const dialogs: string[] = [];
      page.on('dialog', async (dialog) => {
        dialogs.push(dialog.message());
        await dialog.dismiss();
      });
      const requested: string[] = [];
      page.on('request', (request) => requested.push(new URL(request.url()).pathname));
      for (const name of ['personalize.js', 'ad.js', 'personalize.overlay.js']) {
        await page.route(`**/elsewhere/${name}*`, (route) =>
          route.fulfill({ contentType: 'text/javascript', body: MALICIOUS_SCRIPT }),
        );
      }
      const link = `<a href="${bookmarklet().replaceAll('"', '&quot;')}">bookmark</a>`;
      site.add('/', `${markup}${link}`);
      site.add('/with-tag', `${markup}${link}${site.tag()}`);
      await page.goto(site.url);
      await page.getByText('bookmark').click();
      await expect.poll(() => dialogs).toEqual(['Where is personalize.js?']);
      await page.goto(`${site.url}/with-tag`);
      await page.evaluate(() => window.personalize.ready);
      await page.getByText('bookmark').click();
      await expect.poll(() => isOpen(page)).toBe(true);
      expect(dialogs).toHaveLength(1);
      expect(requested).not.toContain('/elsewhere/personalize.overlay.js');
    });
  }

  test("asks for the script's address on a page without a tracker and shows an import error", async ({
    page,
    site,
  }) => {
    const dialogs: string[] = [];
    page.on('dialog', async (dialog) => {
      dialogs.push(`${dialog.type()}: ${dialog.message()}`);
      await dialog.accept('/nowhere/personalize.js');
    });
    site.add('/', `<a href="${bookmarklet()}">bookmark</a>`);
    await page.goto(site.url);
    await page.getByText('bookmark').click();
    await expect
      .poll(() => dialogs)
      .toEqual([
        'prompt: Where is personalize.js?',
        expect.stringMatching(/^alert: personalize-beacon: .*import/),
      ]);
  });
});

test('on a page without a tracker the overlay shows what the marks would send', async ({ page, site }) => {
  site.add('/', '<p data-personalize-item="a">tile</p>');
  await page.addInitScript(() => {
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (init) {
      window.overlay = attachShadow.call(this, init);
      return window.overlay;
    };
  });
  await page.goto(site.url);
  await toggle(page);
  await expect.poll(() => labels(page)).toEqual([['a', 'click', 'click: click a']]);
  expect(await panel(page)).toMatch(/tracker\s*none on this page yet/);
});

test('the overlay works under the strictest policy that allows the script', async ({ page, site, aws }) => {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) violations.push(message.text());
  });
  await page.addInitScript(() => {
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (init) {
      window.overlay = attachShadow.call(this, init);
      return window.overlay;
    };
  });
  site.add('/', `<p data-personalize-item="a">tile</p>${site.tag()}`, {
    'content-security-policy': `default-src 'none'; script-src 'self'; img-src data:; connect-src ${aws.url}; require-trusted-types-for 'script'; trusted-types 'none'`,
  });
  await page.goto(site.url);
  await page.evaluate(() => window.personalize.ready);
  // As a visitor opens it from the console.
  await toggle(page);
  await expect.poll(() => labels(page)).toEqual([['a', 'click', 'click: click a']]);
  const [box, element] = await places(page, 'p');
  expect(box).toEqual(element);
  expect(violations).toEqual([]);
});

for (const [width, height] of [
  [360, 640],
  [1280, 800],
] as const) {
  test(`the overlay fits ${width} pixels and is readable and reachable by touch and keyboard`, async ({
    page,
    site,
  }) => {
    await page.setViewportSize({ width, height });
    await open(
      page,
      site,
      `<main data-personalize-list>${tiles(['a'])}<p data-personalize-itm>wrong</p></main>
       <p data-personalize-action="join">club</p><p data-personalize-source="x">part</p>`,
    );
    const seen = await page.evaluate(() => {
      const luminance = (colour: string) => {
        const [r, g, b] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
          const share = Number(part) / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        }) as [number, number, number];
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const contrasts = [...window.overlay.querySelectorAll('.label, .panel')].map((element) => {
        const { color, backgroundColor } = getComputedStyle(element);
        const [dark, light] = [luminance(color), luminance(backgroundColor)].sort((a, b) => a - b) as [
          number,
          number,
        ];
        return (light + 0.05) / (dark + 0.05);
      });
      const panelRect = (window.overlay.querySelector('.panel') as Element).getBoundingClientRect();
      const buttons = [...window.overlay.querySelectorAll<HTMLElement>('header button')].map((button) => {
        button.focus();
        const { width: w, height: h } = button.getBoundingClientRect();
        return Math.min(w, h) >= 44 && window.overlay.activeElement === button && !!button.ariaLabel;
      });
      return {
        least: Math.min(...contrasts),
        isInside:
          panelRect.left >= 0 &&
          panelRect.top >= 0 &&
          panelRect.right <= innerWidth &&
          panelRect.bottom <= innerHeight,
        buttons,
        overflow: document.documentElement.scrollWidth > innerWidth,
      };
    });
    expect(seen).toMatchObject({ isInside: true, buttons: [true, true], overflow: false });
    expect(seen.least).toBeGreaterThan(4.5);
  });
}
