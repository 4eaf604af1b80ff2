import { expect, test } from '@playwright/test';
import { type Options, optionsFrom } from '../../src/contract/options.js';
import { resolveOptions } from '../../src/contract/resolve-options.js';

const PAGE = 'https://shop.example/a/';

const POOL = 'us-east-1:01234567-89ab-cdef-0123-456789abcdef';
const MINIMAL = { trackingId: 't', identityPoolId: POOL };

const resolve = (input: object) => resolveOptions(input as Partial<Options>, PAGE);
const settingsOf = (input: object) => {
  const { settings, problems } = resolve({ ...MINIMAL, ...input });
  expect(problems).toEqual([]);
  return settings;
};

/** Returns the default event types of markup, by trigger. */
const eventTypesOf = (settings: ReturnType<typeof settingsOf>) =>
  Object.fromEntries(
    (['click', 'load', 'submit', 'change', 'impression', 'media'] as const).map((trigger) => [
      trigger,
      settings?.eventTypeOf(trigger),
    ]),
  );

const EVENT_TYPES = {
  click: 'click',
  load: 'view',
  submit: 'purchase',
  change: 'rate',
  impression: 'impression',
  media: 'watch',
};

test('options have the documented defaults', () => {
  expect(settingsOf({})).toEqual({
    trackingId: 't',
    endpointUrl: 'https://personalize-events.us-east-1.amazonaws.com',
    flushSize: 10,
    flushInterval: 5000,
    sessionMaxAge: 30,
    sessionCookie: false,
    impressionShare: 50,
    impressionTime: 1000,
    impressionItems: 'seen',
    pageView: 'path',
    attribution: true,
    dataLayer: false,
    ignoreBots: false,
    tcfPurposes: '5,6',
    respectGpc: true,
    eventTypeOf: expect.any(Function),
    debug: false,
    region: 'us-east-1',
    identityPoolId: POOL,
    identityUrl: 'https://cognito-identity.us-east-1.amazonaws.com/',
  });
});

test('given options are used, and undefined ones count as missing', () => {
  expect(
    settingsOf({
      region: 'eu-west-1',
      userId: 'u',
      endpoint: 'https://events.example/base',
      identityEndpoint: 'https://identity.example',
      flushInterval: 0,
      flushSize: 3,
      sessionMaxAge: 0.5,
      sessionId: 'cart-1',
      sessionCookie: 'visitor',
      clickEvent: 'tap',
      domain: 'ECOMMERCE',
      impressionShare: 1,
      impressionTime: 0,
      impressionItems: 'all',
      pageView: 'address',
      attribution: false,
      dataLayer: 'shopLayer',
      dataLayerEvents: { select_item: false },
      dataLayerItemId: 'sku',
      dataLayerProperties: ['quantity'],
      ignoreBots: true,
      consent: 'required',
      tcfPurposes: '1,5,6',
      respectGpc: false,
      debug: true,
      credentials: undefined,
    }),
  ).toEqual({
    trackingId: 't',
    endpointUrl: 'https://events.example/base',
    flushSize: 3,
    flushInterval: 0,
    sessionMaxAge: 0.5,
    sessionId: 'cart-1',
    sessionCookie: 'visitor',
    impressionShare: 1,
    impressionTime: 0,
    impressionItems: 'all',
    pageView: 'address',
    attribution: false,
    dataLayer: 'shopLayer',
    dataLayerEvents: { select_item: false },
    dataLayerItemId: 'sku',
    dataLayerProperties: ['quantity'],
    ignoreBots: true,
    consent: 'required',
    tcfPurposes: '1,5,6',
    respectGpc: false,
    eventTypeOf: expect.any(Function),
    clickEvent: 'tap',
    domain: 'ECOMMERCE',
    endpoint: 'https://events.example/base',
    identityEndpoint: 'https://identity.example',
    debug: true,
    userId: 'u',
    region: 'eu-west-1',
    identityPoolId: POOL,
    identityUrl: 'https://identity.example/',
  });
});

interface Checked {
  expected: string;
  good: unknown[];
  bad: unknown[];
  /** The setting that stands in for a wrong value; options without a default have none. */
  setting?: [name: string, value: unknown];
}

const STRING = {
  expected: 'a string of 1-256 characters',
  good: ['x', 'x\n'.repeat(128)],
  bad: ['x'.repeat(257), 7],
};
const URL_OPTION = {
  expected: 'a URL of http(s) without user, query and fragment',
  good: ['/x', 'x', 'https://x.example', '/@scope/x', '//x.example:8080/x/'],
  bad: [
    'http://[',
    7,
    '/x?key=1',
    '/x?',
    'x#a',
    '#',
    'https://x.example?k',
    'https://ann:pw@x.example/',
    'ftp://x/',
  ],
};

