import { test as base } from './fixtures.js';

interface Fixtures {
  /** Errors that the page's code has logged. The browser's own messages, as of failed requests, are excluded. */
  consoleErrors: string[];
}

/** Fails a test whose pages have an error event or an unhandled rejection. */
export const test = base.extend<Fixtures>({
  consoleErrors: [
    async ({ context }, use) => {
      const consoleErrors: string[] = [];
      const errors: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error' && message.args().length) consoleErrors.push(message.text());
      });
      context.on('weberror', (error) => errors.push(String(error.error().stack)));
      await use(consoleErrors);
      base.expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});
