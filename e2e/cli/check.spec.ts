import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Fault } from 'personalize-beacon/local';
import { generate } from 'selfsigned';
import { test as base, expect, IMMEDIATE_FLUSHES, type Service, warmUp } from '../support/fixtures.js';
import { LONG_FLUSH_INTERVAL } from '../support/visits.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const POOL_ID = 'us-east-1:00000000-0000-4000-8000-000000000000';
const TRACKER = ['--tracking-id', 'demo-tracker'];
const ACTIONS = ['--action-tracking-id', 'demo-action-tracker'];
const MINUTE_MS = 60_000;

interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

interface Step {
  name: string;
  status: 'ok' | 'warning' | 'failed' | 'skipped';
  detail: string;
  fix?: string;
  ms?: number;
}

/** Runs the command as users do. */
const run = async (args: string[], env: Record<string, string> = {}): Promise<Run> => {
  const command = promisify(execFile)(process.execPath, [CLI, 'check', ...args], {
    env: { ...process.env, ...env },
  });
  return command.then(
    (output) => ({ code: 0, ...output }),
    (error: Run) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
  );
};

/** Returns the flags for a local AWS. */
const at = (url: string) => [
  ...TRACKER,
  ...['--identity-pool-id', POOL_ID, '--endpoint-url', url, '--identity-endpoint-url', url],
];

const stepsOf = async (args: string[], env?: Record<string, string>) => {
  const { code, stdout } = await run([...args, '--json'], env);
  const { ok, steps } = JSON.parse(stdout) as { ok: boolean; steps: Step[] };
  expect(code, 'the exit code agrees with the report').toBe(ok ? 0 : 1);
  return { ok, steps, of: (name: string) => steps.find((step) => step.name === name) as Step };
};

const namesOf = (steps: Step[], status: Step['status']) =>
  steps.filter((step) => step.status === status).map(({ name }) => name);

type Change = (request: IncomingMessage, response: ServerResponse) => void;

/** Returns a proxy in front of a service that changes its answers. */
const proxyOf =
  (handler: RequestListener, change: Change): RequestListener =>
  (request, response) => {
    const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
    Object.assign(response, {
      writeHead(...args: unknown[]) {
        change(request, response);
        return writeHead(...args);
      },
    });
    handler(request, response);
  };

const isPreflight = ({ method }: IncomingMessage) => method === 'OPTIONS';
const isPut = ({ method, url }: IncomingMessage) => method === 'POST' && !!url?.startsWith('/events');

/** Checks after each test that no event was counted. */
const test = base.extend<{ leavesNoTrace: undefined }>({
  leavesNoTrace: [
    async ({ aws }, use) => {
      await use(undefined);
      expect(aws.acknowledged).toEqual([]);
    },
    { auto: true },
  ],
});

const CHAIN = [
  ...['options', 'region', 'PutEvents preflight', 'Cognito preflight', 'GetId', 'GetCredentialsForIdentity'],
  ...['PutEvents', 'PutEvents presigned', 'clock'],
];

test('with a correct setup every step succeeds, and the output ends with the tag to paste', {
  tag: '@core',
}, async ({ aws }) => {
  const { code, stdout, stderr } = await run([...at(aws.url), '--origin', 'https://films.example/movie/12']);
  expect(stderr).toBe('');
  const lines = stdout.split('\n');
  expect(lines.slice(0, CHAIN.length).map((line) => line.split(/ {2,}/)[0])).toEqual(
    CHAIN.map((name) => `✓ ${name}`),
  );
  expect(stdout).toContain('origin https://films.example');
  expect(stdout).toContain('All is well.');
  expect(stdout).toMatch(
    new RegExp(
      `<script async src="/personalize-[\\d.]+\\.js" data-tracking-id="demo-tracker" data-identity-pool-id="${POOL_ID}"`,
    ),
  );
  expect(stdout, 'no colours outside of a terminal').not.toContain('\u001b');
  expect(code).toBe(0);
  expect(aws.calls('/events').map(({ form, status, origin }) => [form, status, origin])).toEqual([
    ['header', 200, 'https://films.example'],
    ['query', 200, 'https://films.example'],
  ]);
});

