// Tests of forms and controls: their values, choices that take several steps, events of other names, shadow roots.
import type { ServerResponse } from 'node:http';
import type { ConsoleMessage, Page } from '@playwright/test';
import { readScript } from '../../demo/script.js';
import { test } from '../support/console-errors.js';
import { expect, hide, PROMPT_SENDS, type Site, warmUp } from '../support/fixtures.js';
import { listenIn, recorded } from '../support/paused-page.js';
import type { Serve } from '../support/serve.js';
import { flush, PATIENT } from '../support/visits.js';

const open = async (page: Page, site: Site, body: string, options = {}) => {
  site.add('/', `${site.tag(options)}<main data-personalize-item="film">${body}</main>`);
  await page.goto(site.url);
  await page.evaluate(() => window.personalize.ready);
  await listenIn(page);
  await page.evaluate(() => window.personalize.ready);
};

/** Returns the events recorded, without clicks: by pointer and keyboard a choice is one, too. */
const made = async (page: Page, ...fields: string[]) => {
  const events = (await recorded(page, 'eventType', ...fields)) as unknown[][];
  return events.filter(([type]) => type !== 'click');
};
const values = async (page: Page) => (await made(page, 'eventValue')).map(([, value]) => value);

const CHANGE = 'data-personalize-on="change"';

test.describe('the value of', () => {
  /** By the label `control`. Then the focus leaves it. */
  const fill = (text: string) => async (page: Page) => {
    await page.getByLabel('control').fill(text);
    await page.getByLabel('control').blur();
  };
  const select =
    (...options: string[]) =>
    async (page: Page) => {
      await page.getByLabel('control').selectOption(options);
    };
  const input = (type: string, more = '') => `<input type="${type}" aria-label="control" ${CHANGE} ${more}>`;

  const CONTROLS: [what: string, html: string, act: (page: Page) => Promise<unknown>, value?: number][] = [
    ['a number', input('number', 'step="any"'), fill('4.5'), 4.5],
    ['a number that no 32 bits hold', input('number'), fill('1e39')],
    ['a text that is a number', input('text'), fill(' 4 '), 4],
    ['a text', input('text'), fill('good')],
    ['a number with a unit', input('text'), fill('4 stars')],
    ['a text area', `<textarea aria-label="control" ${CHANGE}></textarea>`, fill('a word\n4')],
    ['a password', input('password'), fill('1234')],
    ['a telephone number', input('tel'), fill('5550100')],
    ['a date', input('date'), fill('2026-03-04')],
    ['a time', input('time'), fill('12:30')],
    ['a month', input('month'), fill('2026-03')],
    ['a colour', input('color'), fill('#123456')],
    ['a range', input('range'), fill('30'), 30],
    [
      'a checkbox that is checked',
      input('checkbox', 'value="7"'),
      (page) => page.getByLabel('control').check(),
      1,
    ],
    ['one that is not', input('checkbox', 'checked'), (page) => page.getByLabel('control').uncheck(), 0],
    ['a radio button', input('radio', 'value="3"'), (page) => page.getByLabel('control').check(), 3],
    [
      'a radio button of a word',
      input('radio', 'value="good"'),
      (page) => page.getByLabel('control').check(),
    ],
    ['a list', `<select aria-label="control" ${CHANGE}><option>1<option>5</select>`, select('5'), 5],
    [
      'a list of words',
      `<select aria-label="control" ${CHANGE}><option>good<option value="">none</select>`,
      select('none'),
    ],
    [
      'a list of several',
      `<select multiple aria-label="control" ${CHANGE}><option>1<option>5</select>`,
      select('1', '5'),
    ],
    [
      'one of several files',
      input('file'),
      (page) =>
        page
          .getByLabel('control')
          .setInputFiles({ name: '4', mimeType: 'text/plain', buffer: Buffer.from('4') }),
    ],
    [
      'a text that is edited in place',
      `<p contenteditable aria-label="control" ${CHANGE}>4</p>`,
      (page) => page.getByLabel('control').dispatchEvent('change'),
    ],
    ['a control whose mark has one of its own', input('number', 'data-personalize-value="9"'), fill('4'), 9],
  ];
  for (const [what, html, act, value] of CONTROLS) {
    test(`${what} is ${value ?? 'none'}, and the event is made`, async ({ page, site }) => {
      await open(page, site, html);
      await act(page);
      await expect.poll(() => made(page, 'itemId', 'eventValue')).toEqual([['rate', 'film', value]]);
    });
  }

  test('a custom element is its number, whatever else it may be, and no event is lost for it', {
    tag: '@core',
  }, async ({ page, aws, site }) => {
    await open(page, site, '', PATIENT);
    const expected = await page.evaluate((mark) => {
      const thrown = () => {
        throw new Error('not yet');
      };
      const members: [members: Record<string, unknown>, value?: number][] = [
        [{ value: 4 }, 4],
        [{ value: '4.5' }, 4.5],
        [{ value: 0 }, 0],
        [{ value: '' }],
        [{ value: 'good' }],
        [{ value: '1e99' }],
        [{ value: Number.NaN }],
        [{ value: Number.POSITIVE_INFINITY }],
        [{ value: 10n }],
        [{ value: Symbol('4') }],
        [{ value: null }],
        [{ value: true }],
        [{ value: [4] }],
        [{ value: { valueOf: thrown, toString: thrown } }],
        [{ value: () => 4 }],
        [
          {
            get value() {
              return thrown();
            },
          },
        ],
        [
          {
            value: 4,
            get type() {
              return thrown();
            },
          },
          4,
        ],
        [{ value: '4', type: Symbol('type') }, 4],
        [{ value: '1234', type: 'password' }],
        [{ value: 'on', checked: true }, 1],
        [{ value: 'on', checked: false }, 0],
        [
          {
            get checked() {
              return thrown();
            },
          },
        ],
      ];
      customElements.define('some-control', class extends HTMLElement {});
      for (const [i, [own]] of members.entries()) {
        document
          .querySelector('main')
          ?.insertAdjacentHTML(
            'beforeend',
            `<p data-personalize-item="${i}"><some-control ${mark}></some-control></p>`,
          );
        const control = document.querySelector('p:last-child some-control') as Element;
        Object.defineProperties(control, Object.getOwnPropertyDescriptors(own));
        control.dispatchEvent(new Event('change', { bubbles: true }));
      }
      return members.map(([, value], i) => [`${i}`, value ?? null]);
    }, CHANGE);
    await flush(page);
    const arrived = aws.counted().map((event) => [event.itemId, event.eventValue ?? null]);
    expect(arrived).toEqual(expected);
  });

  test('a mark that is no number is still refused with the reason', async ({ page, site }) => {
    await open(page, site, `<input aria-label="control" ${CHANGE} data-personalize-value="lots">`);
    await page.evaluate(() =>
      window.personalize.on('rejected', ({ reason }: { reason: string }) =>
        Object.assign(window, { rejected: reason }),
      ),
    );
    await fill('4')(page);
    expect(await page.evaluate(() => Reflect.get(window, 'rejected'))).toBe(
      'eventValue must be a finite 32-bit number; got "lots"',
    );
  });
});

