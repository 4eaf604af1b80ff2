import { test as base } from './fixtures.js';

interface Fixtures {
  /** Errors that the page's code has logged. The browser's own messages, as of failed requests, are excluded. */
  said: string[];
}

/** Fails a test whose pages have an error event or an unhandled rejection. */
export const test = base.extend<Fixtures>({
  said: [
    async ({ context }, use) => {
      const said: string[] = [];
      const errors: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error' && message.args().length) said.push(message.text());
      });
      context.on('weberror', (error) => errors.push(String(error.error().stack)));
      await use(said);
      base.expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});
