import type { Page } from '@playwright/test';
import { pathOf } from '../../demo/script.js';
import { expect, type Site, test } from '../support/fixtures.js';
import { counted, flush, record } from '../support/visits.js';

type State = 'granted' | 'denied';
interface ConsentPage {
  gtag(...args: unknown[]): void;
  // biome-ignore lint/suspicious/noExplicitAny: the stand-ins are as loose as the interfaces
  tcf: any;
  reasons: string[];
}
declare const window: Window & ConsentPage;

/** The lines with which a site defines gtag before its tags. */
const GTAG = `<script>
  window.dataLayer = window.dataLayer || [];
  function gtag() { dataLayer.push(arguments); }
</script>`;

const gtagOf = (action: 'default' | 'update', state: State, more = {}) =>
  `<script>gtag('consent', '${action}', ${JSON.stringify({ personalization_storage: state, ...more })})</script>`;

const update = (page: Page, state: State) =>
  page.evaluate(
    (personalization_storage) => window.gtag('consent', 'update', { personalization_storage }),
    state,
  );

/** A consent manager's stub, which keeps calls, and a consent manager that takes them over. */
const TCF = `<script>
  const listeners = [];
  const calls = [];
  window.__tcfapi = (...args) => calls.push(args);
  window.tcf = {
    load() {
      window.__tcfapi = (command, version, listener) => {
        if (command === 'addEventListener' && version === 2) listeners.push(listener);
      };
      for (const args of calls.splice(0)) window.__tcfapi(...args);
    },
    answer(data, isSuccess = true) {
      for (const listener of listeners)
        listener({ gdprApplies: true, cmpStatus: 'loaded', purpose: { consents: {} }, ...data }, isSuccess);
      return listeners.length;
    },
  };
</script>`;

const answer = (page: Page, data: object, isSuccess = true) =>
  expect
    .poll(() =>
      page.evaluate(([given, isGood]) => window.tcf.answer(given, isGood), [data, isSuccess] as const),
    )
    .toBe(1);
const consents = (...purposes: number[]) => ({
  purpose: { consents: Object.fromEntries(purposes.map((purpose) => [purpose, true])) },
});

/** Opens a page with the tracker after other markup, and waits until the chunk is there. */
const open = async (page: Page, site: Site, before: string, attributes: Record<string, string>) => {
  site.add('/', before + site.tag(attributes));
  const loaded = page.waitForResponse(`**${pathOf('consent')}`);
  await page.goto(site.url);
  await (await loaded).finished();
  await page.evaluate(() => {
    window.reasons = [];
    window.personalize.on('rejected', ({ reason }: { reason: string }) => window.reasons.push(reason));
  });
};
const GOOGLE = { 'data-consent': 'google' };

/** Waits until push() of dataLayer is the chunk's. */
const whenHooked = (page: Page) =>
  page.waitForFunction(() => Object.hasOwn((window as unknown as { dataLayer: object }).dataLayer, 'push'));

const storedKeys = (page: Page) => page.evaluate(() => Object.keys(localStorage));
const isStarted = (page: Page) => page.evaluate(() => window.personalize.sessionId !== undefined);