const STARS = [1, 2, 3, 4, 5].map(
  (n) => `<label><input type="radio" name="stars" value="${n}">${n} stars</label>`,
);

test.describe('a choice that takes several steps is one', () => {
  const press = async (page: Page, key: string, times: number) => {
    for (; times > 0; times--) await page.keyboard.press(key);
  };

  /** Each of them is changed by three steps of its own; then the focus goes on. */
  const STEPS: [what: string, html: string, act: (page: Page) => Promise<unknown>, value?: number][] = [
    [
      'by arrow keys in a group of radio buttons',
      `<fieldset ${CHANGE}>${STARS.join('')}</fieldset>`,
      async (page) => {
        await page.getByLabel('1 stars').focus();
        await press(page, 'ArrowRight', 3);
      },
      4,
    ],
    [
      'in a group of which each has a mark',
      STARS.join('').replaceAll('<input', `<input ${CHANGE}`),
      async (page) => {
        await page.getByLabel('1 stars').focus();
        await press(page, 'ArrowDown', 3);
      },
      4,
    ],
    [
      'by arrow keys in a range',
      `<input type="range" aria-label="control" max="10" value="0" ${CHANGE}>`,
      async (page) => {
        await page.getByLabel('control').focus();
        await press(page, 'ArrowRight', 3);
      },
      3,
    ],
    [
      'by arrow keys at a number',
      `<input type="number" aria-label="control" ${CHANGE}>`,
      async (page) => {
        await page.getByLabel('control').focus();
        await press(page, 'ArrowUp', 3);
      },
      3,
    ],
    [
      'by arrow keys in a list',
      `<select aria-label="control" ${CHANGE}><option>1<option>2<option>3<option>4</select>`,
      async (page) => {
        await page.getByLabel('control').focus();
        await press(page, 'ArrowDown', 3);
      },
      4,
    ],
    [
      'in a component that moves the focus by itself',
      `<some-stars ${CHANGE}>${[1, 2, 3, 4].map((n) => `<i tabindex="0" id="star-${n}">${n}</i>`).join('')}</some-stars>`,
      async (page) => {
        await page.evaluate(() => {
          const host = document.querySelector('some-stars') as HTMLElement & { value?: string };
          host.addEventListener('keydown', ({ key }) => {
            const star = document.activeElement as HTMLElement;
            const next = star.nextElementSibling as HTMLElement | null;
            if (key !== 'ArrowRight' || !next) return;
            star.blur();
            next.focus();
            host.value = next.textContent as string;
            host.dispatchEvent(new Event('change', { bubbles: true }));
          });
        });
        await page.locator('#star-1').focus();
        await press(page, 'ArrowRight', 3);
      },
      4,
    ],
    [
      'by the digits of a date',
      `<input type="date" aria-label="control" ${CHANGE}>`,
      async (page) => {
        await page.getByLabel('control').focus();
        await page.keyboard.type('01022026');
      },
    ],
  ];
  for (const [what, html, act, value] of STEPS) {
    test(what, { tag: '@chromium' }, async ({ page, site }) => {
      await page.clock.install();
      await open(page, site, `${html}<button>next</button>`);
      await page.clock.pauseAt(Date.now() + 60_000);
      await act(page);
      expect(await made(page, 'eventValue')).toEqual([]);
      await page.keyboard.press('Tab');
      expect(await made(page, 'eventValue')).toEqual([['rate', value]]);
    });
  }

  const GROUP = `<fieldset ${CHANGE}>${STARS.join('')}</fieldset>`;
  const choose = async (page: Page) => {
    await page.getByLabel('1 stars').focus();
    await press(page, 'ArrowRight', 2);
  };

  test('over when nothing has followed for a second, and told with the time of its last step', {
    tag: '@core',
  }, async ({ page, site }) => {
    await page.clock.install();
    await open(page, site, GROUP);
    await page.clock.pauseAt(Date.now() + 60_000);
    await choose(page);
    const chosenAt = await page.evaluate(() => Date.now());
    await page.clock.runFor(900);
    await press(page, 'ArrowRight', 1);
    await page.clock.runFor(900);
    expect(await made(page, 'eventValue')).toEqual([]);
    await page.clock.runFor(100);
    expect(await made(page, 'eventValue', 'sentAt')).toEqual([['rate', 4, (chosenAt + 900) / 1000]]);
  });

  const LEAVINGS: [what: string, leave: (page: Page) => Promise<unknown>][] = [
    [
      'the control loses the focus',
      (page) => page.evaluate(() => (document.activeElement as HTMLElement).blur()),
    ],
    ['the visitor goes on by Tab', (page) => page.keyboard.press('Tab')],
    ['something else is clicked', (page) => page.getByText('elsewhere').click()],
    ['the page is hidden', hide],
  ];
  for (const [what, leave] of LEAVINGS) {
    test(`over when ${what}`, async ({ page, site }) => {
      await page.clock.install();
      await open(page, site, `${GROUP}<button>elsewhere</button>`);
      await page.clock.pauseAt(Date.now() + 60_000);
      await choose(page);
      expect(await values(page)).toEqual([]);
      await leave(page);
      expect(await values(page)).toEqual([3]);
      await page.clock.runFor(5000);
      expect(await values(page)).toEqual([3]);
    });
  }

  test('arrives when the page is left in its midst', async ({ page, aws, site }) => {
    await page.clock.install();
    await open(page, site, GROUP, PATIENT);
    await warmUp(page, PROMPT_SENDS);
    await page.clock.pauseAt(Date.now() + 60_000);
    await choose(page);
    await page.goto('about:blank');
    await expect
      .poll(() => aws.counted().filter(({ eventType }) => eventType === 'rate'))
      .toMatchObject([{ itemId: 'film', eventValue: 3 }]);
  });

  test('arrives when the tracker is stopped in its midst', async ({ page, aws, site }) => {
    await page.clock.install();
    await open(page, site, GROUP, PATIENT);
    await warmUp(page, PROMPT_SENDS);
    await page.clock.pauseAt(Date.now() + 60_000);
    await choose(page);
    await page.evaluate(() => window.personalize.stop());
    await page.goto(site.url);
    await page.clock.resume();
    await flush(page);
    expect(aws.counted().filter(({ eventType }) => eventType === 'rate')).toMatchObject([
      { itemId: 'film', eventValue: 3 },
    ]);
  });

  test('ahead of what it is sent with', { tag: '@core' }, async ({ page, site }) => {
    await page.clock.install();
    await open(
      page,
      site,
      `<form data-personalize-on="submit" onsubmit="return false">${GROUP}<button>send</button></form>`,
    );
    await page.clock.pauseAt(Date.now() + 60_000);
    await choose(page);
    await page.keyboard.press('Enter');
    expect(await made(page, 'eventValue')).toEqual([
      ['rate', 3],
      ['purchase', undefined],
    ]);
  });

  test('by the pointer each choice counts at once', { tag: '@core' }, async ({ page, site }) => {
    await open(page, site, GROUP);
    await page.getByText('4 stars').click();
    expect(await values(page)).toEqual([4]);
    await page.getByText('2 stars').click();
    expect(await values(page)).toEqual([4, 2]);
  });

  test('two choices are two, however busy the browser is', async ({ page, site }) => {
    await page.clock.install();
    await open(page, site, GROUP);
    await page.evaluate(() =>
      Reflect.deleteProperty(Reflect.getPrototypeOf(scheduler) as object, 'postTask'),
    );
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.getByText('4 stars').click();
    await page.getByText('2 stars').click();
    expect(await values(page)).toEqual([4, 2]);
  });

  const drag = async (page: Page, selector: string) => {
    const { x, y, height } = (await page.locator(selector).boundingBox()) as DOMRect;
    await page.mouse.move(x + 20, y + height / 2);
    await page.mouse.down();
    for (const by of [40, 60, 150]) await page.mouse.move(x + by, y + height / 2);
    await page.mouse.up();
  };

  test('in a drag, at its end', { tag: '@core' }, async ({ page, site }) => {
    await open(page, site, `<input type="range" style="width: 200px" ${CHANGE}>`);
    await drag(page, 'input');
    const value = await page.locator('input').inputValue();
    expect(await values(page)).toEqual([Number(value)]);
  });

  test('in a drag of which a component tells each step', async ({ page, site }) => {
    await page.clock.install();
    await open(
      page,
      site,
      `<some-slider style="display: block; width: 200px; height: 20px" ${CHANGE}></some-slider>`,
    );
    await page.evaluate(() => {
      const slider = document.querySelector('some-slider') as HTMLElement & { value: number };
      for (const type of ['pointerdown', 'pointermove', 'pointerup']) {
        slider.addEventListener(type, (event) => {
          if (type === 'pointermove' && !(event as PointerEvent).buttons) return;
          slider.value = (event as PointerEvent).offsetX;
          slider.dispatchEvent(new Event('change', { bubbles: true }));
        });
      }
    });
    await drag(page, 'some-slider');
    await page.clock.runFor(5000);
    expect(await values(page)).toEqual([150]);
  });
});

