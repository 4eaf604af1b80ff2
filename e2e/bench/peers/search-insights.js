// Algolia's search-insights: https://www.algolia.com/doc/libraries/search-insights
import insights from 'search-insights';

export const start = () =>
  insights('init', {
    appId: 'BENCH',
    apiKey: 'bench',
    // Otherwise each page is another visitor: https://www.algolia.com/doc/libraries/search-insights/methods/init
    useCookie: true,
  });

/** Sends one beacon: it has no queue. There is no field for a property. @param {string} itemId */
export const record = (itemId) =>
  insights('clickedObjectIDs', { index: 'shop', eventName: 'click', objectIDs: [itemId] });
