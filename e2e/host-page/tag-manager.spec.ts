import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { parse } from 'yaml';
import { test } from '../docs/world.js';
import { expect, type Service, type Site } from '../support/fixtures.js';
import { whenIdle } from '../support/visits.js';

// Tag Manager cannot run in a test. Mocks stand for its functions as documented;
// the template's script and the browser are real.

const text = await readFile(new URL('../../demo/gtm/template.tpl', import.meta.url), 'utf8');

/** Sections by name, in the order of the file. */
const sections = new Map(
  [...text.matchAll(/^___([A-Z_]+)___\n([\s\S]*?)(?=^___[A-Z_]+___\n|(?![\s\S]))/gm)].map(
    ([, name, content]): [string, string] => [name as string, (content as string).trim()],
  ),
);
const section = (name: string) => sections.get(name) as string;

/** A value in Tag Manager's format: `type` is a number, and another property holds the value. */
interface Value {
  type: number;
  string?: string;
  boolean?: boolean;
  listItem?: Value[];
  mapKey?: Value[];
  mapValue?: Value[];
}
interface Permission {
  instance: { key: { publicId: string }; param: { key: string; value: Value }[] };
}

const read = (value: Value): unknown => {
  if (value.listItem) return value.listItem.map(read);
  if (!value.mapKey) return value.string ?? value.boolean;
  return Object.fromEntries(value.mapKey.map((key, i) => [read(key), read(value.mapValue?.[i] as Value)]));
};

const code = section('SANDBOXED_JS_FOR_WEB_TEMPLATE');
const required = [...code.matchAll(/require\('(\w+)'\)/g)].map(([, name]) => name as string);
const permissions = new Map(
  (JSON.parse(section('WEB_PERMISSIONS')) as Permission[]).map(({ instance: { key, param } }) => [
    key.publicId,
    Object.fromEntries(param.map(({ key, value }) => [key, read(value)])),
  ]),
);
interface Field {
  type: string;
  name: string;
  selectItems?: { value: string }[];
  enablingConditions?: { paramName: string; paramValue: unknown }[];
  /** The fields of a group. */
  subParams?: Field[];
}
const parameters = JSON.parse(section('TEMPLATE_PARAMETERS')) as Field[];
const fields = parameters.flatMap((field) => field.subParams ?? [field]);
const fieldOf = (name: string) => fields.find((field) => field.name === name);

/** Permissions that the functions need (https://developers.google.com/tag-platform/tag-manager/templates/api); blank: none. */
const NEEDS: Record<string, string> = {
  addConsentListener: 'access_consent',
  callInWindow: 'access_globals',
  copyFromWindow: 'access_globals',
  getTimestampMillis: '',
  injectScript: 'inject_script',
  isConsentGranted: 'access_consent',
  makeNumber: '',
  makeString: '',
  templateStorage: 'access_template_storage',
};

test('the template has the sections of an export with valid JSON', () => {
  expect([...sections.keys()]).toEqual([
    'TERMS_OF_SERVICE',
    'INFO',
    'TEMPLATE_PARAMETERS',
    'SANDBOXED_JS_FOR_WEB_TEMPLATE',
    'WEB_PERMISSIONS',
    'TESTS',
    'NOTES',
  ]);
  expect(JSON.parse(section('INFO'))).toMatchObject({ type: 'TAG', containerContexts: ['WEB'] });
});

test('the code uses every field of the template, and no others', () => {
  const used = [...code.matchAll(/data\.(\w+)/g)].map(([, name]) => name as string);
  const listed = [...code.matchAll(/\[('\w+'(, )?)+\]/g)].flatMap(([list]) => list.match(/\w+/g) ?? []);
  const own = [...used, ...listed].filter((name) => !/^gtmOn/.test(name));
  expect(fields.map(({ name }) => name).sort()).toEqual([...new Set(own)].sort());
});

test('a field that enables others is one of the template', () => {
  const names = fields.map(({ name }) => name);
  const conditions = [...parameters, ...fields].flatMap((field) => field.enablingConditions ?? []);
  expect(conditions.length).toBeGreaterThan(0);
  for (const { paramName, paramValue } of conditions) {
    expect(names).toContain(paramName);
    const values = fieldOf(paramName)?.selectItems?.map(({ value }) => value) ?? [true];
    expect(values).toContain(paramValue);
  }
});