test('--json prints one document with a name, a status and a detail for each step', {
  tag: '@core',
}, async ({ aws }) => {
  const { code, stdout, stderr } = await run([...at(aws.url), ...ACTIONS, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  const { ok, steps, ...rest } = JSON.parse(stdout);
  expect([ok, rest]).toEqual([true, {}]);
  expect(steps).toEqual(
    steps.map(({ name }: Step) => ({
      name,
      status: 'ok',
      detail: expect.stringMatching(/./),
      ms: expect.any(Number),
    })),
  );
  expect(steps.map(({ name }: Step) => name)).toEqual([
    ...CHAIN.slice(0, -1),
    'PutActionInteractions preflight',
    'PutActionInteractions',
    'clock',
  ]);
});

/** Returns a request as a server sees it, without the parts that differ each time. */
const shapeOf = ({ method, url, headers }: IncomingMessage, body: string) => {
  const { pathname, searchParams } = new URL(url as string, 'http://localhost');
  const read = (name: string) => headers[name] ?? '';
  const batch = body ? JSON.parse(body) : {};
  return JSON.stringify([
    ...[method, pathname, [...searchParams.keys()]],
    ...['content-type', 'x-amz-target', 'access-control-request-method'].map(read),
    `${read('access-control-request-headers')}`.replaceAll(' ', ''),
    `${read('authorization')}`.replace(/^.*SignedHeaders=|, Signature=.*$/g, ''),
    ...[Object.keys(batch), Object.keys(batch.eventList?.[0] ?? {})],
  ]);
};

base(
  'check sends the same requests as a browser, header by header',
  { tag: '@core' },
  async ({ page, aws, site, serve }) => {
    const received: { origin: string; shape: string }[] = [];
    const port = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const shape = shapeOf(request, Buffer.concat(chunks).toString());
        received.push({ origin: request.headers.origin ?? '', shape });
      });
      aws.handler(request, response);
    });
    const url = `http://127.0.0.1:${port}`;
    site.add(
      '/',
      `${site.tag({ ...LONG_FLUSH_INTERVAL, 'data-endpoint': url, 'data-identity-endpoint': url })}<a href="/next" data-personalize-item="a">go</a>`,
    );
    site.add('/next', '<h1>next</h1>');
    await page.goto(site.url);
    await warmUp(page, IMMEDIATE_FLUSHES);
    await page.getByText('go').click();
    await expect
      .poll(() => aws.calls('/events').map(({ form }) => form))
      .toEqual(['header', 'header', 'query']);

    await run([...at(url), '--origin', 'https://check.example']);
    const of = (origin: string) => [
      ...new Set(received.filter((one) => one.origin === origin).map(({ shape }) => shape)),
    ];
    const isGet = (shape: string) => shape.startsWith('["GET"');
    expect(
      of('https://check.example')
        .filter((shape) => !isGet(shape))
        .sort(),
    ).toEqual(of(site.url).sort());
  },
);

/** Faults of the service, each with the step that finds it, its detail and its fix. */
const FAULTS: { title: string; fault: Fault; step: string; detail: RegExp; fix: RegExp; flags?: string[] }[] =
  [
    {
      title: 'a role without permission to put events',
      fault: { status: 403, type: 'AccessDeniedException', message: 'User x is not authorized' },
      step: 'PutEvents',
      detail: /^403 AccessDeniedException User x is not authorized$/,
      fix: /"Action":"personalize:PutEvents","Resource":"\*"/,
    },
    {
      title: 'a role without permission to put interactions with actions',
      fault: { on: 'actions', status: 403, type: 'AccessDeniedException' },
      flags: ACTIONS,
      step: 'PutActionInteractions',
      detail: /AccessDenied/,
      fix: /"Action":"personalize:PutActionInteractions","Resource":"\*"/,
    },
    {
      title: 'a pool without guest access',
      fault: { on: 'GetId', status: 400, type: 'NotAuthorizedException', message: 'Unauthenticated access' },
      step: 'GetId',
      detail: /^400 NotAuthorizedException Unauthenticated access$/,
      fix: /Turn on guest/,
    },
    {
      title: 'a pool without a guest role',
      fault: {
        on: 'GetCredentialsForIdentity',
        status: 400,
        type: 'InvalidIdentityPoolConfigurationException',
      },
      step: 'GetCredentialsForIdentity',
      detail: /InvalidIdentityPoolConfiguration/,
      fix: /trust policy/,
    },
    {
      title: 'throttling by Cognito',
      fault: { on: 'GetCredentialsForIdentity', status: 400, type: 'TooManyRequestsException' },
      step: 'GetCredentialsForIdentity',
      detail: /TooManyRequests/,
      fix: /try again in a minute/,
    },
    {
      title: 'throttling by the service',
      fault: { status: 429, type: 'ThrottlingException' },
      step: 'PutEvents',
      detail: /^429 ThrottlingException/,
      fix: /try again in a minute/,
    },
    {
      title: 'a service that is down',
      fault: { status: 503 },
      step: 'PutEvents',
      detail: /^503/,
      fix: /try again later/,
    },
    {
      title: 'a connection that is cut',
      fault: { drop: 'request' },
      step: 'PutEvents',
      detail: /^127\.0\.0\.1:\d+: ended the connection without an answer$/,
      fix: /Try again/,
    },
    {
      title: 'a service that never answers',
      fault: { stall: true },
      flags: ['--timeout', '9'],
      step: 'PutEvents',
      detail: /no answer within 9 s/,
      fix: /--timeout/,
    },
    {
      title: 'a preflight that is refused',
      fault: { on: 'preflight', times: 1, status: 403 },
      step: 'PutEvents preflight',
      detail: /^OPTIONS is answered 403$/,
      fix: /without a login/,
    },
  ];