const FLAG = { expected: 'true or false', good: [true, false], bad: ['true', 1] };

const OPTIONAL: Record<Exclude<keyof Options, 'trackingId' | 'identityPoolId'>, Checked> = {
  region: {
    expected: 'like us-east-1',
    good: ['us-east-1', 'ap-southeast-2'],
    bad: ['us-east', 'US-EAST-1', 'us-east-1.evil.example', 'us-east-1/', 1],
    setting: ['region', 'us-east-1'],
  },
  credentials: {
    expected: 'a function',
    good: [async () => {}],
    bad: [{}, 'AKID'],
  },
  userId: { ...STRING, setting: ['userId', undefined] },
  endpoint: {
    ...URL_OPTION,
    setting: ['endpointUrl', 'https://personalize-events.us-east-1.amazonaws.com'],
  },
  exitTransport: {
    expected: 'beacon or keepalive',
    good: ['beacon', 'keepalive'],
    bad: ['fetch', true],
  },
  identityEndpoint: {
    ...URL_OPTION,
    setting: ['identityUrl', 'https://cognito-identity.us-east-1.amazonaws.com/'],
  },
  flushInterval: {
    expected: '0-3600000 milliseconds',
    good: [0, 3_600_000],
    bad: [-1, 3_600_001, Number.NaN, '5000'],
    setting: ['flushInterval', 5000],
  },
  flushSize: {
    expected: '1-10 events',
    good: [1, 10],
    bad: [0, 11, '5'],
    setting: ['flushSize', 10],
  },
  sessionMaxAge: {
    expected: '0-3650 days',
    good: [0.5, 3650],
    bad: [-1, 3651, Number.POSITIVE_INFINITY, '30'],
    setting: ['sessionMaxAge', 30],
  },
  sessionId: { ...STRING, setting: ['sessionId', undefined] },
  sessionCookie: {
    expected: 'true or like "name; Domain=.shop.example; Max-Age=86400"',
    good: [
      ...[true, false, 'visitor', '__Host-visitor', 'v; Domain=.shop.example; Max-Age=86400'],
      ...['v;max-age=1', 'v; DOMAIN=shop.example'],
    ],
    bad: [
      ...[1, 'true', 'a b', 'a=b', '; Domain=.shop.example', 'v; Path=/a', 'v; Secure', 'v; Max-Age=0'],
      ...['v; Max-Age=1d', 'v; Domain=a, b', 'v;', 'v\nx', 'n'.repeat(65)],
    ],
    setting: ['sessionCookie', false],
  },
  actionTrackingId: { ...STRING, setting: ['actionTrackingId', undefined] },
  clickEvent: STRING,
  consent: {
    expected: 'required or google or tcf',
    good: ['required', 'google', 'tcf'],
    bad: ['granted', true],
  },
  tcfPurposes: {
    expected: 'like 1,5,6',
    good: ['5', '1,5,6', '1, 10 , 11'],
    bad: [5, '5;6', '5,', 'all', '100'],
    setting: ['tcfPurposes', '5,6'],
  },
  domain: {
    expected: 'ECOMMERCE or VIDEO_ON_DEMAND',
    good: ['ECOMMERCE', 'VIDEO_ON_DEMAND'],
    bad: ['ecommerce', 'OTHER', true],
  },
  impressionShare: {
    expected: '1-100 percent',
    good: [1, 50, 100],
    bad: [0, 0.5, 101, '50'],
    setting: ['impressionShare', 50],
  },
  impressionTime: {
    expected: '0-60000 milliseconds',
    good: [0, 60_000],
    bad: [-1, 60_001, '1000'],
    setting: ['impressionTime', 1000],
  },
  pageView: {
    expected: 'path or address',
    good: ['path', 'address'],
    bad: ['query', true],
    setting: ['pageView', 'path'],
  },
  impressionItems: {
    expected: 'seen or all',
    good: ['seen', 'all'],
    bad: ['none', 1],
    setting: ['impressionItems', 'seen'],
  },
  attribution: { ...FLAG, setting: ['attribution', true] },
  dataLayer: {
    expected: 'true, false or the name of a global',
    good: [true, false, 'dataLayer'],
    bad: [1, {}, 'x'.repeat(257)],
    setting: ['dataLayer', false],
  },
  dataLayerEvents: {
    expected: 'an object of event types, or false',
    good: [{}, { view_item: 'detail', select_item: false }],
    bad: [
      'view_item',
      ['view_item'],
      { view_item: true },
      { view_item: '' },
      { view_item: null },
      { view_item: 'x'.repeat(257) },
    ],
    setting: ['dataLayerEvents', undefined],
  },
  dataLayerItemId: { ...STRING, setting: ['dataLayerItemId', undefined] },
  dataLayerProperties: {
    expected: 'an array of names',
    good: [[], ['quantity']],
    bad: ['quantity', { 0: 'quantity' }, [''], [1]],
    setting: ['dataLayerProperties', undefined],
  },
  ignoreBots: { ...FLAG, setting: ['ignoreBots', false] },
  respectGpc: { ...FLAG, setting: ['respectGpc', true] },
  debug: { ...FLAG, setting: ['debug', false] },
  chunkUrl: { ...URL_OPTION, setting: ['chunkUrl', undefined] },
};

