// Runs the code of docs/frameworks.md with the real libraries.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { readScript } from '../../demo/script.js';
import { FRAMEWORKS_PAGE } from '../docs/examples/frameworks.js';
import { docs } from '../docs/markdown.js';
import type { Service } from '../support/fixtures.js';
import type { Serve } from '../support/serve.js';
import { bundle } from './bundle.js';
import { codeOf, createDocsApp, type DocsApp, removeDocsApp } from './docs-app.js';
import { test as base, expect, expectCounted } from './fixtures.js';

// Compilers take a minute and more on a machine that is busy with other work.
base.describe.configure({ timeout: 300_000 });

/** The section's heading, the file that starts it, and the one that renders it on a server. */
interface App {
  entry: string;
  server?: string;
  /** Compiles the files or checks their types. */
  check: [script: string, ...args: string[]];
}

const APPS: Record<string, App> = {
  React: { entry: 'main.tsx', server: 'server.tsx', check: ['typescript/bin/tsc', '--noEmit'] },
  Vue: { entry: 'main.ts', server: 'server-vue.ts', check: ['vue-tsc/bin/vue-tsc.js', '--noEmit'] },
  Svelte: {
    entry: 'main.ts',
    server: 'server-svelte.ts',
    check: ['svelte-check/bin/svelte-check', '--output', 'machine', '--threshold', 'error'],
  },
  Angular: { entry: 'out/main.js', check: ['@angular/compiler-cli/bundles/src/bin/ngc.js', '-p', '.'] },
};

const SHELF = {
  recommendationId: 'RID-4f1c',
  films: [
    { id: 'movie-12', title: 'The Third Man' },
    { id: 'movie-7', title: 'Rififi' },
  ],
};

const EVENTS: object[] = JSON.parse(
  docs.find(({ file }) => file === FRAMEWORKS_PAGE)?.blocks.find(({ name }) => name === 'The events')?.code ??
    '[]',
);

const STUB = `<script>${readFileSync(new URL('../../dist/stub.js', import.meta.url), 'utf8')}</script>`;
const MARKER = '<article data-personalize-item="marker" data-personalize-impression>marker</article>';
const TYPE_AND_ITEM = ['eventType', 'itemId'];

const optionsOf = (aws: Service) => ({
  trackingId: 'demo-tracker',
  identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
  endpoint: aws.url,
  identityEndpoint: aws.url,
  flushInterval: 0,
});

interface Pages {
  /** Opens a page with a bundled file of the application, whose tracker sends to the local AWS. */
  openApp(app: DocsApp, entry: string, body?: string, shelf?: object): Promise<void>;
  /** Errors in the console, such as a hydration that does not match, or a tracker that is started again. */
  errors: string[];
}

const test = base.extend<Pages, { appOf(section: string): Promise<DocsApp> }>({
  appOf: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads a fixture's needs off this pattern
    async ({}, use) => {
      const apps = new Map<string, Promise<DocsApp>>();
      const create = async (section: string) => {
        const app = await createDocsApp([section], 'trackerOptions');
        const { server } = APPS[section] ?? {};
        if (server) await app.write(server, codeOf('Server rendering', server));
        if (section === 'Angular') await app.run(...(APPS[section] as App).check);
        return app;
      };
      await use((section) => {
        const app = apps.get(section) ?? create(section);
        apps.set(section, app);
        return app;
      });
      for (const app of apps.values()) await removeDocsApp(await app);
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  errors: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await use(errors);
    expect(errors).toEqual([]);
  },
  openApp: async ({ page, site, aws, errors }, use) => {
    expect(errors).toEqual([]);
    await use(async (app, entry, body = '<div id="app"></div><film-app></film-app>', shelf = SHELF) => {
      const { script, style } = await app.bundle(entry);
      site.addFile('/main.js', script, 'text/javascript');
      site.addFile('/main.css', style, 'text/css');
      site.add(
        '/',
        `<link rel="stylesheet" href="/main.css">
        <script>globalThis.trackerOptions = ${JSON.stringify(optionsOf(aws))}</script>
        <script type="application/json" id="shelf">${JSON.stringify(shelf)}</script>
        ${body}<script type="module" src="/main.js"></script>`,
      );
      await page.goto(site.url, { waitUntil: 'commit' });
    });
  },
});