test.describe('an event of another name', () => {
  const send = (page: Page, selector: string, type: string, init: CustomEventInit = {}) =>
    page.evaluate(
      ([selector, type, init]) => {
        document.querySelector(selector)?.dispatchEvent(new CustomEvent(type, init));
      },
      [selector, type, init] as const,
    );

  test('counts like a change, with the value of its target, or the number that it says', {
    tag: '@core',
  }, async ({ page, site }) => {
    await open(
      page,
      site,
      `<some-stars data-personalize-on="sl-change"></some-stars>
       <p data-personalize-on="app:rated" data-personalize-event="stars">text</p>
       <output data-personalize-on="app:rated">5</output>
       <fieldset data-personalize-on="update"><input value="2"></fieldset>`,
    );
    await page.evaluate(() => Object.assign(document.querySelector('some-stars') as Element, { value: 4 }));
    await send(page, 'some-stars', 'sl-change');
    // Neither is waited for here.
    await send(page, 'some-stars', 'change', { bubbles: true });
    await send(page, 'some-stars', 'app:rated', { bubbles: true });
    await send(page, 'p', 'app:rated', { detail: 3 });
    await send(page, 'p', 'app:rated', { detail: { value: '2.5' } });
    await send(page, 'p', 'app:rated', { detail: { value: 'good' } });
    await send(page, 'p', 'app:rated');
    await send(page, 'output', 'app:rated', { detail: 1 });
    await send(page, 'input', 'update', { bubbles: true, detail: 1 });
    await page.getByText('text').click();
    expect(await recorded(page, 'eventType', 'itemId', 'eventValue')).toEqual([
      ['rate', 'film', 4],
      ['stars', 'film', 3],
      ['stars', 'film', 2.5],
      ['stars', 'film', undefined],
      ['stars', 'film', undefined],
      ['rate', 'film', 5],
      ['rate', 'film', 2],
    ]);
  });

  test('is waited for by what comes later, and by what is given another name', async ({ page, site }) => {
    await open(page, site, '<p data-personalize-on="first">early</p>');
    await page.evaluate(() => {
      document
        .querySelector('main')
        ?.insertAdjacentHTML('beforeend', '<b data-personalize-on="late">late</b>');
      document.querySelector('p')?.setAttribute('data-personalize-on', 'second');
    });
    for (const type of ['first', 'second']) await send(page, 'p', type, { detail: 1 });
    await send(page, 'b', 'late', { detail: 2 });
    expect(await made(page, 'eventValue')).toEqual([
      ['rate', 1],
      ['rate', 2],
    ]);
  });

  test('a type of its own, in a domain too; and of an action it is one that is taken', async ({
    page,
    site,
  }) => {
    await open(
      page,
      site,
      `<p data-personalize-on="rated">text</p><b data-personalize-action="join" data-personalize-on="joined"></b>`,
      { 'data-domain': 'ECOMMERCE', 'data-action-tracking-id': 'demo-action-tracker' },
    );
    await send(page, 'p', 'rated', { detail: 1 });
    await send(page, 'b', 'joined', { detail: 1 });
    expect(await made(page, 'itemId', 'actionId', 'eventValue')).toEqual([
      ['Rate', 'film', undefined, 1],
      ['Taken', undefined, 'join', undefined],
    ]);
  });

  test('the browser’s own are of the element that they are sent to, and the clicks they count are no value', async ({
    page,
    site,
  }) => {
    await open(
      page,
      site,
      `<div data-personalize-on="mouseenter">around <b>inside</b></div>
       <p data-personalize-on="dblclick">twice</p>
       <details data-personalize-on="toggle"><summary>more</summary>
         <details id="inner"><summary>most</summary>text</details></details>`,
    );
    await page.getByText('around').hover({ position: { x: 5, y: 5 } });
    await page.getByText('inside').hover();
    expect(await made(page, 'eventValue')).toEqual([['rate', undefined]]);
    await page.getByText('twice').dblclick();
    await expect.poll(() => made(page, 'eventValue')).toHaveLength(2);
    await page.getByText('more').click();
    await expect.poll(() => made(page, 'eventValue')).toHaveLength(3);
    const toggled = page.evaluate(
      () => new Promise((resolve) => document.querySelector('#inner')?.addEventListener('toggle', resolve)),
    );
    await page.getByText('most').click();
    await toggled;
    expect(await made(page, 'eventValue')).toEqual(Array(3).fill(['rate', undefined]));
  });

  test('what waits for one is not watched for impressions', async ({ page, site }) => {
    await page.addInitScript(() => {
      const { observe } = IntersectionObserver.prototype;
      const watched: string[] = [];
      IntersectionObserver.prototype.observe = function (target) {
        watched.push(target.id);
        observe.call(this, target);
      };
      Object.assign(window, { watched });
    });
    await open(
      page,
      site,
      '<p id="tile" data-personalize-item="b"></p><p id="waits" data-personalize-on="rated"></p>',
    );
    expect(await page.evaluate(() => Reflect.get(window, 'watched'))).toEqual(['', 'tile']);
  });
});

