// Tests of forms and controls: their values, choices in several steps, custom event names, shadow roots.
import type { ServerResponse } from 'node:http';
import type { ConsoleMessage, Page } from '@playwright/test';
import { readScript } from '../../demo/script.js';
import { test } from '../support/console-errors.js';
import { expect, hide, IMMEDIATE_FLUSHES, type Site, warmUp } from '../support/fixtures.js';
import { collectRecorded, recorded } from '../support/paused-page.js';
import type { Serve } from '../support/serve.js';
import { flush, LONG_FLUSH_INTERVAL } from '../support/visits.js';

const open = async (page: Page, site: Site, body: string, options = {}) => {
  site.add('/', `${site.tag(options)}<main data-personalize-item="film">${body}</main>`);
  await page.goto(site.url);
  await page.evaluate(() => window.personalize.ready);
  await collectRecorded(page);
  await page.evaluate(() => window.personalize.ready);
};

/** Returns the recorded events except clicks: a choice by pointer or keyboard is a click as well. */
const nonClickEvents = async (page: Page, ...fields: string[]) => {
  const events = (await recorded(page, 'eventType', ...fields)) as unknown[][];
  return events.filter(([type]) => type !== 'click');
};
const values = async (page: Page) => (await nonClickEvents(page, 'eventValue')).map(([, value]) => value);

const CHANGE = 'data-personalize-on="change"';