for (const [name, { expected, good, bad, setting }] of Object.entries(OPTIONAL)) {
  test(`${name}: a wrong value is reported and replaced by the default`, () => {
    for (const value of good) settingsOf({ [name]: value });
    for (const value of bad) {
      const { settings, problems } = resolve({ ...MINIMAL, [name]: value });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(`${name} must be ${expected}`);
      expect(problems[0]).toContain(
        `; got ${typeof value === 'number' ? value : JSON.stringify(value)}`.slice(0, 60),
      );
      expect(settings).toBeDefined();
      if (setting) expect(settings?.[setting[0] as keyof typeof settings]).toEqual(setting[1]);
    }
  });
}

test('a missing or wrong trackingId disables the tracker', () => {
  for (const trackingId of STRING.bad) {
    const { settings, problems } = resolve({ ...MINIMAL, trackingId });
    expect(settings).toBeUndefined();
    expect(problems).toEqual([expect.stringContaining(`trackingId must be ${STRING.expected}; got `)]);
  }
});

test('a wrong identityPoolId disables the tracker', () => {
  for (const identityPoolId of ['pool', 'us-east-1', 'us-east-1:', ':01234567', 7]) {
    const { settings, problems } = resolve({ ...MINIMAL, identityPoolId });
    expect(settings).toBeUndefined();
    expect(problems).toEqual([expect.stringContaining('identityPoolId must be like us-east-1:0123-')]);
  }
});

test('empty and null options count as missing, and white space around values is trimmed', () => {
  for (const value of ['', '  ', null]) {
    const nothing = Object.fromEntries(Object.keys(OPTIONAL).map((name) => [name, value]));
    expect(settingsOf(nothing)).toEqual({ ...settingsOf({}), eventTypeOf: expect.any(Function) });
    expect(resolve({ ...MINIMAL, trackingId: value }).problems).toEqual(['trackingId is missing']);
    expect(resolve({ trackingId: 't', identityPoolId: value }).problems).toEqual([
      'identityPoolId, credentials or endpoint is missing',
    ]);
  }
  const given = {
    trackingId: ' t ',
    identityPoolId: `${POOL}\n`,
    region: ' eu-west-1 ',
    userId: '\tann ',
    endpoint: ' /x ',
  };
  expect(settingsOf(given)).toMatchObject({
    trackingId: 't',
    identityPoolId: POOL,
    region: 'eu-west-1',
    userId: 'ann',
    endpointUrl: 'https://shop.example/x',
  });
});