/** How components send on what a control in them has sent: in the same task. */
const COMPONENTS: Record<string, (host: Element, inner: Element) => void> = {
  'an event of its own, at once': (host, inner) => {
    inner.addEventListener('change', () => host.dispatchEvent(new Event('change', { bubbles: true })));
  },
  'an event that is composed, after it has rendered': (host, inner) => {
    inner.addEventListener('change', async () => {
      await null;
      host.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
    });
  },
  'an event before its control does': (host, inner) => {
    inner.addEventListener('click', () => {
      Object.assign(host, { value: 'on', checked: true });
      host.dispatchEvent(new Event('change', { bubbles: true }));
    });
  },
  'nothing, but its control an event that is composed': (_, inner) => {
    inner.addEventListener('click', () => {
      inner.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
    });
  },
};

test.describe('a component that sends', () => {
  for (const [what, wire] of Object.entries(COMPONENTS)) {
    test(`${what}, makes one event of a change`, async ({ page, site }) => {
      await open(page, site, `<some-box ${CHANGE}></some-box>`);
      await page.evaluate(
        ([wire]) => {
          const host = document.querySelector('some-box') as Element;
          const root = host.attachShadow({ mode: 'open' });
          root.innerHTML = '<label><input type="checkbox">box</label>';
          new Function('host', 'inner', `(${wire})(host, inner)`)(host, root.querySelector('input'));
        },
        [`${wire}`],
      );
      await page.getByText('box').click();
      expect(await made(page, 'eventValue')).toEqual([['rate', 1]]);
      await page.getByText('box').click();
      expect(await made(page, 'eventValue')).toHaveLength(2);
    });
  }

  test('each control of a form that fills in several at once counts by its own mark', {
    tag: '@core',
  }, async ({ page, site }) => {
    await open(page, site, `<input value="1" ${CHANGE}><input value="2" ${CHANGE}>`);
    await page.evaluate(() => {
      for (const input of document.querySelectorAll('input')) {
        input.dispatchEvent(new Event('change', { bubbles: true }));
      }
    });
    expect(await values(page)).toEqual([1, 2]);
  });

  test('a control that lies in a slot is heard once', async ({ page, site }) => {
    await open(page, site, `<some-field ${CHANGE}><input aria-label="control"></some-field>`);
    await page.evaluate(() => {
      const root = document.querySelector('some-field')?.attachShadow({ mode: 'open' }) as ShadowRoot;
      root.innerHTML = '<slot></slot>';
    });
    await page.getByLabel('control').fill('4');
    await page.getByLabel('control').blur();
    expect(await values(page)).toEqual([4]);
  });
});

