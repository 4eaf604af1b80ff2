import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '../../support/fixtures.js';
import { ROOT } from '../markdown.js';
import { arrivedSoFar, bundle, type Example } from '../run.js';
import { clickOn } from './markup.js';
import { ANALYTICS_BLOCK, runWithLibraries } from './segment.js';

const FILMS = [
  { id: 'movie-12', title: 'The Third Man' },
  { id: 'movie-7', title: 'Rififi' },
];

/**
 * A page with a stand-in for a consent manager, which reports as its documentation says.
 * @param standIn script that defines `start()`, before the visitor answers, and `answer(isGranted)`
 */
const withConsentManager = (standIn: string): Example => ({
  isCold: true,
  options: { consent: 'required' },
  html: `<script>${standIn}</script>`,
  async visit(page, world) {
    const call = (name: 'start' | 'answer', isGranted?: boolean) =>
      page.evaluate(
        ([method, is]) =>
          (window as unknown as Record<string, (is?: boolean) => void>)[method as string]?.(is as boolean),
        [name, isGranted] as const,
      );
    await page.waitForFunction(() => window.personalize?.track);
    await call('start');
    expect(world.aws.requests).toEqual([]);
    await call('answer', true);
    await arrivedSoFar(world, 1);
    await call('answer', false);
    expect(await page.evaluate(() => window.personalize.sessionId)).toBeUndefined();
  },
});