for (const { title, fault, step, detail, fix, flags = [] } of FAULTS) {
  test(`${title} fails the step ${step}, and no other`, async ({ aws }) => {
    aws.fail(fault);
    const { steps, of } = await stepsOf([...at(aws.url), ...flags]);
    expect(namesOf(steps, 'failed')).toEqual([step]);
    expect(of(step).detail).toMatch(detail);
    expect(of(step).fix).toMatch(fix);
    for (const skipped of steps.filter(({ status }) => status === 'skipped')) {
      expect(skipped).toEqual({ name: skipped.name, status: 'skipped', detail: `because of ${step}` });
    }
    aws.heal();
    expect((await stepsOf([...at(aws.url), ...flags])).ok, 'all is well without the fault').toBe(true);
  });
}

/** Wrong flags, each with the step that finds it. They override earlier flags. */
const MISTAKES: { title: string; flags: string[]; step: string; detail: RegExp; fix: RegExp }[] = [
  {
    title: 'an unknown tracking ID',
    flags: ['--tracking-id', 'another'],
    step: 'PutEvents',
    detail: /^404 ResourceNotFoundException/,
    fix: /--tracking-id must be its tracking ID \(not the ARN\)/,
  },
  {
    title: 'an unknown tracking ID for actions',
    flags: ['--action-tracking-id', 'another'],
    step: 'PutActionInteractions',
    detail: /^404 ResourceNotFoundException/,
    fix: /--action-tracking-id must be its tracking ID/,
  },
  {
    title: 'an unknown pool',
    flags: ['--identity-pool-id', 'us-east-1:11111111-0000-4000-8000-000000000000'],
    step: 'GetId',
    detail: /^400 ResourceNotFoundException/,
    fix: /no such pool/,
  },
  {
    title: "a region other than the endpoint's",
    flags: ['--region', 'eu-west-1'],
    step: 'PutEvents',
    detail: /^403 InvalidSignatureException/,
    fix: /--region is the endpoint's region/,
  },
];

for (const { title, flags, step, detail, fix } of MISTAKES) {
  test(`${title} fails the step ${step}`, async ({ aws }) => {
    const { steps, of } = await stepsOf([...at(aws.url), ...flags]);
    expect(namesOf(steps, 'failed')).toEqual([step]);
    expect(of(step).detail).toMatch(detail);
    expect(of(step).fix).toMatch(fix);
  });
}

test("a region other than the pool's skips all steps before any request", async () => {
  const { steps, of } = await stepsOf([...TRACKER, '--identity-pool-id', POOL_ID, '--region', 'eu-west-1']);
  expect(of('options').fix).toContain('https://cognito-identity.us-east-1.amazonaws.com');
  expect(namesOf(steps, 'skipped')).toEqual(CHAIN.slice(1));
});

test("a region other than the pool's is a warning if Cognito's endpoint is given", async ({ aws }) => {
  const { steps, of } = await stepsOf([...at(aws.url), '--region', 'eu-west-1']);
  expect(namesOf(steps, 'warning')).toEqual(['options']);
  expect(of('options').detail).toBe('region is eu-west-1, the pool is in us-east-1');
});

test('an endpoint without TLS fails, for a page with TLS cannot use it', async () => {
  const { of } = await stepsOf([...at('http://192.0.2.1')]);
  expect(of('options')).toMatchObject({
    status: 'failed',
    fix: expect.stringContaining('serve it by HTTPS'),
  });
});