test.describe("consent: 'google'", () => {
  test('waits at a default that denies, delivers after an update that grants, and erases after one that denies', {
    tag: '@core',
  }, async ({ page, site, aws }) => {
    await open(page, site, GTAG + gtagOf('default', 'denied', { wait_for_update: 500 }), GOOGLE);
    await whenHooked(page);
    await record(page, 'waits');
    expect(await storedKeys(page)).toEqual([]);
    expect(aws.requests).toEqual([]);
    await update(page, 'granted');
    await flush(page);
    expect(counted(aws)).toEqual(['waits']);
    await update(page, 'denied');
    await record(page, 'late');
    expect(await page.evaluate(() => window.reasons)).toEqual(['no consent']);
    await expect.poll(() => storedKeys(page)).toEqual([]);
    await update(page, 'granted');
    await record(page, 'again');
    await flush(page);
    expect(counted(aws)).toEqual(['again', 'waits']);
  });

  test('reads commands from before the script, in their order', async ({ page, site, aws }) => {
    const before = GTAG + gtagOf('default', 'denied') + gtagOf('update', 'granted');
    await open(page, site, before, GOOGLE);
    await record(page, 'film');
    await flush(page);
    expect(counted(aws)).toEqual(['film']);
  });

  test('an update that denies wins over a default that grants', async ({ page, site, aws }) => {
    await open(page, site, GTAG + gtagOf('update', 'denied') + gtagOf('default', 'granted'), GOOGLE);
    await record(page, 'film');
    await expect.poll(() => page.evaluate(() => window.reasons)).toEqual(['no consent']);
    expect(aws.requests).toEqual([]);
  });

  test('a default that grants counts after wait_for_update', async ({ page, site }) => {
    await open(page, site, GTAG + gtagOf('default', 'granted', { wait_for_update: 100 }), GOOGLE);
    await expect.poll(() => isStarted(page)).toBe(true);
  });

  test('an update during wait_for_update counts at once', async ({ page, site, aws }) => {
    await open(page, site, GTAG + gtagOf('default', 'granted', { wait_for_update: 3_600_000 }), GOOGLE);
    await whenHooked(page);
    await record(page, 'film');
    expect(await isStarted(page)).toBe(false);
    await update(page, 'denied');
    expect(await page.evaluate(() => window.reasons)).toEqual(['no consent']);
    expect(aws.requests).toEqual([]);
  });

  test('a default that denies in some region waits in every region', async ({ page, site, aws }) => {
    const before = GTAG + gtagOf('default', 'denied', { region: ['ES'] }) + gtagOf('default', 'granted');
    await open(page, site, before, GOOGLE);
    await whenHooked(page);
    await record(page, 'film');
    expect(await isStarted(page)).toBe(false);
    await update(page, 'granted');
    await flush(page);
    expect(counted(aws)).toEqual(['film']);
  });

  test('ignores other consent types, arrays, other commands and broken entries', async ({
    page,
    site,
    aws,
  }) => {
    await open(page, site, GTAG, GOOGLE);
    await whenHooked(page);
    await page.evaluate(() => {
      const granted = { personalization_storage: 'granted' };
      window.gtag('consent', 'update', { ad_storage: 'granted' });
      window.gtag('consent', 'update', { personalization_storage: 'yes' });
      window.gtag('set', 'update', granted);
      window.gtag('consent', 'update', {
        get personalization_storage() {
          throw new Error('unreadable');
        },
      });
      const { dataLayer } = window as unknown as { dataLayer: unknown[] };
      dataLayer.push(['consent', 'update', granted], null, 'consent', granted);
    });
    expect(await isStarted(page)).toBe(false);
    await update(page, 'granted');
    await record(page, 'film');
    await flush(page);
    expect(counted(aws)).toEqual(['film']);
  });

  test("survives Google Tag Manager's own push(), which removes old entries", async ({ page, site, aws }) => {
    await open(page, site, GTAG + gtagOf('default', 'denied'), GOOGLE);
    await whenHooked(page);
    await page.evaluate(() => {
      const { dataLayer } = window as unknown as { dataLayer: unknown[] };
      const { push } = dataLayer;
      dataLayer.push = (...entries) => {
        const length = push.apply(dataLayer, entries);
        dataLayer.splice(0);
        return length;
      };
    });
    await update(page, 'granted');
    await record(page, 'film');
    await flush(page);
    expect(counted(aws)).toEqual(['film']);
  });

  test('finds a data layer that is defined later, or replaced, at the next click', async ({
    page,
    site,
    aws,
  }) => {
    await open(page, site, '<button>Accept</button>', GOOGLE);
    await whenHooked(page);
    await page.evaluate(() => {
      const layer: unknown[] = [];
      Object.assign(window, {
        dataLayer: layer,
        gtag() {
          // biome-ignore lint/complexity/noArguments: as gtag does
          layer.push(arguments);
        },
      });
      window.gtag('consent', 'update', { personalization_storage: 'granted' });
    });
    expect(await isStarted(page)).toBe(false);
    await page.getByRole('button').click();
    await expect.poll(() => isStarted(page)).toBe(true);
    await update(page, 'denied');
    await expect.poll(() => isStarted(page)).toBe(false);
    expect(counted(aws)).toEqual([]);
  });

  test('consent() by hand counts until the next answer, and a repeated grant does not undo its refusal', async ({
    page,
    site,
  }) => {
    await open(page, site, GTAG + gtagOf('default', 'denied'), GOOGLE);
    await whenHooked(page);
    await page.evaluate(() => window.personalize.consent(true));
    await expect.poll(() => isStarted(page)).toBe(true);
    await update(page, 'denied');
    expect(await isStarted(page)).toBe(false);
    await update(page, 'granted');
    await expect.poll(() => isStarted(page)).toBe(true);
    await page.evaluate(() => window.personalize.consent(false));
    await update(page, 'granted');
    expect(await isStarted(page)).toBe(false);
  });

  test('without its chunk nothing is recorded, and the console names the file', async ({
    page,
    site,
    aws,
  }) => {
    const errors: string[] = [];
    page.on('console', (message) => errors.push(message.text()));
    await page.route(`**${pathOf('consent')}`, (route) => route.abort());
    site.add('/', GTAG + gtagOf('update', 'granted') + site.tag(GOOGLE));
    await page.goto(site.url);
    await record(page, 'film');
    await expect.poll(() => errors.join()).toContain(`could not load ${site.url}${pathOf('consent')}`);
    expect(await isStarted(page)).toBe(false);
    expect(aws.requests).toEqual([]);
  });
});