const INNER = `<form data-personalize-on="submit" onsubmit="return false"><button>buy</button></form>
  <select ${CHANGE} aria-label="rating"><option>1<option>5</select>
  <button data-personalize-event="like">like</button>
  <p data-personalize-on="rated">stars</p>`;

/** All that may be done in a root; the last two are heard by what is around it. */
const actIn = async (page: Page) => {
  await page.getByText('buy').click();
  await page.getByLabel('rating').selectOption('5');
  await page.getByText('like').click();
  await page
    .getByText('stars')
    .evaluate((stars) => stars.dispatchEvent(new CustomEvent('rated', { detail: 3 })));
};
const DONE = [
  ['purchase', 'film', undefined],
  ['rate', 'film', 5],
  ['like', 'film', undefined],
  ['rate', 'film', 3],
];
const all = (page: Page) => recorded(page, 'eventType', 'itemId', 'eventValue');

/** Puts HTML into a root, before the script or after it: `early` runs where the tag is to come. */
const ROOTS: Record<
  string,
  { early?: string; late?: (html: string) => void; html?: string; isLost?: boolean }
> = {
  'attached before the script': {
    early: `document.querySelector('#host').attachShadow({ mode: 'open' }).innerHTML = inner`,
  },
  'attached long after it': {
    late: (html) => {
      const host = document.querySelector('#host') as Element;
      host.attachShadow({ mode: 'open' }).innerHTML = html;
    },
  },
  'attached to what comes later': {
    late: (html) => {
      const host = document.createElement('div');
      host.attachShadow({ mode: 'open' }).innerHTML = html;
      document.querySelector('#host')?.append(host);
    },
  },
  'of the markup': { html: `<template shadowrootmode="open">${INNER}</template>` },
  'of markup in another root': {
    html: `<template shadowrootmode="open"><div><span><template shadowrootmode="open">${INNER}</template></span></div></template>`,
  },
  'of setHTMLUnsafe()': {
    late: (html) => {
      document
        .querySelector('#host')
        ?.setHTMLUnsafe(`<div><span><template shadowrootmode="open">${html}</template></span></div>`);
    },
  },
  'of setHTMLUnsafe() in a root': {
    late: (html) => {
      const root = document.querySelector('#host')?.attachShadow({ mode: 'open' });
      root?.setHTMLUnsafe(`<div><span><template shadowrootmode="open">${html}</template></span></div>`);
    },
  },
  'of a class that is defined later': {
    html: '<late-host></late-host>',
    late: (html) => {
      customElements.define(
        'late-host',
        class extends HTMLElement {
          constructor() {
            super();
            this.attachShadow({ mode: 'open' }).innerHTML = html;
          }
        },
      );
    },
  },
  'by a method that the page has kept from before': {
    early: 'window.kept = Element.prototype.attachShadow',
    late: (html) => {
      const kept: typeof Element.prototype.attachShadow = Reflect.get(window, 'kept');
      kept.call(document.querySelector('#host') as Element, { mode: 'open' }).innerHTML = html;
    },
  },
  'by a prototype that the page has frozen': {
    early: 'Object.freeze(Element.prototype)',
    late: (html) => {
      const host = document.querySelector('#host') as Element;
      host.attachShadow({ mode: 'open' }).innerHTML = html;
    },
  },
};