test('an unknown host and a refused connection are reported differently, along with an unused proxy', async ({
  aws,
  serve,
}) => {
  // Names of more than 63 letters are not sent to a name server.
  const unknownHost = await stepsOf([...at(aws.url), '--endpoint-url', `http://${'x'.repeat(64)}.localhost`]);
  expect(unknownHost.of('region')).toMatchObject({
    status: 'failed',
    detail: expect.stringContaining('no such host'),
    fix: expect.stringContaining('https://docs.aws.amazon.com/general/latest/gr/personalize.html'),
  });
  expect(namesOf(unknownHost.steps, 'skipped')).toEqual([
    'PutEvents preflight',
    'PutEvents',
    'PutEvents presigned',
  ]);

  const closed = await serve((request) => request.socket.destroy());
  const cut = await stepsOf([...at(aws.url), '--endpoint-url', `http://127.0.0.1:${closed}`], {
    HTTPS_PROXY: 'http://127.0.0.1:1',
  });
  expect(cut.of('region').fix).toContain('HTTPS_PROXY is set, and not used');
  const free = createTcpServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  await once(free.close(), 'close');
  const refused = await stepsOf([...at(aws.url), '--endpoint-url', `http://127.0.0.1:${port}`]);
  expect(refused.of('region').detail).toBe(`127.0.0.1:${port}: refuses connections`);
});

test('a certificate from an unknown authority is reported as a TLS error', async ({ aws, serve }) => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'anybody' }]);
  const port = await serve(createServer({ key, cert }, aws.handler));
  const { of } = await stepsOf([...at(aws.url), '--endpoint-url', `https://127.0.0.1:${port}`]);
  expect(of('region').detail).toContain('TLS fails');
  expect(of('region').fix).toContain('NODE_EXTRA_CA_CERTS');
});

/** Wrong CORS headers, as from a proxy, each with the step that finds it. */
const CORS: { title: string; change: Change; step: string; detail: RegExp; fix: RegExp }[] = [
  {
    title: 'no allowed origin for a preflight',
    change: (request, response) =>
      isPreflight(request) && response.removeHeader('access-control-allow-origin'),
    step: 'PutEvents preflight',
    detail: /does not allow https:\/\/shop\.example/,
    fix: /Access-Control-Allow-Origin: https:\/\/shop\.example, or \*; it has none/,
  },
  {
    title: "an allowed origin other than the page's",
    change: (request, response) =>
      isPreflight(request) && response.setHeader('access-control-allow-origin', 'https://other.example'),
    step: 'PutEvents preflight',
    detail: /does not allow/,
    fix: /it has "https:\/\/other\.example"/,
  },
  {
    title: 'a header that is not allowed',
    change: (request, response) =>
      isPreflight(request) &&
      response.setHeader('access-control-allow-headers', 'Content-Type, X-Amz-Date, Authorization'),
    step: 'PutEvents preflight',
    detail: /^does not allow x-amz-security-token$/,
    fix: /Access-Control-Allow-Headers: authorization, content-type, x-amz-date, x-amz-security-token/,
  },
  {
    title: 'an asterisk in place of Authorization',
    change: (request, response) =>
      isPreflight(request) &&
      request.url === '/events' &&
      response.setHeader('access-control-allow-headers', '*'),
    step: 'PutEvents preflight',
    detail: /^does not allow authorization$/,
    fix: /Access-Control-Allow-Headers/,
  },
  {
    title: 'a Cognito preflight without allowed headers',
    change: (request, response) =>
      isPreflight(request) && request.url === '/' && response.removeHeader('access-control-allow-headers'),
    step: 'Cognito preflight',
    detail: /does not allow content-type, x-amz-target/,
    fix: /Access-Control-Allow-Headers/,
  },
  {
    title: 'no allowed origin for the answer to a batch',
    change: (request, response) => isPut(request) && response.removeHeader('access-control-allow-origin'),
    step: 'PutEvents',
    detail: /may not read it/,
    fix: /Access-Control-Allow-Origin/,
  },
];

for (const { title, change, step, detail, fix } of CORS) {
  test(`${title} fails the step ${step}`, async ({ aws, serve }) => {
    const port = await serve(proxyOf(aws.handler, change));
    const { steps, of } = await stepsOf(at(`http://127.0.0.1:${port}`));
    expect(namesOf(steps, 'failed')).toContain(step);
    expect(of(step).detail).toMatch(detail);
    expect(of(step).fix).toMatch(fix);
  });
}