/** Does what the docs say above their events, and expects these events and no other. */
const visit = async (page: Page, aws: Service) => {
  const arrived = (count: number) => expect.poll(() => aws.counted()).toMatchObject(EVENTS.slice(0, count));
  const press = (name: string) => page.getByRole('button', { name }).click();
  await arrived(2);
  await page.getByText('Rififi').click();
  await arrived(4);
  await press('Log in');
  await page.getByRole('button', { name: 'Log out' }).waitFor();
  await press('Buy');
  await arrived(5);
  await page.getByText('Home').click();
  await arrived(7);
  await press('Log out');
  await page.getByRole('button', { name: 'Log in' }).waitFor();
  await page.getByText('The Third Man').click();
  await arrived(9);
  const sent = aws.acknowledged;
  expect(sent.slice(4).map(({ userId }) => userId)).toEqual([
    'user-5',
    'user-5',
    'user-5',
    undefined,
    undefined,
  ]);
  const sessions = sent.map(({ sessionId }) => sessionId);
  expect(new Set(sessions.slice(0, 7)).size).toBe(1);
  expect(new Set(sessions.slice(7)).size).toBe(1);
  expect(sessions[8]).not.toBe(sessions[0]);
};

for (const [section, { entry, check }] of Object.entries(APPS)) {
  test(`${section}: a visit makes the events of the docs, each once`, async ({
    page,
    aws,
    appOf,
    openApp,
  }) => {
    await openApp(await appOf(section), entry);
    await visit(page, aws);
  });

  test(`${section}: the code has no error of types`, async () => {
    const app = await createDocsApp([section]);
    const { server } = APPS[section] as App;
    if (server) await app.write(server, codeOf('Server rendering', server));
    const output = await app.run(...check);
    expect(output.split('\n').filter((line) => /error TS|NG\d|\bERROR\b/.test(line))).toEqual([]);
    await removeDocsApp(app);
  });
}

/** Starts each application so that `remount()` takes it off the page and puts it there again, as a hot reload does. */
const REMOUNTS: Record<string, [name: string, code: string]> = {
  React: [
    'remount.tsx',
    `import { StrictMode } from 'react';
    import { createRoot } from 'react-dom/client';
    import { BrowserRouter } from 'react-router';
    import { App } from './App';
    import { readShelf } from './films';
    const start = () => {
      const root = createRoot(document.querySelector('#app'));
      root.render(<StrictMode><BrowserRouter><App shelf={readShelf()} /></BrowserRouter></StrictMode>);
      return () => root.unmount();
    };
    let stop = start();
    window.remount = () => { stop(); stop = start(); };`,
  ],
  Vue: [
    'remount.ts',
    `import { createWebHistory } from 'vue-router';
    import { createFilmApp } from './app';
    import { readShelf } from './films';
    const start = () => {
      const { app, router } = createFilmApp(readShelf(), createWebHistory());
      router.isReady().then(() => app.mount('#app'));
      return () => app.unmount();
    };
    let stop = start();
    window.remount = () => { stop(); stop = start(); };`,
  ],
  Svelte: [
    'remount.ts',
    `import { mount, unmount } from 'svelte';
    import App from './App.svelte';
    import { readShelf } from './films';
    const target = document.querySelector('#app');
    const start = () => {
      const app = mount(App, { target, props: { shelf: readShelf(), path: '/' } });
      return () => unmount(app);
    };
    let stop = start();
    window.remount = () => { stop(); stop = start(); };`,
  ],
};