test.describe('the value of', () => {
  /** Fills in the control labelled `control` and moves the focus away. */
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
    ['a number too large for 32 bits', input('number'), fill('1e39')],
    ['a text field that holds a number', input('text'), fill(' 4 '), 4],
    ['a text field that holds a word', input('text'), fill('good')],
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
    [
      'an unchecked checkbox',
      input('checkbox', 'checked'),
      (page) => page.getByLabel('control').uncheck(),
      0,
    ],
    ['a radio button', input('radio', 'value="3"'), (page) => page.getByLabel('control').check(), 3],
    [
      'a radio button whose value is a word',
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
      'a list that allows several choices',
      `<select multiple aria-label="control" ${CHANGE}><option>1<option>5</select>`,
      select('1', '5'),
    ],
    [
      'a file input',
      input('file'),
      (page) =>
        page
          .getByLabel('control')
          .setInputFiles({ name: '4', mimeType: 'text/plain', buffer: Buffer.from('4') }),
    ],
    [
      'a contenteditable text',
      `<p contenteditable aria-label="control" ${CHANGE}>4</p>`,
      (page) => page.getByLabel('control').dispatchEvent('change'),
    ],
    ['a control with data-personalize-value', input('number', 'data-personalize-value="9"'), fill('4'), 9],
  ];
  for (const [what, html, act, value] of CONTROLS) {
    test(`${what} is ${value ?? 'none'}, and the event is recorded`, async ({ page, site }) => {
      await open(page, site, html);
      await act(page);
      await expect
        .poll(() => nonClickEvents(page, 'itemId', 'eventValue'))
        .toEqual([['rate', 'film', value]]);
    });
  }

  test('a custom element is read from its numeric value or checked state, and a throwing getter loses no event', {
    tag: '@core',
  }, async ({ page, aws, site }) => {
    await open(page, site, '', LONG_FLUSH_INTERVAL);
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

  test('an attribute that is not a number rejects the event with the reason', async ({ page, site }) => {
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

test.describe('a choice', () => {
  const press = async (page: Page, key: string, times: number) => {
    for (; times > 0; times--) await page.keyboard.press(key);
  };

  /** Changes each control in three steps. */
  const STEPS: [what: string, html: string, act: (page: Page) => Promise<unknown>, value?: number][] = [
    [
      'arrow keys in a group of radio buttons',
      `<fieldset ${CHANGE}>${STARS.join('')}</fieldset>`,
      async (page) => {
        await page.getByLabel('1 stars').focus();
        await press(page, 'ArrowRight', 3);
      },
      4,
    ],
    [
      'arrow keys in a group whose radio buttons each have a mark',
      STARS.join('').replaceAll('<input', `<input ${CHANGE}`),
      async (page) => {
        await page.getByLabel('1 stars').focus();
        await press(page, 'ArrowDown', 3);
      },
      4,
    ],
    [
      'arrow keys in a range',
      `<input type="range" aria-label="control" max="10" value="0" ${CHANGE}>`,
      async (page) => {
        await page.getByLabel('control').focus();
        await press(page, 'ArrowRight', 3);
      },
      3,
    ],
    [
      'arrow keys in a number field',
      `<input type="number" aria-label="control" ${CHANGE}>`,
      async (page) => {
        await page.getByLabel('control').focus();
        await press(page, 'ArrowUp', 3);
      },
      3,
    ],
    [
      'arrow keys in a list',
      `<select aria-label="control" ${CHANGE}><option>1<option>2<option>3<option>4</select>`,
      async (page) => {
        await page.getByLabel('control').focus();
        await press(page, 'ArrowDown', 3);
      },
      4,
    ],
    [
      'arrow keys in a component that moves the focus itself',
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
      'typing the digits of a date',
      `<input type="date" aria-label="control" ${CHANGE}>`,
      async (page) => {
        await page.getByLabel('control').focus();
        await page.keyboard.type('01022026');
      },
    ],
  ];
  for (const [what, html, act, value] of STEPS) {
    test(`in several steps by ${what} is recorded once`, { tag: '@chromium' }, async ({ page, site }) => {
      await page.clock.install();
      await open(page, site, `${html}<button>next</button>`);
      await page.clock.pauseAt(Date.now() + 60_000);
      await act(page);
      expect(await nonClickEvents(page, 'eventValue')).toEqual([]);
      await page.keyboard.press('Tab');
      expect(await nonClickEvents(page, 'eventValue')).toEqual([['rate', value]]);
    });
  }

  const GROUP = `<fieldset ${CHANGE}>${STARS.join('')}</fieldset>`;
  const choose = async (page: Page) => {
    await page.getByLabel('1 stars').focus();
    await press(page, 'ArrowRight', 2);
  };

  test('in several steps ends a second after the last step and has the time of that step', {
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
    expect(await nonClickEvents(page, 'eventValue')).toEqual([]);
    await page.clock.runFor(100);
    expect(await nonClickEvents(page, 'eventValue', 'sentAt')).toEqual([
      ['rate', 4, (chosenAt + 900) / 1000],
    ]);
  });

  const ENDINGS: [what: string, end: (page: Page) => Promise<unknown>][] = [
    [
      'the control loses the focus',
      (page) => page.evaluate(() => (document.activeElement as HTMLElement).blur()),
    ],
    ['the visitor presses Tab', (page) => page.keyboard.press('Tab')],
    ['the visitor clicks something else', (page) => page.getByText('elsewhere').click()],
    ['the page is hidden', hide],
  ];
  for (const [what, end] of ENDINGS) {
    test(`in several steps ends when ${what}`, async ({ page, site }) => {
      await page.clock.install();
      await open(page, site, `${GROUP}<button>elsewhere</button>`);
      await page.clock.pauseAt(Date.now() + 60_000);
      await choose(page);
      expect(await values(page)).toEqual([]);
      await end(page);
      expect(await values(page)).toEqual([3]);
      await page.clock.runFor(5000);
      expect(await values(page)).toEqual([3]);
    });
  }

  test('in several steps arrives when the page unloads between two steps', async ({ page, aws, site }) => {
    await page.clock.install();
    await open(page, site, GROUP, LONG_FLUSH_INTERVAL);
    await warmUp(page, IMMEDIATE_FLUSHES);
    await page.clock.pauseAt(Date.now() + 60_000);
    await choose(page);
    await page.goto('about:blank');
    await expect
      .poll(() => aws.counted().filter(({ eventType }) => eventType === 'rate'))
      .toMatchObject([{ itemId: 'film', eventValue: 3 }]);
  });

  test('in several steps arrives when stop() is called between two steps', async ({ page, aws, site }) => {
    await page.clock.install();
    await open(page, site, GROUP, LONG_FLUSH_INTERVAL);
    await warmUp(page, IMMEDIATE_FLUSHES);
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

  test('in several steps is recorded before the form is submitted', { tag: '@core' }, async ({
    page,
    site,
  }) => {
    await page.clock.install();
    await open(
      page,
      site,
      `<form data-personalize-on="submit" onsubmit="return false">${GROUP}<button>send</button></form>`,
    );
    await page.clock.pauseAt(Date.now() + 60_000);
    await choose(page);
    await page.keyboard.press('Enter');
    expect(await nonClickEvents(page, 'eventValue')).toEqual([
      ['rate', 3],
      ['purchase', undefined],
    ]);
  });

  test('by pointer is recorded at once', { tag: '@core' }, async ({ page, site }) => {
    await open(page, site, GROUP);
    await page.getByText('4 stars').click();
    expect(await values(page)).toEqual([4]);
    await page.getByText('2 stars').click();
    expect(await values(page)).toEqual([4, 2]);
  });

  test('by each of two clicks is recorded without scheduler.postTask()', async ({ page, site }) => {
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

  test('by a drag is recorded at its end', { tag: '@core' }, async ({ page, site }) => {
    await open(page, site, `<input type="range" style="width: 200px" ${CHANGE}>`);
    await drag(page, 'input');
    const value = await page.locator('input').inputValue();
    expect(await values(page)).toEqual([Number(value)]);
  });

  test('by a drag in a component is recorded once, although each step dispatches a change', async ({
    page,
    site,
  }) => {
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

test.describe('a custom event name', () => {
  const send = (page: Page, selector: string, type: string, init: CustomEventInit = {}) =>
    page.evaluate(
      ([selector, type, init]) => {
        document.querySelector(selector)?.dispatchEvent(new CustomEvent(type, init));
      },
      [selector, type, init] as const,
    );

  test('counts like a change, with the numeric detail or the value of its target', {
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
    // Neither mark names these events.
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

  test('is observed when an element is added later or its data-personalize-on changes', async ({
    page,
    site,
  }) => {
    await open(page, site, '<p data-personalize-on="first">early</p>');
    await page.evaluate(() => {
      document
        .querySelector('main')
        ?.insertAdjacentHTML('beforeend', '<b data-personalize-on="late">late</b>');
      document.querySelector('p')?.setAttribute('data-personalize-on', 'second');
    });
    for (const type of ['first', 'second']) await send(page, 'p', type, { detail: 1 });
    await send(page, 'b', 'late', { detail: 2 });
    expect(await nonClickEvents(page, 'eventValue')).toEqual([
      ['rate', 1],
      ['rate', 2],
    ]);
  });

  test('is recorded with the default type of its domain, or as Taken for an action', async ({
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
    expect(await nonClickEvents(page, 'itemId', 'actionId', 'eventValue')).toEqual([
      ['Rate', 'film', undefined, 1],
      ['Taken', undefined, 'join', undefined],
    ]);
  });

  test('may be a browser event, which counts only on its target and whose click count is no value', async ({
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
    expect(await nonClickEvents(page, 'eventValue')).toEqual([['rate', undefined]]);
    await page.getByText('twice').dblclick();
    await expect.poll(() => nonClickEvents(page, 'eventValue')).toHaveLength(2);
    await page.getByText('more').click();
    await expect.poll(() => nonClickEvents(page, 'eventValue')).toHaveLength(3);
    const toggled = page.evaluate(
      () => new Promise((resolve) => document.querySelector('#inner')?.addEventListener('toggle', resolve)),
    );
    await page.getByText('most').click();
    await toggled;
    expect(await nonClickEvents(page, 'eventValue')).toEqual(Array(3).fill(['rate', undefined]));
  });

  test('does not make an element observed for impressions', async ({ page, site }) => {
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
    // Elements that are not yet visible are watched again.
    const watched = await page.evaluate(() => Reflect.get(window, 'watched'));
    expect([...new Set(watched)]).toEqual(['', 'tile']);
  });
});

/** Lists how components re-dispatch the event of an inner control in the same task. */
const COMPONENTS: Record<string, (host: Element, inner: Element) => void> = {
  'an event of its own at once': (host, inner) => {
    inner.addEventListener('change', () => host.dispatchEvent(new Event('change', { bubbles: true })));
  },
  'a composed event after it has rendered': (host, inner) => {
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
  'nothing, while its control dispatches a composed event': (_, inner) => {
    inner.addEventListener('click', () => {
      inner.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
    });
  },
};

test.describe('a component', () => {
  for (const [what, dispatch] of Object.entries(COMPONENTS)) {
    test(`that dispatches ${what} makes one event of a change`, async ({ page, site }) => {
      await open(page, site, `<some-box ${CHANGE}></some-box>`);
      await page.evaluate(
        ([dispatch]) => {
          const host = document.querySelector('some-box') as Element;
          const root = host.attachShadow({ mode: 'open' });
          root.innerHTML = '<label><input type="checkbox">box</label>';
          new Function('host', 'inner', `(${dispatch})(host, inner)`)(host, root.querySelector('input'));
        },
        [`${dispatch}`],
      );
      await page.getByText('box').click();
      expect(await nonClickEvents(page, 'eventValue')).toEqual([['rate', 1]]);
      await page.getByText('box').click();
      expect(await nonClickEvents(page, 'eventValue')).toHaveLength(2);
    });
  }

  test('of several controls that change at once records each control with its own mark', {
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

  test('with a slotted control records its change once', async ({ page, site }) => {
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

/** Acts on each element of `INNER`. Marks on the root's host hear the last two. */
const actInRoot = async (page: Page) => {
  await page.getByText('buy').click();
  await page.getByLabel('rating').selectOption('5');
  await page.getByText('like').click();
  await page
    .getByText('stars')
    .evaluate((stars) => stars.dispatchEvent(new CustomEvent('rated', { detail: 3 })));
};
const EXPECTED = [
  ['purchase', 'film', undefined],
  ['rate', 'film', 5],
  ['like', 'film', undefined],
  ['rate', 'film', 3],
];
const allEvents = (page: Page) => recorded(page, 'eventType', 'itemId', 'eventValue');

/** Puts HTML into a root: `early` runs before the script tag, `late` after it. */
const ROOTS: Record<
  string,
  { early?: string; late?: (html: string) => void; html?: string; isLost?: boolean }
> = {
  'attached before the script': {
    early: `document.querySelector('#host').attachShadow({ mode: 'open' }).innerHTML = inner`,
  },
  'attached long after the script': {
    late: (html) => {
      const host = document.querySelector('#host') as Element;
      host.attachShadow({ mode: 'open' }).innerHTML = html;
    },
  },
  'attached to an element added later': {
    late: (html) => {
      const host = document.createElement('div');
      host.attachShadow({ mode: 'open' }).innerHTML = html;
      document.querySelector('#host')?.append(host);
    },
  },
  'declared in the markup': { html: `<template shadowrootmode="open">${INNER}</template>` },
  'declared inside another root': {
    html: `<template shadowrootmode="open"><div><span><template shadowrootmode="open">${INNER}</template></span></div></template>`,
  },
  'attached by setHTMLUnsafe()': {
    late: (html) => {
      document
        .querySelector('#host')
        ?.setHTMLUnsafe(`<div><span><template shadowrootmode="open">${html}</template></span></div>`);
    },
  },
  'attached by setHTMLUnsafe() inside a root': {
    late: (html) => {
      const root = document.querySelector('#host')?.attachShadow({ mode: 'open' });
      root?.setHTMLUnsafe(`<div><span><template shadowrootmode="open">${html}</template></span></div>`);
    },
  },
  'of a custom element defined later': {
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
  'attached by a saved copy of attachShadow()': {
    early: 'window.kept = Element.prototype.attachShadow',
    late: (html) => {
      const kept: typeof Element.prototype.attachShadow = Reflect.get(window, 'kept');
      kept.call(document.querySelector('#host') as Element, { mode: 'open' }).innerHTML = html;
    },
  },
  'attached while Element.prototype is frozen': {
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
      await collectRecorded(page);
      if (late) await page.evaluate(late, INNER);
      await actInRoot(page);
      expect(await allEvents(page)).toEqual(EXPECTED);
    });

    test(`${what}, the mark on its host hears events inside`, async ({ page, site }) => {
      const plain = INNER.replaceAll(CHANGE, '');
      site.add(
        '/',
        `<main data-personalize-item="film" data-personalize-on="load"><div id="host" ${CHANGE}>${html.replaceAll(CHANGE, '')}</div></main>
         <script>{ const inner = ${JSON.stringify(plain)}; ${early ?? ''} }</script>${site.tag()}`,
      );
      await page.goto(site.url);
      await page.evaluate(() => window.personalize.ready);
      await collectRecorded(page);
      if (late) await page.evaluate(late, plain);
      await actInRoot(page);
      expect(await allEvents(page)).toEqual(EXPECTED);
    });
  }
});

for (const [what, early, late] of [
  ['before the script', 'attach()', ''],
  ['after the script', '', 'attach()'],
]) {
  test(`a mark on a host hears a custom event from a root attached ${what}`, async ({ page, site }) => {
    site.add(
      '/',
      `<main data-personalize-item="film"><div id="host" data-personalize-on="rated"></div></main><script>
       const attach = () => { host.attachShadow({ mode: 'open' }).innerHTML = '<p>stars</p>' };
       ${early}</script>${site.tag()}<script>${late}</script>`,
    );
    await page.goto(site.url);
    await page.evaluate(() => window.personalize.ready);
    await collectRecorded(page);
    await page.getByText('stars').evaluate((p) => p.dispatchEvent(new CustomEvent('rated', { detail: 3 })));
    expect(await allEvents(page)).toEqual([['rate', 'film', 3]]);
  });
}

test('attachShadow() reads its options once', async ({ page, site }) => {
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

test('the tracker hears events whose propagation the page stops at the document', { tag: '@core' }, async ({
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
  await collectRecorded(page);
  await actInRoot(page);
  expect(await allEvents(page)).toEqual(EXPECTED);
});

test.describe('a root that the parser attaches after the script has run', () => {
  /** Opens a page whose HTML arrives in chunks that the test writes. */
  const openStream = async (page: Page, site: Site, serve: Serve) => {
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
    await collectRecorded(page);
    return pageResponse as ServerResponse;
  };
  const expectAttached = (page: Page, selector: string) => expect(page.locator(selector)).toBeAttached();

  test('records a first click while the page is still loading', async ({ page, site, serve }) => {
    await page.clock.install();
    const response = await openStream(page, site, serve);
    // With the clock paused, no timer can find the root.
    await page.clock.pauseAt(Date.now() + 60_000);
    response.write('<main data-personalize-item="film"><div id="host">');
    await expectAttached(page, '#host');
    response.write(`<template shadowrootmode="open">${INNER}</template>`);
    await page.getByText('stars').waitFor();
    await actInRoot(page);
    expect(await allEvents(page)).toEqual(EXPECTED);
    expect(await page.evaluate(() => document.readyState)).toBe('loading');
  });

  // A view on `load` would wait for the end of the document.
  const VIEW = '<p data-personalize-item="inside" data-personalize-impression="view">inside</p>';

  test('is found when no markup follows it', async ({ page, site, serve }) => {
    const response = await openStream(page, site, serve);
    response.write('<main><div><p>more</p><div id="host">');
    await expectAttached(page, '#host');
    response.write(`<template shadowrootmode="open">${VIEW}</template>`);
    await expect.poll(() => recorded(page, 'eventType', 'itemId')).toEqual([['view', 'inside']]);
    expect(await page.evaluate(() => document.readyState)).toBe('loading');
  });

  test('is found inside another root that is still open', async ({ page, site, serve }) => {
    const response = await openStream(page, site, serve);
    response.write('<main><div>');
    await expectAttached(page, 'div');
    response.write('<template shadowrootmode="open"><section><span id="host">');
    await expectAttached(page, '#host');
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

  test('is found at once when markup follows it', async ({ page, site, serve }) => {
    await page.clock.install();
    const response = await openStream(page, site, serve);
    await page.clock.pauseAt(Date.now() + 60_000);
    response.write('<main><div id="host">');
    await expectAttached(page, '#host');
    response.write(`<template shadowrootmode="open">${VIEW}</template>text`);
    const views = async () => {
      // Too short for the periodic search to start.
      await page.clock.runFor(1);
      return recorded(page, 'eventType', 'itemId');
    };
    await expect.poll(views).toEqual([['view', 'inside']]);
  });

  test('is found when the page is complete, even after other elements were appended', async ({
    page,
    site,
    serve,
  }) => {
    const response = await openStream(page, site, serve);
    response.write('<main><div id="host">');
    await expectAttached(page, '#host');
    // With this element, the end of the body no longer shows the parser's position.
    await page.evaluate(() => document.body.append(document.createElement('aside')));
    response.write(`<template shadowrootmode="open">${VIEW}</template></div></main>`);
    response.end();
    await expect.poll(() => recorded(page, 'eventType', 'itemId')).toEqual([['view', 'inside']]);
  });
});

test.describe('a mark without an enclosing item', () => {
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

  test('logs one warning for each element, with the element, when `debug` is on', async ({ page, site }) => {
    const warnings: ConsoleMessage[] = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message));
    site.add('/', `${BODY}${site.tag({ 'data-debug': '' })}`);
    await page.goto(site.url);
    await act(page);
    await act(page);
    await expect.poll(() => warnings.length).toBe(4);
    const reported = warnings.map(async (message) => [
      message.text().split(': ').slice(0, 2).join(': '),
      await message.args()[1]?.evaluate((element) => element.localName),
    ]);
    expect(await Promise.all(reported)).toEqual([
      ['personalize-beacon: click made no event', 'button'],
      ['personalize-beacon: submit made no event', 'form'],
      ['personalize-beacon: change made no event', 'input'],
      ['personalize-beacon: rated made no event', 'b'],
    ]);
  });

  test('logs nothing when `debug` is off', async ({ page, site }) => {
    const consoleMessages: string[] = [];
    page.on('console', (message) => consoleMessages.push(message.text()));
    site.add('/', `${BODY}${site.tag()}`);
    await page.goto(site.url);
    await page.evaluate(() => window.personalize.ready);
    await collectRecorded(page);
    await act(page);
    expect(await recorded(page, 'itemId')).toEqual(['film', 'a']);
    expect(consoleMessages).toEqual([]);
  });
});
