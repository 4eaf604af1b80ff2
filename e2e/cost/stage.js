// @ts-check

/**
 * Runs in the page: renders a shop's tiles, and acts as its visitors and its own script. A list is a row of 20 tiles
 * with its own recommendation.
 */
export const createStage = () => {
  const TILES_A_LIST = 20;
  const MAX_ENTRIES = 300;
  const main = /** @type {HTMLElement} */ (document.querySelector('main'));
  /** Returns the measured subject; undefined if only the page itself is measured. @returns {any} */
  const subject = () => /** @type {any} */ (window).personalize;
  const counts = { queued: 0, rejected: 0 };
  let lists = 0;
  let items = 0;
  let observed = 0;

  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  /** @param {number} count */
  const frames = async (count) => {
    for (; count > 0; count--) await frame();
  };
  /** Waits until the page has had time for what it does when idle. */
  const idle = () => new Promise((resolve) => requestIdleCallback(resolve));
  /** Waits longer than impressions and the first requests take. */
  const rest = () => new Promise((resolve) => setTimeout(resolve, 2000));
  /** Sets a mark and ends the task. @param {string} name */
  const mark = (name) => {
    performance.mark(name);
    return new Promise((resolve) => setTimeout(resolve));
  };

  /** @param {string} attributes */
  const makeList = (attributes) => {
    const list = ++lists;
    const tiles = Array.from({ length: TILES_A_LIST }, (_, n) => {
      const item = (list - 1) * TILES_A_LIST + n + 1;
      return `<a data-personalize-item="item-${item}"><i></i><b>Title ${item}</b><span>9.99</span></a>`;
    });
    const template = document.createElement('template');
    template.innerHTML = `<section data-personalize-list data-personalize-recommendation-id="RID-${list}" ${attributes}>${tiles.join('')}</section>`;
    return /** @type {Element} */ (template.content.firstElementChild);
  };
  /** @param {number} tiles @param {string} [attributes] of each list */
  const makeLists = (tiles, attributes = '') =>
    Array.from({ length: tiles / TILES_A_LIST }, () => makeList(attributes));

  /** Returns the page's data layer. @returns {object[]} */
  const layerOf = () => {
    const page = /** @type {{ dataLayer?: object[] }} */ (window);
    page.dataLayer ??= [];
    return page.dataLayer;
  };

  /** Returns what a shop with GA4 tagging pushes: a list, a selection in it, the view of its item, the item in the cart. */
  const makePushes = () => {
    const from = items;
    items += TILES_A_LIST;
    const listed = Array.from({ length: TILES_A_LIST }, (_, n) => ({
      item_id: `item-${from + n + 1}`,
      item_name: `Title ${from + n + 1}`,
      price: 9.99,
      quantity: 1,
    }));
    const list = { item_list_id: `list-${from}`, recommendation_id: `RID-${from}` };
    return [
      { event: 'view_item_list', ecommerce: { ...list, items: listed } },
      { event: 'select_item', ecommerce: { ...list, items: [listed[3]] } },
      { event: 'view_item', ecommerce: { currency: 'USD', value: 9.99, items: [listed[3]] } },
      { event: 'add_to_cart', ecommerce: { currency: 'USD', value: 9.99, items: [listed[3]] } },
    ];
  };

  /** Returns the tiles of which at least half is visible. */
  const visibleTiles = () =>
    [...document.querySelectorAll('[data-personalize-item]')].filter((tile) => {
      const { top, height } = tile.getBoundingClientRect();
      return Math.min(top + height, innerHeight) - Math.max(top, 0) >= height / 2;
    });

  return {
    counts: () => ({ ...counts, observed }),
    frames,
    /** Counts what is observed from now on, which costs time. */
    countObserved() {
      const { observe } = IntersectionObserver.prototype;
      IntersectionObserver.prototype.observe = function (tile) {
        observed++;
        observe.call(this, tile);
      };
    },
    /** Loads the script, from its tag to `ready`. @param {Record<string, string | boolean>} options the tracker's */
    async start(options) {
      const tag = document.createElement('script');
      Object.assign(tag.dataset, options);
      tag.src = '/subject.js';
      await mark('start');
      document.head.append(tag);
      await new Promise((resolve) => {
        tag.onload = resolve;
      });
      await subject()?.ready;
      await mark('ready');
    },
    /** Starts the subject on the page as it is. @param {object} options the tracker's */
    async begin(options) {
      // A shop's tag manager is there before.
      layerOf();
      await mark('begin');
      subject()?.init(options);
      subject()?.on?.('queued', () => counts.queued++);
      subject()?.on?.('rejected', () => counts.rejected++);
    },
    /** Waits until session and credentials are in memory; without a tracker, for as long. */
    async warmUp() {
      await subject()?.ready;
      subject()?.track?.('warm-up', 'none');
      await subject()?.flush?.();
      await rest();
    },
    /** Flushes waiting events. */
    settle: async () => void (await subject()?.flush?.()),
    /** @param {number} tiles @param {string} [attributes] of each list */
    async fill(tiles, attributes) {
      main.append(...makeLists(tiles, attributes));
      await frames(5);
    },
    rest,
    /** Clears the browser's timings of requests, of which it keeps 250. */
    forgetRequests: () => performance.clearResourceTimings(),
    countVisible: () => visibleTiles().length,
    /** Returns the points to click, one after the other. */
    targets: () =>
      visibleTiles().map((tile) => {
        const { left, top } = tile.getBoundingClientRect();
        return { x: left + 20, y: top + 35 };
      }),
    /** Scrolls through the page from top to bottom. @param {number} steps one a frame */
    async scroll(steps) {
      const height = document.documentElement.scrollHeight - innerHeight;
      await mark('scroll');
      for (let step = 1; step <= steps; step++) {
        scrollTo(0, (height * step) / steps);
        await frame();
      }
      await frames(2);
      await mark('scrolled');
    },
    /** @param {number} tiles @param {number} size of a batch, one a frame */
    async add(tiles, size) {
      /** @type {Element[][]} created beforehand */
      const batches = Array.from({ length: tiles / size }, () => makeLists(size));
      await frames(2);
      await mark('add');
      for (const batch of batches) {
        main.append(...batch);
        await frame();
      }
      await frames(2);
      await mark('added');
    },
    /** Removes all tiles. @param {number} size of a batch in tiles, one a frame */
    async remove(size) {
      await mark('remove');
      while (main.firstElementChild) {
        for (let remaining = size / TILES_A_LIST; remaining > 0; remaining--) main.lastElementChild?.remove();
        await frame();
      }
      await frames(2);
      await mark('removed');
    },
    /** Adds tiles that want impressions, in as many frames as it takes. @param {number} tiles */
    async addUnmeasured(tiles) {
      for (let left = tiles; left > 0; left -= 1000) {
        main.append(...makeLists(Math.min(left, 1000), 'data-personalize-impression'));
        await frame();
      }
      await frames(5);
    },
    /** Records events of items that no event had before, each with its list. @param {number} times */
    record(times) {
      for (; times > 0; times--) {
        const item = ++items;
        const impression = Array.from({ length: TILES_A_LIST }, (_, n) => `item-${item + n}`);
        subject()?.track?.('click', `item-${item}`, { recommendationId: `RID-${item}`, impression });
      }
    },
    /** @param {number} rounds */
    pushAll(rounds) {
      for (; rounds > 0; rounds--) layerOf().push(...makePushes());
    },
    /** Pushes each entry in a task of its own, in a listener by which a trace finds it. @param {number} rounds */
    async pushInTasks(rounds) {
      const entries = Array.from({ length: rounds }, makePushes).flat();
      const layer = layerOf();
      const onPush = () => layer.push(/** @type {object} */ (entries.shift()));
      main.addEventListener('shop-push', onPush);
      while (entries.length) {
        main.dispatchEvent(new Event('shop-push'));
        await new Promise((resolve) => setTimeout(resolve));
      }
      main.removeEventListener('shop-push', onPush);
    },
    /** Pushes entries that are no events of a shop. @param {number} count */
    fillLayer(count) {
      for (; count > 0; count--) layerOf().push({ event: 'scroll', percent: count % 100 });
    },
    /** Waits until `push` has been wrapped; marks the end of that task. @param {boolean} isHooked whether it will be */
    async untilHooked(isHooked) {
      while (isHooked && !Object.hasOwn(layerOf(), 'push')) await frame();
      await mark('hooked');
    },
    /** Pushes items that were not pushed before, and clicks a marked-up tile each time. @param {number} rounds */
    async shop(rounds) {
      const layer = layerOf();
      const tile = main.firstElementChild ?? main.appendChild(document.createElement('a'));
      for (; rounds > 0; rounds--) {
        for (const entry of makePushes()) {
          layer.push(entry);
          // Tag Manager keeps as many.
          if (layer.length > MAX_ENTRIES) layer.shift();
        }
        tile.setAttribute('data-personalize-item', `marked-${items}`);
        /** @type {HTMLElement} */ (tile).click();
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
    /** @param {string} name */
    mark,
    /** Navigates as a router does: to new addresses, each with its own list and item and a click. @param {number} times */
    async navigate(times) {
      for (; times > 0; times--) {
        const [list] = makeLists(TILES_A_LIST, 'data-personalize-impression');
        history.pushState({}, '', `/page/${lists}`);
        if (location.pathname !== `/page/${lists}`) throw new Error('the browser refused a navigation');
        const item = document.createElement('article');
        item.dataset.personalizeItem = `page-${lists}`;
        item.dataset.personalizeOn = 'load';
        main.replaceChildren(item, list);
        await frame();
        // What a busy machine has not read at once is read in the first idle time.
        await idle();
        await idle();
        /** @type {HTMLElement | null} */ (list.querySelector('b'))?.click();
      }
    },
  };
};

/** @typedef {ReturnType<typeof createStage>} Stage */