test('a redirect of a preflight is not followed, as in a browser', async ({ aws, serve }) => {
  const port = await serve((request, response) =>
    isPreflight(request)
      ? response.writeHead(302, { location: `${aws.url}/events` }).end()
      : aws.handler(request, response),
  );
  const { of } = await stepsOf(at(`http://127.0.0.1:${port}`));
  expect(of('PutEvents preflight')).toMatchObject({
    detail: 'OPTIONS is answered 302',
    fix: expect.stringContaining('without a redirect'),
  });
});

test("a page's Content-Security-Policy that blocks the endpoint is reported with the source to add", async ({
  aws,
  site,
}) => {
  site.add('/', '', { 'content-security-policy': "connect-src 'self'" });
  const blocked = await stepsOf([...at(aws.url), '--page', site.url]);
  expect(namesOf(blocked.steps, 'failed')).toEqual(['page']);
  expect(blocked.of('page').fix).toBe(`Add to its connect-src: ${aws.url}`);
  expect(blocked.of('options').detail).toMatch(new RegExp(`origin ${site.url}$`));

  site.add('/', '', { 'content-security-policy': `connect-src 'self' ${aws.url}` });
  expect((await stepsOf([...at(aws.url), '--page', site.url])).of('page').status).toBe('ok');
});

test("a Content-Security-Policy in a page's HTML is read, and a missing page fails", {
  tag: '@core',
}, async ({ aws, site }) => {
  const meta = `<meta http-equiv="Content-Security-Policy" content="default-src 'self'">`;
  site.add('/', meta);
  expect((await stepsOf([...at(aws.url), '--page', site.url])).of('page').status).toBe('failed');
  const { of } = await stepsOf([...at(aws.url), '--page', `${site.url}/nothing`]);
  expect(of('page')).toMatchObject({ status: 'failed', detail: 'is answered 404' });
});

for (const [shown, hidden] of [
  ['x-amzn-ErrorType', 'Date'],
  ['Date', 'x-amzn-ErrorType'],
] as const) {
  test(`a ${hidden} header that is not exposed is a warning`, async ({ aws, serve }) => {
    const change: Change = (_, response) => response.setHeader('access-control-expose-headers', shown);
    const url = `http://127.0.0.1:${await serve(proxyOf(aws.handler, change))}`;
    const { ok, steps, of } = await stepsOf(at(url));
    expect([ok, namesOf(steps, 'warning')]).toEqual([true, ['PutEvents']]);
    expect(of('PutEvents').detail).toContain(`${hidden} not exposed`);
    expect(of('PutEvents').fix).toContain('Access-Control-Expose-Headers: Date, x-amzn-ErrorType');
    expect((await run(at(url))).stdout).toContain('All is well, but for warnings: PutEvents.');
  });
}

/** Returns a service that refuses presigned requests. */
const refusesPresigned =
  (aws: Service): RequestListener =>
  (request, response) =>
    request.url?.includes('?')
      ? response.writeHead(403, { 'access-control-allow-origin': '*' }).end('{"message":"No query strings"}')
      : aws.handler(request, response);

test('with presigned requests refused keepalive is suggested, and works', async ({ aws, serve }) => {
  const url = `http://127.0.0.1:${await serve(refusesPresigned(aws))}`;
  const { steps, of } = await stepsOf(at(url));
  expect(namesOf(steps, 'failed')).toEqual(['PutEvents presigned']);
  expect(of('PutEvents presigned')).toMatchObject({
    detail: '403 No query strings',
    fix: expect.stringContaining('data-exit-transport="keepalive"'),
  });
  const { code, stdout } = await run([...at(url), '--exit-transport', 'keepalive']);
  expect(code).toBe(0);
  expect(stdout).toContain('– PutEvents presigned');
  expect(stdout).toMatch(/<script .*data-exit-transport="keepalive"/);
});

for (const [what, change] of [
  ['revoked', (aws: Service) => aws.revokeCredentials()],
  ['expired', (aws: Service) => aws.expireCredentials()],
] as const) {
  test(`${what} credentials are reported as such, not as a wrong signature`, async ({ aws, serve }) => {
    const port = await serve((request, response) => {
      if (isPut(request)) change(aws);
      aws.handler(request, response);
    });
    const { of } = await stepsOf(at(`http://127.0.0.1:${port}`));
    expect(of('PutEvents').detail).toMatch(/^403 (UnrecognizedClient|ExpiredToken)Exception/);
    expect(of('PutEvents').fix).toContain('in one AWS account');
  });
}

test('a clock that is a minute off is a warning', async ({ aws }) => {
  aws.skew(MINUTE_MS);
  const { ok, of } = await stepsOf(at(aws.url));
  expect(ok).toBe(true);
  expect(of('clock')).toMatchObject({ status: 'warning', detail: expect.stringMatching(/\d\d s behind/) });
});