test.describe('the region', () => {
  const SUPPORTED = [
    ...['ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ca-central-1'],
    ...['eu-central-1', 'eu-west-1', 'us-east-1', 'us-east-2', 'us-west-2', 'cn-north-1'],
  ];
  /** Regions that have only Cognito, and regions of other partitions. */
  const UNSUPPORTED = [
    ...['us-west-1', 'us-gov-west-1', 'us-gov-east-1', 'ca-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1'],
    ...['eu-south-1', 'eu-south-2', 'eu-central-2', 'ap-east-1', 'ap-south-2', 'ap-northeast-3', 'sa-east-1'],
    ...['ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'af-south-1', 'me-south-1', 'me-central-1'],
    ...['il-central-1', 'mx-central-1', 'cn-northwest-1'],
  ];

  test('is used when it has Amazon Personalize, given or taken from the pool', () => {
    for (const region of SUPPORTED) {
      expect(settingsOf({ region })?.region).toBe(region);
      expect(settingsOf({ identityPoolId: `${region}:0` })?.region).toBe(region);
    }
  });

  test('is reported when it has no Amazon Personalize, and used all the same, for it may be new', () => {
    for (const region of UNSUPPORTED) {
      const explicit = resolve({ ...MINIMAL, region });
      expect(explicit.problems).toEqual([`region must be one with Amazon Personalize; got "${region}"`]);
      expect(explicit.settings?.region).toBe(region);
      const fromPool = resolve({ trackingId: 't', identityPoolId: `${region}:0` });
      expect(fromPool.problems).toEqual([
        `region must be one with Amazon Personalize; got "${region}" from identityPoolId`,
      ]);
      expect(fromPool.settings?.region).toBe(region);
      // The pool may be in any region.
      settingsOf({ identityPoolId: `${region}:0`, region: 'us-east-1' });
    }
  });
});

test('all wrong options are reported at once', () => {
  const { problems } = resolve({ ...MINIMAL, flushSize: 11, debug: 1, trackerId: 't' });
  expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
    'debug',
    'flushSize',
    'trackerId',
  ]);
});

test('an unknown option is reported with a list of the valid ones', () => {
  for (const name of ['trackingID', 'constructor', '__proto__']) {
    const { settings, problems } = resolve(JSON.parse(`{"trackingId":"t","endpoint":"/c","${name}":"t"}`));
    expect(problems).toEqual([
      expect.stringMatching(`^${name} is unknown; use trackingId, .*debug, chunkUrl$`),
    ]);
    expect(settings).toBeDefined();
  }
});

test('clickEvent and domain set the event types of markup without one', () => {
  expect(eventTypesOf(settingsOf({}))).toEqual(EVENT_TYPES);
  expect(eventTypesOf(settingsOf({ clickEvent: 'tap' }))).toEqual({ ...EVENT_TYPES, click: 'tap' });
  const domainTypes = {
    click: 'Click',
    load: 'View',
    submit: 'Purchase',
    change: 'Rate',
    impression: 'Impression',
    media: 'Watch',
  };
  expect(eventTypesOf(settingsOf({ domain: 'VIDEO_ON_DEMAND' }))).toEqual(domainTypes);
  expect(eventTypesOf(settingsOf({ domain: 'ECOMMERCE', clickEvent: 'tap' }))).toEqual({
    ...domainTypes,
    click: 'tap',
  });
});

test('missing options are reported', () => {
  const nothing = resolve({});
  expect(nothing.settings).toBeUndefined();
  expect(nothing.problems.join()).toMatch(/trackingId.*identityPoolId.*endpoint.* missing/);
  const noRegion = resolve({ trackingId: 't', credentials: async () => {} });
  expect(noRegion.settings).toBeUndefined();
  expect(noRegion.problems).toEqual(['region is missing']);
});

test('missing options are reported along with wrong ones', () => {
  const { settings, problems } = resolve({ identityPoolId: POOL, flushSize: 11 });
  expect(settings).toBeUndefined();
  expect(problems.join()).toContain('trackingId is missing');
});