export const recipes: Record<string, Example> = {
  'A plain page': { visit: clickOn('The Third Man') },
  'A plain page (2)': { visit: clickOn('The Third Man') },
  'Your own site without AWS': {
    async check({ code }, { page, aws, site, said }) {
      site.add('/', code.replaceAll('http://localhost:8081', aws.url));
      await page.goto(site.url);
      await clickOn('The Third Man')(page);
      await page.evaluate(() => window.personalize.flush());
      expect(aws.counted()).toMatchObject([{ eventType: 'click', itemId: 'movie-12' }]);
      await expect.poll(() => said.join()).toContain('delivered click movie-12');
    },
  },
  'GA4 tagging': {},
  'Recommendations for anonymous visitors': {
    html: '<section id="for-you"></section>',
    async prepare({ page }) {
      await page.route('**/recommendations?visitor=*', async (route) => {
        const asked = new URL(route.request().url()).searchParams.get('visitor');
        const sessionId = await page.evaluate(() => window.personalize.sessionId);
        await route.fulfill({
          json: { recommendationId: asked === sessionId ? 'RID-4f1c' : 'of another', items: FILMS },
        });
      });
    },
    async visit(page) {
      await page.getByText('Rififi').waitFor();
      // While requests are intercepted, those of a page that unloads may be lost.
      await page.unrouteAll();
      await page.getByText('Rififi').click();
    },
  },
  'Recommendations for anonymous visitors (2)': {
    async check(block, { testInfo }) {
      const asked: unknown[] = [];
      const server = createServer(async (request, response) => {
        const chunks = await request.toArray();
        asked.push([request.url, JSON.parse(Buffer.concat(chunks).toString())]);
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ recommendationId: 'RID-4f1c', itemList: [{ itemId: 'movie-7' }] }));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      Object.assign(process.env, {
        AWS_ENDPOINT_URL_PERSONALIZE_RUNTIME: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        AWS_ACCESS_KEY_ID: 'id',
        AWS_SECRET_ACCESS_KEY: 'secret',
      });
      const file = testInfo.outputPath('server.cjs');
      await writeFile(file, await bundle(block, "export * from './snippet'", 'node'));
      const { recommend } = await import(file);
      expect(await recommend('a-session')).toEqual({
        recommendationId: 'RID-4f1c',
        items: [{ id: 'movie-7' }],
      });
      expect(asked).toMatchObject([['/recommendations', { userId: 'a-session', numResults: 25 }]]);
      server.close();
    },
  },
  'Recommendations in the first page': {
    async visit(page) {
      await clickOn('The Third Man')(page);
      const cookies = await page.context().cookies();
      const session = await page.evaluate(() => window.personalize.sessionId);
      expect(cookies).toMatchObject([{ name: 'personalize_session', value: session }]);
    },
  },
  'Recommendations in the first page (2)': {
    // e2e/package/bundlers.spec.ts builds the example and visits it.
    async check({ code }) {
      expect(code).toBe((await readFile(`${ROOT}demo/examples/next/app/page.tsx`, 'utf8')).trim());
    },
  },
  'Add to cart and purchase': { visit: clickOn('Add to cart') },
  'Add to cart and purchase (2)': {
    async visit(page, world) {
      await arrivedSoFar(world, 2);
      await page.reload();
      // They arrive twice and count once.
      await expect
        .poll(async () => {
          await page.evaluate(() => window.personalize?.flush?.());
          return world.aws.acknowledged.filter(({ event }) => event.eventType === 'purchase').length;
        })
        .toBe(4);
    },
  },
  [ANALYTICS_BLOCK]: runWithLibraries('ANALYTICS_BLOCK'),
  'Log-in and log-out': {
    arrives: ['movie-12', 'movie-7', 'movie-9'].map((itemId) => ({ eventType: 'view', itemId })),
    async visit(_, world) {
      await arrivedSoFar(world, 3);
      const views = world.aws.acknowledged.filter(({ event }) => event.eventType === 'view');
      const [before, user, after] = views;
      expect(views.map(({ userId }) => userId)).toEqual([undefined, 'user-5', undefined]);
      expect(user?.sessionId).toBe(before?.sessionId);
      expect(after?.sessionId).not.toBe(before?.sessionId);
    },
  },
  'Shops without log-in': {
    arrives: [{ eventType: 'view', itemId: 'movie-12' }],
    async visit(page, world) {
      await page.waitForFunction(() => window.personalize?.sessionId);
      await page.evaluate(() => window.personalize.track('view', 'movie-12'));
      await arrivedSoFar(world, 1);
      const view = world.aws.acknowledged.find(({ event }) => event.eventType === 'view');
      expect(view?.userId).toBe(view?.sessionId);
    },
  },
  Consent: {
    isCold: true,
    async visit(page, { aws }) {
      await page.waitForFunction(() => window.personalize?.track);
      await clickOn('The Third Man')(page);
      // A tracker that did not wait would have requested credentials by now.
      await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2000 })));
      expect(aws.requests).toEqual([]);
      await clickOn('Yes')(page);
    },
  },
  "Google's Consent Mode": {
    isCold: true,
    async visit(page, { aws }) {
      await clickOn('The Third Man')(page);
      await page.waitForFunction(() =>
        Object.hasOwn((window as unknown as { dataLayer: object }).dataLayer, 'push'),
      );
      expect(aws.requests).toEqual([]);
      await clickOn('Accept')(page);
    },
  },
  'IAB TCF': {
    isCold: true,
    html: `<script>
      const asked = [];
      const __tcfapi = (command, version, listener) => asked.push(listener);
      const answer = (eventStatus, ...purposes) => {
        const consents = Object.fromEntries(purposes.map((purpose) => [purpose, true]));
        for (const listener of asked) listener({ eventStatus, gdprApplies: true, purpose: { consents } }, true);
        return asked.length;
      };
      window.answer = answer;
      window.__tcfapi = __tcfapi;
    </script>`,
    async visit(page, { aws }) {
      await clickOn('The Third Man')(page);
      const answer = (status: string) =>
        page.evaluate(
          (eventStatus) =>
            (window as unknown as { answer(...args: unknown[]): number }).answer(eventStatus, 1, 5, 6),
          status,
        );
      await expect.poll(() => answer('cmpuishown')).toBe(1);
      expect(aws.requests).toEqual([]);
      await answer('useractioncomplete');
    },
  },
  OneTrust: withConsentManager(`
    const report = (...groups) =>
      dispatchEvent(new CustomEvent('OneTrustGroupsUpdated', { detail: ['C0001', ...groups] }));
    let isClosed = false;
    window.OneTrust = { IsAlertBoxClosed: () => isClosed };
    window.start = () => report();
    window.answer = (isGranted) => {
      isClosed = true;
      report(...(isGranted ? ['C0003'] : []));
    };`),
  Cookiebot: withConsentManager(`
    window.Cookiebot = { consent: { necessary: true, preferences: false } };
    window.start = () => dispatchEvent(new Event('CookiebotOnDialogDisplay'));
    window.answer = (isGranted) => {
      Cookiebot.consent.preferences = isGranted;
      dispatchEvent(new Event(isGranted ? 'CookiebotOnAccept' : 'CookiebotOnDecline'));
    };`),
  Usercentrics: withConsentManager(`
    const report = (action, type, isGranted) => {
      const detail = { event: 'consent_status', action, type, 'Amazon Personalize': isGranted, ucCategory: {} };
      dispatchEvent(new CustomEvent('ucEvent', { detail }));
    };
    window.start = () => report('onInitialPageLoad', 'IMPLICIT', false);
    window.answer = (isGranted) =>
      report(isGranted ? 'onAcceptAllServices' : 'onDenyAllServices', 'EXPLICIT', isGranted);`),
  'Tag managers': { visit: clickOn('The Third Man') },
};