test('a clock that is 20 minutes off fails, although the signatures are right', async ({ aws }) => {
  aws.skew(-20 * MINUTE_MS);
  const { steps, of } = await stepsOf(at(aws.url));
  expect(namesOf(steps, 'failed')).toEqual(['clock']);
  expect(of('clock').detail).toContain('20 min ahead');
});

test('a wrong clock is corrected by the answer to a refused signature', async ({ aws, serve }) => {
  aws.skew(20 * MINUTE_MS);
  const change: Change = (request, response) =>
    request.url === '/' && response.removeHeader('access-control-expose-headers');
  const { steps } = await stepsOf(at(`http://127.0.0.1:${await serve(proxyOf(aws.handler, change))}`));
  expect(namesOf(steps, 'failed')).toEqual(['clock']);
  expect(aws.calls('/events').map(({ status }) => status)).toEqual([403, 200, 200]);
});

test('a wrong clock that cannot be corrected is named as the reason of the refusal', async ({
  aws,
  serve,
}) => {
  aws.skew(20 * MINUTE_MS);
  const change: Change = (_, response) => response.removeHeader('access-control-expose-headers');
  const { of } = await stepsOf(at(`http://127.0.0.1:${await serve(proxyOf(aws.handler, change))}`));
  expect(of('PutEvents').detail).toContain('InvalidSignatureException');
  expect(of('PutEvents').fix).toContain("This machine's clock is 20 min behind");
});

test("a captive portal's page is not mistaken for Cognito", async ({ aws, serve }) => {
  const port = await serve((_, response) =>
    response
      .writeHead(200, {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': 'content-type,x-amz-target',
      })
      .end('<h1>Log in to the network</h1>'),
  );
  const { of } = await stepsOf([...at(aws.url), '--identity-endpoint-url', `http://127.0.0.1:${port}`]);
  expect(of('GetId')).toMatchObject({
    status: 'failed',
    fix: expect.stringContaining('in the place of Cognito'),
  });
});