test.describe("consent: 'tcf'", () => {
  const ATTRIBUTES = { 'data-consent': 'tcf' };

  test('asks the stub before the consent manager has come, and follows each answer', {
    tag: '@core',
  }, async ({ page, site, aws }) => {
    await open(page, site, TCF, ATTRIBUTES);
    await page.evaluate(() => window.tcf.load());
    await answer(page, { eventStatus: 'cmpuishown', ...consents(5, 6) });
    await record(page, 'waits');
    expect(await storedKeys(page)).toEqual([]);
    expect(aws.requests).toEqual([]);
    await answer(page, { eventStatus: 'useractioncomplete', ...consents(5, 6) });
    await flush(page);
    expect(counted(aws)).toEqual(['waits']);
    await answer(page, { eventStatus: 'useractioncomplete', ...consents(1, 5) });
    await record(page, 'late');
    expect(await page.evaluate(() => window.reasons)).toEqual(['no consent']);
    await expect.poll(() => storedKeys(page)).toEqual([]);
  });

  test('asks a consent manager that is there already, and needs no answer where the GDPR does not apply', async ({
    page,
    site,
    aws,
  }) => {
    await open(page, site, `${TCF}<script>tcf.load()</script>`, ATTRIBUTES);
    await answer(page, { gdprApplies: undefined, eventStatus: 'tcloaded', ...consents(5, 6) });
    expect(await isStarted(page)).toBe(false);
    await answer(page, { gdprApplies: false, eventStatus: 'tcloaded', purpose: undefined });
    await record(page, 'film');
    await flush(page);
    expect(counted(aws)).toEqual(['film']);
  });

  test('requires the purposes of tcfPurposes', async ({ page, site }) => {
    await open(page, site, `${TCF}<script>tcf.load()</script>`, {
      ...ATTRIBUTES,
      'data-tcf-purposes': '1, 10',
    });
    await answer(page, { eventStatus: 'tcloaded', ...consents(1, 5, 6) });
    await record(page, 'film');
    expect(await page.evaluate(() => window.reasons)).toEqual(['no consent']);
    await answer(page, { eventStatus: 'useractioncomplete', ...consents(1, 10) });
    await expect.poll(() => isStarted(page)).toBe(true);
  });

  test('waits when the consent manager fails, and says so with debug', async ({ page, site, aws }) => {
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await open(page, site, `${TCF}<script>tcf.load()</script>`, { ...ATTRIBUTES, 'data-debug': '' });
    await record(page, 'waits');
    await answer(page, { cmpStatus: 'error', eventStatus: 'tcloaded', ...consents(5, 6) });
    await answer(page, { eventStatus: 'tcloaded', ...consents(5, 6) }, false);
    expect(await isStarted(page)).toBe(false);
    await expect
      .poll(() => said.join('\n'))
      .toContain('waiting for consent: the consent manager reports an error');
    expect(aws.requests).toEqual([]);
  });

  test('waits for a consent manager that comes later, and says so with debug', async ({ page, site }) => {
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await open(page, site, '<button>Accept</button>', { ...ATTRIBUTES, 'data-debug': '' });
    await expect
      .poll(() => said.join('\n'))
      .toContain('waiting for consent: __tcfapi has not answered for this visitor');
    await page.evaluate(() => {
      Object.assign(window, {
        __tcfapi: (_: string, __: number, listener: (data: object, isSuccess: boolean) => void) =>
          listener(
            { gdprApplies: true, eventStatus: 'tcloaded', purpose: { consents: { 5: true, 6: true } } },
            true,
          ),
      });
    });
    await page.getByRole('button').click();
    await expect.poll(() => isStarted(page)).toBe(true);
  });
});