test('the permissions are exactly those that the code needs', () => {
  const needed = required.map((name) => NEEDS[name]).filter(Boolean);
  expect([...permissions.keys()].sort()).toEqual([...new Set(needed)].sort());
  const calls = [...code.matchAll(/callInWindow\('([\w.]+)'/g)].map(([, path]) => path as string);
  const copied = [...code.matchAll(/copyFromWindow\('([\w.]+)'/g)].map(([, path]) => path as string);
  expect(permissions.get('access_globals')).toEqual({
    keys: [...new Set(calls)].map((key) => ({
      key,
      read: copied.includes(key),
      write: false,
      execute: true,
    })),
  });
  expect(permissions.get('access_consent')).toEqual({
    consentTypes: fieldOf('consentType')?.selectItems?.map(({ value }) => ({
      consentType: value,
      read: true,
      write: false,
    })),
  });
});

type Run = (...args: unknown[]) => unknown;

/** Functions that Tag Manager's tests do not mock. */
const PURE = { makeNumber: Number, makeString: String };

test.describe('a test in the template:', () => {
  interface Suite {
    scenarios: { name: string; code: string }[];
    setup: string;
  }
  const { scenarios, setup } = parse(section('TESTS')) as Suite;

  for (const scenario of scenarios) {
    test(scenario.name, () => {
      const mocks = new Map<string, Run>();
      const calls: [name: string, args: unknown[]][] = [];
      const stored = new Map<string, unknown>();
      const call = (name: string): Run => {
        return (...args) => {
          calls.push([name, args]);
          return mocks.get(name)?.(...args);
        };
      };
      const require = (name: string) => {
        expect(Object.keys(NEEDS)).toContain(name);
        const storage = {
          getItem: (key: string) => stored.get(key),
          setItem: (key: string, value: unknown) => stored.set(key, value),
        };
        const real = { ...PURE, templateStorage: storage };
        return real[name as keyof typeof real] ?? call(name);
      };
      const callsOf = (name: string) => calls.filter(([called]) => called === name).map(([, args]) => args);
      const inner = {
        mock: (name: string, run: Run) => mocks.set(name, run),
        runCode: (data: object) =>
          new Function('require', 'data', code)(require, {
            ...data,
            gtmOnSuccess: call('gtmOnSuccess'),
            gtmOnFailure: call('gtmOnFailure'),
          }),
        assertThat: (actual: unknown) => ({ isEqualTo: (wanted: unknown) => expect(actual).toEqual(wanted) }),
        assertApi: (name: string) => ({
          wasCalled: () => expect(callsOf(name)).not.toEqual([]),
          wasNotCalled: () => expect(callsOf(name)).toEqual([]),
          wasCalledWith: (...args: unknown[]) => expect(callsOf(name)).toContainEqual(args),
          wasNotCalledWith: (...args: unknown[]) => expect(callsOf(name)).not.toContainEqual(args),
        }),
      };
      new Function(...Object.keys(inner), `${setup}\n${scenario.code}`)(...Object.values(inner));
    });
  }
});

declare global {
  interface Window {
    /** Fires the tag. `grant` sets the visitor's answer in Google's consent mode. */
    gtm: { fire(more?: object): void; grant(isGranted: boolean): void; called: string[]; ended: string[] };
  }
}

/** Opens a page with mocks of Tag Manager's functions. */
const open = async (page: Page, site: Site, data: object) => {
  site.add('/', '<a href="#" data-personalize-item="a">film</a>');
  await page.goto(site.url);
  await page.evaluate(
    ([source, options]) => {
      let isGranted = false;
      const listeners: ((type: string, isGranted: boolean) => void)[] = [];
      const injected = new Map<string, Promise<void>>();
      const stored = new Map<string, unknown>();
      const api: Record<string, unknown> = {
        addConsentListener: (_: string, run: (typeof listeners)[0]) => listeners.push(run),
        isConsentGranted: () => isGranted,
        templateStorage: {
          getItem: (key: string) => stored.get(key),
          setItem: (key: string, value: unknown) => stored.set(key, value),
        },
        // Loads scripts with the same token once.
        injectScript(src: string, onSuccess: () => void, onFailure: () => void, token: string) {
          const loading =
            injected.get(token) ??
            new Promise<void>((resolve, reject) => {
              const script = document.createElement('script');
              Object.assign(script, { src, async: true, onload: resolve, onerror: reject });
              document.head.append(script);
            });
          injected.set(token, loading);
          loading.then(onSuccess, onFailure);
        },
        makeNumber: Number,
        makeString: String,
        getTimestampMillis: Date.now,
        copyFromWindow(path: string) {
          const [object, member] = path.split('.') as [string, string];
          // biome-ignore lint/suspicious/noExplicitAny: any global of the page
          return (window as any)[object]?.[member];
        },
        callInWindow(path: string, ...args: unknown[]) {
          called.push(path);
          const [object, method] = path.split('.') as [string, string];
          // biome-ignore lint/suspicious/noExplicitAny: any global of the page
          return (window as any)[object]?.[method]?.(...args);
        },
      };
      const called: string[] = [];
      const ended: string[] = [];
      window.gtm = {
        called,
        ended,
        fire: (more) =>
          new Function('require', 'data', source)((name: string) => api[name], {
            ...options,
            ...more,
            gtmOnSuccess: () => ended.push('success'),
            gtmOnFailure: () => ended.push('failure'),
          }),
        grant(answer) {
          isGranted = answer;
          for (const run of listeners) run('personalization_storage', answer);
        },
      };
      window.gtm.fire();
    },
    [
      code,
      {
        scriptUrl: '/personalize.js',
        tagType: 'start',
        trackingId: 'demo-tracker',
        identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
        consentType: 'personalization_storage',
        ...data,
      },
    ] as const,
  );
};

const ended = (page: Page) => expect.poll(() => page.evaluate(() => window.gtm.ended));
const click = (page: Page) => page.getByText('film').click();
const items = (aws: Service) => aws.counted().map(({ itemId }) => itemId);

test.describe('the tag in a page', () => {
  test('starts the tracker, and an event arrives', { tag: '@core' }, async ({ page, site, aws }) => {
    await open(page, site, { domain: 'ECOMMERCE', consentRequired: false });
    await ended(page).toEqual(['success']);
    await click(page);
    await page.evaluate(() => window.personalize.flush());
    expect(aws.counted()).toMatchObject([{ eventType: 'Click', itemId: 'a' }]);
  });

  test('tracks one event from variables, before and after the script has loaded', { tag: '@core' }, async ({
    page,
    site,
    aws,
  }) => {
    await open(page, site, { consentRequired: false });
    const track = (itemId: unknown, more = {}) =>
      page.evaluate((data) => window.gtm.fire(data), {
        tagType: 'track',
        eventType: 'wishlist',
        itemId,
        ...more,
      });
    // The script is still being loaded, or has just been.
    await track('early', { eventValue: '9.99', recommendationId: 'RID-1', impression: ['early', '7'] });
    await ended(page).toEqual(['success', 'success']);
    await track(7, { properties: { row: 'top' } });
    await page.evaluate(() => window.personalize.flush());
    expect(aws.counted()).toMatchObject([
      {
        eventType: 'wishlist',
        itemId: 'early',
        eventValue: 9.99,
        recommendationId: 'RID-1',
        impression: ['early', '7'],
      },
      { eventType: 'wishlist', itemId: '7', properties: '{"row":"top"}' },
    ]);
  });

  test('reads the data layer, which Tag Manager itself has replaced', { tag: '@core' }, async ({
    page,
    site,
    aws,
  }) => {
    await page.addInitScript(() => {
      const { push } = Array.prototype;
      const dataLayer: unknown[] = [{ event: 'gtm.js' }];
      dataLayer.push = (...entries: unknown[]) => {
        push.apply(dataLayer, entries);
        return true as never;
      };
      Object.assign(window, { dataLayer });
    });
    await open(page, site, {
      consentRequired: false,
      domain: 'ECOMMERCE',
      dataLayer: true,
      dataLayerName: 'dataLayer',
      dataLayerItemId: 'item_id',
    });
    await ended(page).toEqual(['success']);
    const push = (itemId: string) =>
      page.evaluate(
        (item_id) => window.dataLayer.push({ event: 'view_item', ecommerce: { items: [{ item_id }] } }),
        itemId,
      );
    expect(await push('a')).toBe(true);
    await expect.poll(() => items(aws)).toEqual(['a']);
    expect(await push('b')).toBe(true);
    await page.evaluate(() => window.personalize.flush());
    expect(aws.counted()).toMatchObject([
      { eventType: 'View', itemId: 'a' },
      { eventType: 'View', itemId: 'b' },
    ]);
  });

  test('starts no second tracker when it fires again', { tag: '@core' }, async ({ page, site }) => {
    await open(page, site, { consentRequired: false });
    await ended(page).toEqual(['success']);
    await page.evaluate(() => window.gtm.fire());
    await ended(page).toEqual(['success', 'success']);
    expect(await page.evaluate(() => window.gtm.called)).toEqual(['personalize.init']);
  });

  test('makes no requests before consent mode grants it, and then sends all events', async ({
    page,
    site,
    aws,
  }) => {
    await open(page, site, { consentRequired: true });
    await ended(page).toEqual(['success']);
    await click(page);
    // By now a tracker that does not wait would have asked Cognito.
    await whenIdle(page);
    const grantedAt = Date.now();
    await page.evaluate(() => window.gtm.grant(true));
    await expect.poll(() => items(aws)).toEqual(['a']);
    expect(aws.requests.filter(({ receivedAt }) => receivedAt < grantedAt)).toEqual([]);
    expect(await page.evaluate(() => localStorage.length)).toBeGreaterThan(0);
    await page.evaluate(() => window.gtm.grant(false));
    await expect.poll(() => page.evaluate(() => localStorage.length)).toBe(0);
  });

  test('reports a failure if the script cannot be loaded', async ({ page, site }) => {
    await open(page, site, { scriptUrl: '/nothing' });
    await ended(page).toEqual(['failure']);
  });
});