test("a server's message can neither control the terminal nor imitate a line of the output", async ({
  aws,
  serve,
}) => {
  const hostile = '\u001b]0;owned\u0007\r\u009b31m\u202egnp\u007f';
  const port = await serve((request, response) => {
    if (!isPut(request)) return aws.handler(request, response);
    const kind = `Odd${hostile}\n✓ PutEvents  200`;
    return response
      .writeHead(403, { 'access-control-allow-origin': '*' })
      .end(JSON.stringify({ __type: kind, message: `Refused ${hostile}` }));
  });
  const args = at(`http://127.0.0.1:${port}`);
  const { detail } = (await stepsOf(args)).of('PutEvents');
  const { stdout } = await run(args);
  for (const output of [detail, stdout.replaceAll('\n', '')]) {
    expect(output).toContain('Refused \\u001b]0;owned\\u0007\\u000d\\u009b31m\\u202egnp\\u007f');
    expect(output).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
  expect(stdout).not.toMatch(/^✓ PutEvents {2}/m);
});

test("a server's header cannot control the terminal", async ({ aws, serve }) => {
  // A C1 control character as a single byte.
  const change: Change = (request, response) =>
    isPreflight(request) && response.setHeader('access-control-allow-origin', 'https://\u009b31m.example');
  const port = await serve(proxyOf(aws.handler, change));
  const { stdout } = await run(at(`http://127.0.0.1:${port}`));
  expect(stdout).toContain('it has "https://\\u009b31m.example"');
});

test('neither secrets, even if the server echoes them, nor control characters are printed', async ({
  aws,
  serve,
}) => {
  const secrets: string[] = [];
  const port = await serve((request, response) => {
    if (isPut(request)) {
      const { 'x-amz-security-token': token } = request.headers;
      const message = `\u001b[31m Refused: ${request.url} ${token}\nThe canonical string: ${token}`;
      response.setHeader('x-amzn-ErrorType', 'InvalidSignatureException');
      return response.writeHead(403, { 'access-control-allow-origin': '*' }).end(JSON.stringify({ message }));
    }
    const end = response.end.bind(response) as (text: string) => ServerResponse;
    Object.assign(response, {
      end(text: string) {
        const { SecretKey, SessionToken } = JSON.parse(text || '{}').Credentials ?? {};
        if (SecretKey) secrets.push(SecretKey, SessionToken);
        return end(text);
      },
    });
    return aws.handler(request, response);
  });
  const args = at(`http://127.0.0.1:${port}`);
  for (const { stdout, stderr } of [await run(args), await run([...args, '--json'])]) {
    expect(stdout).toContain('Refused: /events (hidden)');
    expect(stdout + stderr).not.toContain('canonical string');
    expect(stdout + stderr).not.toContain('\u001b');
    for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
  }
  expect(secrets).toHaveLength(4);
});

/** Wrong flags and the error messages for them. */
const WRONG: [flags: string[], message: RegExp][] = [
  [[], /--tracking-id is missing\n--identity-pool-id or --endpoint is missing/],
  [['--tracking-id'], /'--tracking-id <value>' argument missing/],
  [['--trackingid', 'x'], /Unknown option '--trackingid'/],
  [[...TRACKER, 'us-east-1'], /Unexpected argument 'us-east-1'/],
  [
    [...TRACKER, '--identity-pool-id', 'pool'],
    /--identity-pool-id must be like us-east-1:0123-\.\.\.; got "pool"/,
  ],
  [
    [...TRACKER, '--identity-pool-id', POOL_ID, '--region', 'US'],
    /--region must be like us-east-1; got "US"/,
  ],
  [
    [...TRACKER, '--identity-pool-id', POOL_ID, '--endpoint-url', 'x'],
    /--endpoint-url must be a URL of http\(s\) .*; got "x"/,
  ],
  [[...TRACKER, '--endpoint', '/collect'], /--endpoint must be a URL of http\(s\) .*; got "\/collect"/],
  [[...TRACKER, '--endpoint-url', 'https://aws.example'], /--endpoint-url needs --identity-pool-id/],
  [
    [...TRACKER, '--endpoint', 'https://shop.example', '--identity-pool-id', POOL_ID],
    /--identity-pool-id does not go with --endpoint/,
  ],
  [
    [...TRACKER, '--identity-pool-id', POOL_ID, '--exit-transport', 'fetch'],
    /--exit-transport must be beacon or keepalive; got "fetch"/,
  ],
  [
    [...TRACKER, '--identity-pool-id', POOL_ID, '--origin', 'shop.example'],
    /--origin must be a page's address like https:\/\/shop\.example; got "shop\.example"/,
  ],
  [
    [...TRACKER, '--identity-pool-id', POOL_ID, '--page', '/movie/12'],
    /--page must be an address like https:\/\/shop\.example\/; got "\/movie\/12"/,
  ],
  [
    [...TRACKER, '--identity-pool-id', POOL_ID, '--timeout', '31'],
    /--timeout must be seconds up to 30; got "31"/,
  ],
];

for (const [flags, message] of WRONG) {
  test(`\`check ${flags.join(' ')}\` is rejected with exit code 2 and no standard output`, async () => {
    const { code, stdout, stderr } = await run(flags);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).toContain('--help');
  });
}

test('--help describes each flag, the exit codes, and that no trace is left', async () => {
  const { code, stdout } = await run(['--help']);
  expect(code).toBe(0);
  const flags = [
    'endpoint',
    'origin',
    'page',
    'timeout',
    'json',
    'region',
    'exit-transport',
    'action-tracking-id',
  ];
  for (const flag of [...flags, 'tracking-id', 'identity-pool-id', 'endpoint-url', 'identity-endpoint-url']) {
    expect(stdout).toContain(`  --${flag} `);
  }
  expect(stdout).toMatch(/Exit code: 0 .*; 1 .*; 2 /);
  expect(stdout).toContain('leave no trace');
});

