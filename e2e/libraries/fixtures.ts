import type { Locator, Page } from '@playwright/test';
import { test as base, expect, type Service, type Site } from '../support/fixtures.js';
import { bundle } from './bundle.js';

export { expect };

interface Opening {
  /** Attributes of the tracker's tag. */
  tag?: Record<string, string>;
}

interface Libraries {
  /** Returns the tracker's tag with immediate flushes, so that events arrive in order. */
  tag: Site['tag'];
  /** Serves the script `pages/NAME` and its style; returns the tags that load them. */
  load(name: string): Promise<{ style: string; script: string }>;
  /**
   * Opens a page with the tracker and, at its end, the script `pages/NAME`. If `start` is given, the page then calls the
   * script's `start()` with it. A page that throws fails the test.
   */
  open(name: string, body: string, start?: unknown, opening?: Opening): Promise<void>;
}

export const test = base.extend<Libraries>({
  tag: async ({ site }, use) => {
    await use((attributes) => site.tag({ 'data-flush-interval': '0', ...attributes }));
  },
  load: async ({ site }, use) => {
    await use(async (name) => {
      const { script, style } = await bundle(name);
      site.addFile(`/${name}`, script, 'text/javascript');
      site.addFile(`/${name}.css`, style, 'text/css');
      return {
        style: `<link rel="stylesheet" href="/${name}.css">`,
        script: `<script src="/${name}"></script>`,
      };
    });
  },
  open: async ({ page, site, load, tag }, use) => {
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await use(async (name, body, start, opening = {}) => {
      const { style, script } = await load(name);
      const call = start === undefined ? '' : `<script>start(${JSON.stringify(start)})</script>`;
      site.add('/', `${style}${tag(opening.tag)}<style>body { margin: 0 }</style>${body}${script}${call}`);
      await page.goto(site.url);
    });
    expect(errors).toEqual([]);
  },
});

/** Returns these fields of the counted events: a list for each event, or a single field's value. */
const counted = (aws: Service, ...fields: string[]) =>
  aws
    .counted()
    .map((event) => (fields[1] ? fields.map((field) => event[field]) : event[fields[0] as string]));

/** Waits until the service has counted exactly these events, in this order. */
export const expectCounted = (aws: Service, fields: string[], events: unknown[]) =>
  expect.poll(() => counted(aws, ...fields)).toEqual(events);

/** Runs statements in the page. */
export const run = (page: Page, statements: string) => page.evaluate(`void (() => { ${statements} })()`);

/** Drags with the mouse from the middle of an element, `dx` pixels to the right. */
export const drag = async (page: Page, from: Locator, dx: number) => {
  const box = await from.boundingBox();
  if (!box) throw new Error('nothing to drag');
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx, y, { steps: 10 });
  await page.mouse.up();
};
