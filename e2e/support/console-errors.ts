import { test as base } from './fixtures.js';

interface Fixtures {
  /** What the page's own code said by console.error; what the browser says of a failed request is not among it. */
  said: string[];
}

/** Whatever goes wrong, no page of such a test sees an error event or an unhandled rejection. */
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