test.describe('an endpoint that accepts unsigned batches', () => {
  const ENDPOINT_STEPS = ['options', 'endpoint', '/events preflight', '/events', '/events as text', 'clock'];

  test('is checked without a preflight from its own origin, and with one from another', async ({
    aws,
    serve,
  }) => {
    const endpoint = `http://127.0.0.1:${await serve(aws.collectHandler)}/collect`;
    const own = await stepsOf([...TRACKER, '--endpoint', endpoint]);
    expect(own.steps.map(({ name }) => name)).toEqual(ENDPOINT_STEPS);
    expect([own.ok, namesOf(own.steps, 'skipped')]).toEqual([true, ['/events preflight']]);
    expect(aws.preflights('/collect/events')).toHaveLength(0);

    const other = await stepsOf([
      ...TRACKER,
      ...ACTIONS,
      '--endpoint',
      endpoint,
      '--origin',
      'https://a.example',
    ]);
    expect(namesOf(other.steps, 'ok')).toEqual(other.steps.map(({ name }) => name));
    expect(aws.preflights('/collect/events')).toHaveLength(1);
    expect(aws.calls('/events')).toEqual([]);
    const posts = aws.requests.filter(({ method }) => method === 'POST');
    expect(posts.map(({ path, contentType, status }) => [path, contentType, status])).toEqual(
      ['events', 'events', 'action-interactions'].flatMap((name) =>
        ['application/json', 'text/plain;charset=UTF-8'].map((type) => [`/collect/${name}`, type, 200]),
      ),
    );
  });

  test('may be given relative to the page, as in the tag', async ({ aws, serve }) => {
    const origin = `http://127.0.0.1:${await serve(aws.collectHandler)}`;
    const { code, stdout } = await run([...TRACKER, '--endpoint', '/collect', '--origin', origin]);
    expect(code).toBe(0);
    expect(stdout).toContain('data-endpoint="/collect"');
  });

  test('may answer with anything, as long as the status is a success', async ({ serve }) => {
    const port = await serve((_, response) => response.writeHead(202).end('null'));
    const { ok } = await stepsOf([...TRACKER, '--endpoint', `http://127.0.0.1:${port}/collect`]);
    expect(ok).toBe(true);
  });

  const REFUSALS: [what: string, refuse: Change, failed: string[], fix: RegExp][] = [
    [
      'answers 404',
      (_, response) => response.writeHead(404),
      ['/events', '/events as text'],
      /appends the last part to --endpoint/,
    ],
    [
      'asks for a login',
      (_, response) => response.writeHead(401),
      ['/events', '/events as text'],
      /without a login/,
    ],
    [
      'refuses text',
      ({ headers }, response) => headers['content-type']?.startsWith('text/') && response.writeHead(415),
      ['/events as text'],
      /Let it accept text\/plain/,
    ],
  ];
  for (const [what, refuse, failed, fix] of REFUSALS) {
    test(`gets a suggested fix when it ${what}`, async ({ aws, serve }) => {
      const port = await serve((request, response) => {
        refuse(request, response);
        if (response.headersSent || response.statusCode !== 200) response.end();
        else aws.collectHandler(request, response);
      });
      const { steps, of } = await stepsOf([...TRACKER, '--endpoint', `http://127.0.0.1:${port}/collect`]);
      expect(namesOf(steps, 'failed')).toEqual(failed);
      for (const name of failed) expect(of(name).fix).toMatch(fix);
    });
  }
});

/** Returns what the AWS CLI reports; undefined if it is not installed. */
const reportOfAwsCli = async (aws: Service, trackingId: string, region: string) => {
  const { accessKeyId, secretAccessKey, sessionToken } = aws.issueCredentials();
  const args = [
    ...['personalize-events', 'put-events', '--endpoint-url', aws.url, '--region', region],
    ...['--tracking-id', trackingId, '--session-id', 'null'],
    ...['--event-list', JSON.stringify([{ eventType: 'click', sentAt: 1_700_000_000 }])],
  ];
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
  };
  return promisify(execFile)('aws', args, { env }).then(
    () => 'ok',
    ({ code, stderr }) => (code === 'ENOENT' ? undefined : /\((\w+)\)/.exec(stderr)?.[1]),
  );
};

const REPORTS: { title: string; trackingId?: string; region?: string; fault?: Fault; reported: string }[] = [
  { title: 'no fault', reported: 'ok' },
  { title: 'an unknown tracker', trackingId: 'another', reported: 'ResourceNotFoundException' },
  { title: 'another region', region: 'eu-west-1', reported: 'InvalidSignatureException' },
  {
    title: 'no permission',
    fault: { status: 403, type: 'AccessDeniedException' },
    reported: 'AccessDeniedException',
  },
  {
    title: 'throttling',
    fault: { status: 429, type: 'ThrottlingException' },
    reported: 'ThrottlingException',
  },
];

for (const { title, trackingId = 'demo-tracker', region = 'us-east-1', fault, reported } of REPORTS) {
  test(`check reports the same as the AWS CLI: ${title}`, async ({ aws }) => {
    if (fault) aws.fail(fault);
    const byAwsCli = await reportOfAwsCli(aws, trackingId, region);
    test.skip(!byAwsCli, 'the aws command is not installed');
    const { of } = await stepsOf([...at(aws.url), '--tracking-id', trackingId, '--region', region]);
    const { status, detail } = of('PutEvents');
    expect([byAwsCli, status === 'ok' ? 'ok' : detail.split(' ')[1]]).toEqual([reported, reported]);
  });
}