test.describe('in a shadow root', () => {
  for (const [what, { early, late, html = '' }] of Object.entries(ROOTS)) {
    test(`${what}, forms and controls find the item outside`, async ({ page, site }) => {
      site.add(
        '/',
        `<main data-personalize-item="film" data-personalize-on="load"><div id="host">${html}</div></main>
         <script>{ const inner = ${JSON.stringify(INNER)}; ${early ?? ''} }</script>${site.tag()}`,
      );
      await page.goto(site.url);
      await page.evaluate(() => window.personalize.ready);
      await listenIn(page);
      if (late) await page.evaluate(late, INNER);
      await actIn(page);
      expect(await all(page)).toEqual(DONE);
    });

    test(`${what}, the mark on its host is heard`, async ({ page, site }) => {
      const plain = INNER.replaceAll(CHANGE, '');
      site.add(
        '/',
        `<main data-personalize-item="film" data-personalize-on="load"><div id="host" ${CHANGE}>${html.replaceAll(CHANGE, '')}</div></main>
         <script>{ const inner = ${JSON.stringify(plain)}; ${early ?? ''} }</script>${site.tag()}`,
      );
      await page.goto(site.url);
      await page.evaluate(() => window.personalize.ready);
      await listenIn(page);
      if (late) await page.evaluate(late, plain);
      await actIn(page);
      expect(await all(page)).toEqual(DONE);
    });
  }
});