for (const [section, [name, code]] of Object.entries(REMOUNTS)) {
  test(`${section}: what is mounted again does not count again`, async ({ page, aws, appOf, openApp }) => {
    const app = await appOf(section);
    await app.write(name, code);
    await openApp(app, name);
    await expect.poll(() => aws.counted()).toMatchObject(EVENTS.slice(0, 2));
    const tile = await page.getByText('Rififi').elementHandle();
    await page.evaluate('remount()');
    await expect.poll(() => tile?.evaluate((element) => element.isConnected)).toBe(false);
    await page.getByText('Rififi').waitFor();
    // By the time that this has been seen, a repeated impression would have been made.
    await page.evaluate((marker) => document.body.insertAdjacentHTML('beforeend', marker), MARKER);
    await expectCounted(aws, ['itemId'], ['movie-12', 'movie-7', 'marker']);
    await page.getByText('Rififi').click();
    await expectCounted(aws, ['itemId'], ['movie-12', 'movie-7', 'marker', 'movie-7', 'movie-7']);
  });

  test(`${section}: clicks before hydration count, and nothing counts twice across it`, async ({
    page,
    aws,
    appOf,
    openApp,
  }) => {
    const app = await appOf(section);
    const { entry, server = '' } = APPS[section] as App;
    const { render } = await app.importOnServer(server);
    const html = await render?.(...(['/', SHELF] as never[]));
    // The application comes late: first nothing runs but the stub, then the tracker alone.
    await app.write(
      'late.ts',
      `await globalThis.arrival;
      await import('./personalize');
      await globalThis.hydration;
      await import('./${entry.replace(/\.tsx?$/, '')}');`,
    );
    await openApp(
      app,
      'late.ts',
      `${STUB}<script>
        globalThis.arrival = new Promise((resolve) => { globalThis.arrive = resolve; });
        globalThis.hydration = new Promise((resolve) => { globalThis.hydrate = resolve; });
        // Before hydration a link would leave the page.
        const stay = (event) => event.preventDefault();
        addEventListener('click', stay);
      </script><div id="app">${html}</div>`,
    );
    await page.getByText('Rififi').click();
    await page.evaluate('arrive()');
    await expectCounted(aws, TYPE_AND_ITEM, [
      ['click', 'movie-7'],
      ['impression', 'movie-12'],
      ['impression', 'movie-7'],
    ]);
    await page.getByText('Rififi').click();
    await page.evaluate('hydrate()');
    // It has been hydrated once its handlers work.
    await expect
      .poll(async () => {
        const isWaiting = await page.getByRole('button', { name: 'Log in' }).isVisible();
        if (isWaiting) await page.evaluate("document.querySelector('nav button').click()");
        return page.getByRole('button', { name: 'Log out' }).isVisible();
      })
      .toBe(true);
    await page.evaluate((marker) => document.body.insertAdjacentHTML('beforeend', marker), MARKER);
    await expectCounted(aws, ['itemId'], ['movie-7', 'movie-12', 'movie-7', 'movie-7', 'marker']);
    await page.evaluate("removeEventListener('click', stay); globalThis.isSamePage = true");
    await page.getByText('The Third Man').click();
    await expect
      .poll(() => aws.counted().slice(5))
      .toMatchObject([
        {
          eventType: 'click',
          itemId: 'movie-12',
          recommendationId: 'RID-4f1c',
          impression: ['movie-12', 'movie-7'],
        },
        { eventType: 'view', itemId: 'movie-12', recommendationId: 'RID-4f1c' },
      ]);
    expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
    expect(aws.acknowledged.at(-1)?.userId).toBe('user-5');
  });
}

test.describe('in strict mode', () => {
  const strict = (component: string) => `
    import { StrictMode, useEffect } from 'react';
    import { createRoot } from 'react-dom/client';
    import { init } from 'personalize-beacon';
    import { useView } from './useView';
    const Film = () => (
      <main data-personalize-item="movie-12" data-personalize-on="load" data-personalize-impression>film</main>
    );
    const App = () => { ${component} };
    createRoot(document.querySelector('#app')).render(<StrictMode><App /></StrictMode>);`;

  test("the docs' hook records a view once for each item", async ({ page, aws, appOf, openApp }) => {
    const app = await appOf('React');
    const component = `
      const [id, setId] = useState('movie-12');
      useView(id);
      return <button onClick={() => setId('movie-7')}>next</button>;`;
    await app.write('hook.tsx', strict(component).replace('useEffect }', 'useState }'));
    await openApp(app, 'hook.tsx');
    await expectCounted(aws, TYPE_AND_ITEM, [['view', 'movie-12']]);
    await page.getByText('next').click();
    await expectCounted(aws, TYPE_AND_ITEM, [
      ['view', 'movie-12'],
      ['view', 'movie-7'],
    ]);
  });

  test('a tracker that an effect starts and stops runs once and records once', async ({
    page,
    aws,
    appOf,
    openApp,
  }) => {
    const app = await appOf('React');
    const component = `
      useEffect(() => {
        const tracker = init(globalThis.trackerOptions);
        return () => tracker.stop();
      }, []);
      return <Film />;`;
    await app.write('effect.tsx', strict(component));
    await openApp(app, 'effect.tsx');
    await expectCounted(aws, ['eventType'], ['view', 'impression']);
    await page.getByText('film').click();
    await page.evaluate((marker) => document.body.insertAdjacentHTML('beforeend', marker), MARKER);
    await expectCounted(
      aws,
      ['eventType', 'itemId'],
      [
        ['view', 'movie-12'],
        ['impression', 'movie-12'],
        ['impression', 'marker'],
      ],
    );
  });
});

