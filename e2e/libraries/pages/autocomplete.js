import { autocomplete } from '@algolia/autocomplete-js';

const films = [{ id: 'alien' }, { id: 'aliens' }];

window.start = () => {
  autocomplete({
    container: '#app',
    placeholder: 'Film',
    openOnFocus: true,
    detachedMediaQuery: 'none',
    getSources: () => [
      {
        sourceId: 'films',
        getItems: () => films,
        onSelect: ({ item }) => window.personalize.track('choose', item.id),
        templates: {
          item: ({ item, html }) => html`<div data-personalize-item="${item.id}">${item.id}</div>`,
        },
      },
    ],
  });
};