for (const [what, early, late] of [
  ['before the script', 'attach()', ''],
  ['after it', '', 'attach()'],
]) {
  test(`an event of another name in a root that is attached ${what} is heard by the mark on its host`, async ({
    page,
    site,
  }) => {
    site.add(
      '/',
      `<main data-personalize-item="film"><div id="host" data-personalize-on="rated"></div></main><script>
       const attach = () => { host.attachShadow({ mode: 'open' }).innerHTML = '<p>stars</p>' };
       ${early}</script>${site.tag()}<script>${late}</script>`,
    );
    await page.goto(site.url);
    await page.evaluate(() => window.personalize.ready);
    await listenIn(page);
    await page.getByText('stars').evaluate((p) => p.dispatchEvent(new CustomEvent('rated', { detail: 3 })));
    expect(await all(page)).toEqual([['rate', 'film', 3]]);
  });
}

test('the options of a root are read once, as the browser reads them', async ({ page, site }) => {
  await open(page, site, '');
  const reads = await page.evaluate(() => {
    let reads = 0;
    document.createElement('div').attachShadow({
      get mode() {
        if (reads++) throw new Error('read twice');
        return 'open' as const;
      },
    });
    return reads;
  });
  expect(reads).toBe(1);
});

test('what the page stops at the document is heard all the same', { tag: '@core' }, async ({
  page,
  site,
}) => {
  const stop = `<script>for (const type of ['submit', 'change', 'rated'])
    document.addEventListener(type, (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
    }, true)</script>`;
  site.add('/', `${stop}${site.tag()}<main data-personalize-item="film">${INNER}</main>`);
  await page.goto(site.url);
  await page.evaluate(() => window.personalize.ready);
  await listenIn(page);
  await actIn(page);
  expect(await all(page)).toEqual(DONE);
});