/** Returns the page of a section with these scripts instead of the docs' addresses. */
const headOf = (section: string, library: string, tag: string) =>
  codeOf(section, `${library}-head.html`)
    .replace(`src="${library}.js"`, `src="/${library}.js"`)
    .replace(/<script src="personalize\.js"[^>]*><\/script>/, tag);

for (const [section, library] of [
  ['Turbo', 'turbo'],
  ['htmx', 'htmx'],
] as const) {
  const openSite = async (page: Page, tag: string, serve: Serve) => {
    let isLoggedIn = false;
    let hasLoggedOut = false;
    const { script } = await bundle(`${library}.js`);
    const body = library === 'htmx' ? codeOf('htmx', 'htmx-body.html') : '<body>';
    const pageOf = (path: string) => {
      const films = codeOf('Turbo', 'film.html');
      const film = path.endsWith('12')
        ? films.replaceAll('movie-7', 'movie-12').replace('Rififi', 'The Third Man')
        : films;
      const flash = hasLoggedOut ? codeOf('Turbo', 'logged-out.html') : '';
      hasLoggedOut = false;
      const [action, label] = isLoggedIn ? ['/log-out', 'Log out'] : ['/log-in', 'Log in'];
      return `<!doctype html><html><head><link rel="icon" href="data:,">${headOf(section, library, tag)}</head>
        ${body}${isLoggedIn ? codeOf('Turbo', 'logged-in.html') : ''}${flash}
        <nav><a href="/">Home</a></nav>
        <form action="${action}" method="post"><input type="hidden" name="from" value="${path}"><button>${label}</button></form>
        ${path === '/' ? codeOf('Turbo', 'shelf.html') : film}</body></html>`;
    };
    const port = await serve(async (request, response) => {
      const path = request.url ?? '/';
      const ownScript = path === `/${library}.js` ? script : readScript(path);
      if (ownScript) return response.writeHead(200, { 'content-type': 'text/javascript' }).end(ownScript);
      if (request.method === 'POST') {
        const from = new URLSearchParams(Buffer.concat(await request.toArray()).toString()).get('from');
        isLoggedIn = path === '/log-in';
        hasLoggedOut = !isLoggedIn;
        return response.writeHead(303, { location: from ?? '/' }).end();
      }
      return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageOf(path));
    });
    await page.goto(`http://localhost:${port}/`);
  };

  test(`${section}: a visit makes the events of the docs, each once`, async ({
    page,
    aws,
    tag,
    serve,
    errors,
  }) => {
    await openSite(page, tag(), serve);
    await page.evaluate('globalThis.isSamePage = true');
    await visit(page, aws);
    expect(await page.evaluate('globalThis.isSamePage'), 'no page was loaded').toBe(true);
    expect(errors).toEqual([]);
  });

  test(`${section}: going back to the page after a log-out begins no other session`, async ({
    page,
    aws,
    tag,
    serve,
  }) => {
    await openSite(page, tag(), serve);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    await page.getByText('Rififi').click();
    await page.getByText('Buy').click();
    await page.goBack();
    await page.getByText('The Third Man').click();
    await page.getByText('Buy').click();
    const purchases = () => aws.acknowledged.filter(({ event }) => event.eventType === 'purchase');
    await expect.poll(() => purchases().map(({ event }) => event.itemId)).toEqual(['movie-7', 'movie-12']);
    const [first, second] = purchases();
    expect(second?.sessionId).toBe(first?.sessionId);
  });
}

test('Web Components: open and closed shadow roots, and slots', async ({ page, aws, site, tag, errors }) => {
  const code = (name: string) => codeOf('Web Components', name);
  site.add(
    '/',
    `${tag()}${code('components.html')}<script>${code('film-tile.js')}${code('film-rating.js')}</script>`,
  );
  await page.goto(site.url);
  const LIST = { recommendationId: 'RID-4f1c', impression: ['movie-12', 'movie-7'] };
  const events: object[] = [
    { eventType: 'impression', itemId: 'movie-12', ...LIST },
    { eventType: 'impression', itemId: 'movie-7', ...LIST },
  ];
  const arrived = (...more: object[]) => {
    events.push(...more);
    return expect.poll(() => aws.counted()).toMatchObject(events);
  };
  await arrived();
  await page.getByText('Add to cart').last().click();
  await arrived({ eventType: 'add-to-cart', itemId: 'movie-7', eventValue: 9.99, ...LIST });
  await page.getByText('Trailer').first().click();
  await arrived({ eventType: 'trailer', itemId: 'movie-12', ...LIST });
  await page.getByText('The Third Man').click({ position: { x: 5, y: 10 } });
  await arrived({ eventType: 'click', itemId: 'movie-12', ...LIST });
  // Nothing finds the field in a closed root, but the keyboard reaches it.
  await page.locator('film-rating').click();
  await page.getByText('Trailer').last().focus();
  await page.keyboard.press('Tab');
  await page.keyboard.type('4');
  await page.keyboard.press('Tab');
  await arrived({ eventType: 'rate', itemId: 'movie-12', eventValue: 4 });
  expect(errors).toEqual([]);
});

