import { expect } from '../../support/fixtures.js';
import { arrivedSoFar, type Example } from '../run.js';

/** Google's snippet, without its script, on a page with the option. */
const TAGGED: Example = {
  html: `<script>
    window.dataLayer = window.dataLayer || [];
    function gtag(){dataLayer.push(arguments);}
    gtag('js', new Date());
    gtag('config', 'G-12345');
  </script>`,
  options: { dataLayer: 'true' },
};

export const dataLayer: Record<string, Example> = {
  'Data layer': {
    visit: (page) =>
      page.evaluate(() => {
        const item = { item_id: 'movie-12', price: 9.99 };
        Object.assign(window, { dataLayer: [{ event: 'view_item', ecommerce: { items: [item] } }] });
      }),
    arrives: [{ eventType: 'view', itemId: 'movie-12', eventValue: 9.99 }],
  },
  'Data layer (2)': TAGGED,
  'Data layer (3)': TAGGED,
  'Other events and names': {},
  Users: {
    ...TAGGED,
    arrives: ['movie-12', 'movie-7'].map((itemId) => ({ eventType: 'view', itemId })),
    async visit(_, world) {
      await arrivedSoFar(world, 2);
      const views = world.aws.acknowledged.filter(({ event }) => event.eventType === 'view');
      expect(views.map(({ userId }) => userId)).toEqual(['user-5', undefined]);
      expect(views[0]?.sessionId).not.toBe(views[1]?.sessionId);
    },
  },
};