test.describe('a root that the parser attaches after the script has run', () => {
  /** A page that comes in pieces, each when it is told to. */
  const stream = async (page: Page, site: Site, serve: Serve) => {
    let pageResponse: ServerResponse | undefined;
    const port = await serve((request, response) => {
      const script = readScript((request.url ?? '').split('?')[0] as string);
      if (script) return response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.write(
        `<!doctype html><link rel="icon" href="data:,">${site.tag({ 'data-impression-time': '0' })}`,
      );
      pageResponse = response;
    });
    await page.goto(`http://localhost:${port}`, { waitUntil: 'commit' });
    await expect.poll(() => page.evaluate(() => !!window.personalize?.ready)).toBe(true);
    await listenIn(page);
    return pageResponse as ServerResponse;
  };
  const isThere = (page: Page, selector: string) => expect(page.locator(selector)).toBeAttached();

  test('is heard by the first click in it, while the page is still on its way', async ({
    page,
    site,
    serve,
  }) => {
    await page.clock.install();
    const response = await stream(page, site, serve);
    // No timer finds it.
    await page.clock.pauseAt(Date.now() + 60_000);
    response.write('<main data-personalize-item="film"><div id="host">');
    await isThere(page, '#host');
    response.write(`<template shadowrootmode="open">${INNER}</template>`);
    await page.getByText('stars').waitFor();
    await actIn(page);
    expect(await all(page)).toEqual(DONE);
    expect(await page.evaluate(() => document.readyState)).toBe('loading');
  });

  // A view by `load` would wait for the end of the document.
  const VIEW = '<p data-personalize-item="inside" data-personalize-impression="view">inside</p>';

  test('is found though nothing follows it', async ({ page, site, serve }) => {
    const response = await stream(page, site, serve);
    response.write('<main><div><p>more</p><div id="host">');
    await isThere(page, '#host');
    response.write(`<template shadowrootmode="open">${VIEW}</template>`);
    await expect.poll(() => recorded(page, 'eventType', 'itemId')).toEqual([['view', 'inside']]);
    expect(await page.evaluate(() => document.readyState)).toBe('loading');
  });

  test('is found in another one that is still open', async ({ page, site, serve }) => {
    const response = await stream(page, site, serve);
    response.write('<main><div>');
    await isThere(page, 'div');
    response.write('<template shadowrootmode="open"><section><span id="host">');
    await isThere(page, '#host');
    response.write(`<template shadowrootmode="open">${VIEW}`);
    await expect.poll(() => recorded(page, 'eventType', 'itemId')).toEqual([['view', 'inside']]);
    response.write(VIEW.replaceAll('inside', 'later'));
    await expect
      .poll(() => recorded(page, 'eventType', 'itemId'))
      .toEqual([
        ['view', 'inside'],
        ['view', 'later'],
      ]);
    expect(await page.evaluate(() => document.readyState)).toBe('loading');
  });

  test('is found at once when something follows', async ({ page, site, serve }) => {
    await page.clock.install();
    const response = await stream(page, site, serve);
    await page.clock.pauseAt(Date.now() + 60_000);
    response.write('<main><div id="host">');
    await isThere(page, '#host');
    response.write(`<template shadowrootmode="open">${VIEW}</template>text`);
    const views = async () => {
      // So little that the search at intervals does not begin.
      await page.clock.runFor(1);
      return recorded(page, 'eventType', 'itemId');
    };
    await expect.poll(views).toEqual([['view', 'inside']]);
  });

  test('is found when the page is complete, wherever it is', async ({ page, site, serve }) => {
    const response = await stream(page, site, serve);
    response.write('<main><div id="host">');
    await isThere(page, '#host');
    // The end of the page no longer tells where the parser is.
    await page.evaluate(() => document.body.append(document.createElement('aside')));
    response.write(`<template shadowrootmode="open">${VIEW}</template></div></main>`);
    response.end();
    await expect.poll(() => recorded(page, 'eventType', 'itemId')).toEqual([['view', 'inside']]);
  });
});

test.describe('a mark without an item around it', () => {
  const BODY = `<main data-personalize-item="film">film</main>
    <button data-personalize-event="like">portal</button>
    <input aria-label="rating" data-personalize-event="stars" ${CHANGE}>
    <form data-personalize-on="submit" onsubmit="return false"><button>send</button></form>
    <b id="custom" data-personalize-on="rated">stars</b>
    <section data-personalize-event="open"><i>around</i><p data-personalize-item="a">tile</p></section>
    <ul data-personalize-list data-personalize-event="open"><li>empty</li></ul>`;

  const act = async (page: Page) => {
    for (const text of ['film', 'portal', 'send', 'stars', 'around', 'tile', 'empty']) {
      await page.getByText(text, { exact: true }).click();
    }
    await page.getByLabel('rating').fill('4');
    await page.getByLabel('rating').blur();
    await page.locator('#custom').dispatchEvent('rated');
  };

  test('is told once for each element, with the element, where `debug` is on', async ({ page, site }) => {
    const warnings: ConsoleMessage[] = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message));
    site.add('/', `${BODY}${site.tag({ 'data-debug': '' })}`);
    await page.goto(site.url);
    await act(page);
    await act(page);
    await expect.poll(() => warnings.length).toBe(4);
    const told = warnings.map(async (message) => [
      message.text().split(': ').slice(0, 2).join(': '),
      await message.args()[1]?.evaluate((element) => element.localName),
    ]);
    expect(await Promise.all(told)).toEqual([
      ['personalize-beacon: click made no event', 'button'],
      ['personalize-beacon: submit made no event', 'form'],
      ['personalize-beacon: change made no event', 'input'],
      ['personalize-beacon: rated made no event', 'b'],
    ]);
  });

  test('costs nothing without it', async ({ page, site }) => {
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    site.add('/', `${BODY}${site.tag()}`);
    await page.goto(site.url);
    await page.evaluate(() => window.personalize.ready);
    await listenIn(page);
    await act(page);
    expect(await recorded(page, 'itemId')).toEqual(['film', 'a']);
    expect(said).toEqual([]);
  });
});