test('Swiper: slides of a loop count once each', async ({ page, aws, appOf, openApp }) => {
  const app = await appOf('Swiper');
  await openApp(app, 'swiper.ts', codeOf('Swiper', 'swiper.html'));
  const seen = ['movie-12', 'movie-7', 'movie-9'];
  const shown = page.locator('.swiper-slide-active');
  /** Swiper ignores the button while it still moves. */
  const goTo = async (title: string) => {
    await page.getByText('Next').click();
    await expect(shown).toHaveText(title);
    await expect(page.locator('.swiper-wrapper')).toHaveCSS('transition-duration', '0s');
  };
  await expectCounted(aws, ['itemId'], seen.slice(0, 1));
  await goTo('Rififi');
  await expectCounted(aws, ['itemId'], seen.slice(0, 2));
  await goTo('Laura');
  await expectCounted(aws, ['itemId'], seen);
  for (const title of ['The Third Man', 'Rififi', 'Laura']) await goTo(title);
  await shown.click();
  await expect
    .poll(() => aws.counted().slice(3))
    .toMatchObject([
      { eventType: 'click', itemId: 'movie-9', recommendationId: 'RID-4f1c', impression: seen },
    ]);
});

test('TanStack Virtual: rows that come back count once', async ({ page, aws, appOf, openApp }) => {
  const app = await appOf('TanStack Virtual');
  const films = Array.from({ length: 100 }, (_, n) => ({ id: `row-${n}`, title: `row-${n}` }));
  await app.write(
    'rows.tsx',
    `import './personalize';
    import { createRoot } from 'react-dom/client';
    import { FilmRows } from './FilmRows';
    import { readShelf } from './films';
    createRoot(document.querySelector('#app')).render(<FilmRows {...readShelf()} />);`,
  );
  await openApp(app, 'rows.tsx', '<div id="app"></div>', { recommendationId: 'RID-4f1c', films });
  const rows = (...numbers: number[]) => numbers.map((n) => ['impression', `row-${n}`]);
  const scroll = (top: number) =>
    page.evaluate((to) => document.querySelector('section')?.parentElement?.scrollTo(0, to), top);
  await expectCounted(aws, TYPE_AND_ITEM, rows(0, 1, 2));
  await scroll(1000);
  await expectCounted(aws, TYPE_AND_ITEM, rows(0, 1, 2, 10, 11, 12));
  await scroll(0);
  await expect(page.getByText('row-0', { exact: true })).toBeInViewport();
  await page.getByText('row-1', { exact: true }).click();
  await scroll(5000);
  await expectCounted(aws, TYPE_AND_ITEM, [
    ...rows(0, 1, 2, 10, 11, 12),
    ['click', 'row-1'],
    ...rows(50, 51, 52),
  ]);
});

test('video.js: the share that was played counts, and its controls do not', async ({
  page,
  aws,
  appOf,
  openApp,
}) => {
  const film = await readFile(new URL('../../demo/storefront/public/leader.webm', import.meta.url));
  await page.route('**/trailer.webm', (route) => route.fulfill({ contentType: 'video/webm', body: film }));
  await openApp(await appOf('video.js'), 'video.ts', codeOf('video.js', 'video.html'));
  await page.locator('.vjs-big-play-button').click();
  await expect.poll(() => aws.counted().at(-1)?.eventValue).toBe(1);
  await page.locator('.vjs-play-control').click();
  await page.getByText('The Third Man').click();
  const others = () => aws.counted().filter(({ eventType }) => eventType !== 'watch');
  await expect.poll(others).toMatchObject([{ eventType: 'click', itemId: 'movie-12' }]);
});

test('the code for a list, a carousel and a player has no error of types', async () => {
  const app = await createDocsApp(['Swiper', 'TanStack Virtual', 'video.js']);
  expect(await app.run('typescript/bin/tsc', '--noEmit')).toBe('');
  await removeDocsApp(app);
});
