// @ts-check
// The scripts on the page: the tracker, none, or the minimal code ("floor") that could do what a row measures. A floor
// runs in the page as the tracker does, and also starts at `personalize.init()`.

/** @typedef {'nothing' | 'session' | 'clicks' | 'stores' | 'sights' | 'changes' | 'both' | 'pushes' | 'tracker'} Subject */

/** As in src/browser/capture: the thresholds for half an item, and the attributes that change an element's meaning. */
const SETTINGS = {
  threshold: [1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64],
  attributeFilter: ['item', 'action', 'media', 'on', 'impression', 'list', 'recommendation-id'].map(
    (name) => `data-personalize-${name}`,
  ),
};

/** @typedef {typeof SETTINGS} Settings */

/** Listens for clicks, finds the tile and reads its item. */
const clicks = () => {
  const personalize = {
    read: '',
    /** @param {HTMLElement} tile */
    onTile(tile) {
      personalize.read = `${tile.dataset.personalizeItem}`;
    },
    init() {
      addEventListener(
        'click',
        (event) => {
          const [target] = event.composedPath();
          const tile = target instanceof Element && target.closest('[data-personalize-item]');
          if (tile instanceof HTMLElement) personalize.onTile(tile);
        },
        { capture: true, passive: true },
      );
    },
  };
  Object.assign(window, { personalize });
};

/** Makes a session in IndexedDB, and copies it to localStorage. Makes no other call, and starts at once. */
const session = () => {
  const made = { sessionId: crypto.randomUUID(), createdAt: Date.now() };
  const ready = new Promise((resolve) => {
    const opening = indexedDB.open('floor');
    opening.onupgradeneeded = () => opening.result.createObjectStore('records');
    opening.onsuccess = () => {
      const records = opening.result.transaction('records', 'readwrite').objectStore('records');
      records.get('session').onsuccess = () => {
        records.put(made, 'session').onsuccess = resolve;
        localStorage.setItem('floor', JSON.stringify(made));
      };
    };
  });
  Object.assign(window, { personalize: { ready } });
};

/**
 * Runs after `clicks`: stores an event of the tile in IndexedDB before the click's task ends, and remembers its list in
 * localStorage.
 */
const stores = () => {
  const opening = indexedDB.open('floor');
  opening.onupgradeneeded = () => opening.result.createObjectStore('events');
  const { personalize } = /** @type {{ personalize: { onTile(tile: HTMLElement): void } }} */ (
    /** @type {unknown} */ (window)
  );
  /** @param {Element} tile */
  const itemOf = (tile) => (tile instanceof HTMLElement ? `${tile.dataset.personalizeItem}` : '');
  personalize.onTile = (tile) => {
    const impression = [...(tile.parentElement?.children ?? [])].map(itemOf);
    const made = { eventType: 'click', itemId: itemOf(tile), impression, sentAt: Date.now() / 1000 };
    localStorage.setItem('floor', JSON.stringify(made));
    const events = opening.result.transaction('events', 'readwrite').objectStore('events');
    events.put(made, crypto.randomUUID());
  };
};

/** Observes the visibility of the existing tiles. @param {Settings} settings */
const sights = ({ threshold }) => {
  const personalize = {
    seen: 0,
    init() {
      const observer = new IntersectionObserver(
        (entries) => {
          for (const { isIntersecting } of entries) if (isIntersecting) personalize.seen++;
        },
        { threshold },
      );
      for (const tile of document.querySelectorAll('[data-personalize-item]')) observer.observe(tile);
    },
  };
  Object.assign(window, { personalize });
};

/** Observes added elements, and only counts them. @param {Settings} settings */
const changes = ({ attributeFilter }) => {
  const personalize = {
    addedNodes: 0,
    init() {
      const observer = new MutationObserver((records) => {
        for (const { addedNodes } of records) for (const _ of addedNodes) personalize.addedNodes++;
      });
      observer.observe(document, { childList: true, subtree: true, attributeFilter });
    },
  };
  Object.assign(window, { personalize });
};

/** Observes added elements, and the visibility of the tiles in them. @param {Settings} settings */
const both = ({ threshold, attributeFilter }) => {
  const personalize = {
    seen: 0,
    init() {
      const inView = new IntersectionObserver(
        (entries) => {
          for (const { isIntersecting } of entries) if (isIntersecting) personalize.seen++;
        },
        { threshold },
      );
      const observer = new MutationObserver((records) => {
        for (const { addedNodes } of records) {
          for (const node of addedNodes) {
            if (!(node instanceof Element)) continue;
            for (const tile of node.querySelectorAll('[data-personalize-item]')) inView.observe(tile);
          }
        }
      });
      observer.observe(document, { childList: true, subtree: true, attributeFilter });
    },
  };
  Object.assign(window, { personalize });
};

/** Reads the items of the data layer's events, those in it and those to come. */
const pushes = () => {
  const personalize = {
    read: '',
    init() {
      const page =
        /** @type {{ dataLayer?: { event?: string, ecommerce?: { items?: { item_id: string }[] } }[] }} */ (
          window
        );
      const layer = (page.dataLayer ??= []);
      const { push } = layer;
      /** @param {typeof layer} entries */
      const readAll = (entries) => {
        for (const { event, ecommerce } of entries) {
          for (const { item_id } of ecommerce?.items ?? []) personalize.read = `${event} ${item_id}`;
        }
      };
      readAll(layer);
      layer.push = function (...entries) {
        readAll(entries);
        return push.apply(this, entries);
      };
    },
  };
  Object.assign(window, { personalize });
};

/** @param {(settings: Settings) => void} floor */
const scriptOf = (floor) => `(${floor})(${JSON.stringify(SETTINGS)})`;

/** The scripts of all subjects but the tracker. */
export const scripts = {
  nothing: '',
  session: scriptOf(session),
  clicks: scriptOf(clicks),
  stores: `${scriptOf(clicks)};${scriptOf(stores)}`,
  sights: scriptOf(sights),
  changes: scriptOf(changes),
  both: scriptOf(both),
  pushes: scriptOf(pushes),
};