test('without any credentials batches are sent to the endpoint unsigned', () => {
  const { settings, problems } = resolve({ trackingId: 't', region: 'us-east-1', endpoint: '/collect' });
  expect(problems).toEqual([]);
  expect(settings).toMatchObject({ endpointUrl: 'https://shop.example/collect' });
  expect([settings?.region, settings?.credentials, settings?.identityPoolId]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("the site's own credentials need no identity pool", () => {
  const credentials = async () => ({ accessKeyId: 'a', secretAccessKey: 's' });
  const settings = settingsOf({ identityPoolId: undefined, credentials, region: 'eu-west-1' });
  expect(settings).toMatchObject({ credentials, region: 'eu-west-1' });
  expect(settings?.identityPoolId).toBeUndefined();
});

test("the site's own credentials take precedence over an identity pool", () => {
  const credentials = async () => ({ accessKeyId: 'a', secretAccessKey: 's' });
  const settings = settingsOf({ credentials });
  expect(settings).toMatchObject({ credentials, region: 'us-east-1' });
  expect(settings?.identityPoolId).toBeUndefined();
});

test('an endpoint is resolved against the page, without a trailing slash', () => {
  for (const [endpoint, url] of [
    ['/collect', 'https://shop.example/collect'],
    ['collect/', 'https://shop.example/a/collect'],
    ['../b', 'https://shop.example/b'],
    ['//cdn.example', 'https://cdn.example'],
    ['http://localhost:8080/', 'http://localhost:8080'],
  ]) {
    expect(settingsOf({ endpoint })?.endpointUrl).toBe(url);
  }
  expect(settingsOf({ identityEndpoint: '/identity' })?.identityUrl).toBe('https://shop.example/identity');
});

test('endpoints in China use the domain amazonaws.com.cn', () => {
  for (const input of [{ region: 'cn-north-1' }, { identityPoolId: 'cn-north-1:0123' }]) {
    const settings = settingsOf(input);
    expect(settings?.endpointUrl).toBe('https://personalize-events.cn-north-1.amazonaws.com.cn');
    expect(settings?.identityUrl).toBe('https://cognito-identity.cn-north-1.amazonaws.com.cn/');
  }
});

test.describe('the attributes of the tag', () => {
  const camelCase = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  /** Reads options from the attributes as the DOM's `dataset` does. */
  const read = (attributes: Record<string, string>) => {
    const data = Object.entries(attributes).filter(([name]) => name.startsWith('data-'));
    const dataset = Object.fromEntries(data.map(([name, value]) => [camelCase(name.slice(5)), value]));
    return optionsFrom(dataset);
  };

  test('are named as the options and converted to their types', () => {
    expect(
      read({
        'data-tracking-id': 't',
        'data-identity-pool-id': POOL,
        'data-identity-endpoint': '/i',
        'data-user-id': '42',
        'data-click-event': 'tap',
        'data-flush-interval': '250',
        'data-flush-size': '3',
        'data-session-max-age': '0.5',
        'data-debug': '',
        'data-cfasync': 'false',
        src: 'x.js',
      }),
    ).toEqual({
      trackingId: 't',
      identityPoolId: POOL,
      identityEndpoint: '/i',
      userId: '42',
      clickEvent: 'tap',
      flushInterval: 250,
      flushSize: 3,
      sessionMaxAge: 0.5,
      debug: true,
    });
    expect(read({ 'data-debug': 'false' })).toEqual({ debug: false });
    for (const [value, sessionCookie] of [
      ['', true],
      ['true', true],
      ['false', false],
      ['v; Domain=.shop.example', 'v; Domain=.shop.example'],
    ] as const) {
      expect(read({ 'data-session-cookie': value, 'data-session-id': 'c' })).toEqual({
        sessionCookie,
        sessionId: 'c',
      });
    }
  });

  test('of the data layer take a name, or JSON', () => {
    const attribute = (value: string) => read({ 'data-data-layer': value }).dataLayer;
    expect(['', 'true', 'false', 'shopLayer'].map(attribute)).toEqual([true, true, false, 'shopLayer']);
    expect(
      read({
        'data-data-layer-events': '{ "add_to_wishlist": "wishlist", "select_item": false }',
        'data-data-layer-item-id': 'sku',
        'data-data-layer-properties': '["quantity"]',
      }),
    ).toEqual({
      dataLayerEvents: { add_to_wishlist: 'wishlist', select_item: false },
      dataLayerItemId: 'sku',
      dataLayerProperties: ['quantity'],
    });
    const { problems } = resolve({ ...MINIMAL, ...read({ 'data-data-layer-events': "{ 'a': 'b' }" }) });
    expect(problems).toEqual([
      `dataLayerEvents must be an object of event types, or false; got "{ 'a': 'b' }"`,
    ]);
  });

  test('are reported when a number is not one', () => {
    const { problems } = resolve({ ...MINIMAL, ...read({ 'data-flush-interval': 'soon' }) });
    expect(problems).toEqual([expect.stringContaining('flushInterval must be ')]);
  });

  test('count as missing when empty, except flags', () => {
    for (const value of ['', ' ', '\n\t']) {
      const names = Object.keys(OPTIONAL).filter((name) => name !== 'credentials');
      const flags = ['sessionCookie', 'attribution', 'dataLayer', 'ignoreBots', 'respectGpc', 'debug'];
      const dashed = (name: string) =>
        `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      const attributes = Object.fromEntries(['trackingId', ...names].map((name) => [dashed(name), value]));
      expect(read(attributes)).toEqual(Object.fromEntries(flags.map((name) => [name, true])));
    }
    expect(read({ 'data-debug': ' false ', 'data-flush-size': ' 3 ', 'data-user-id': ' ann\n' })).toEqual({
      debug: false,
      flushSize: 3,
      userId: 'ann',
    });
  });
});
