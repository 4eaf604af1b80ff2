// @ts-check

/**
 * In the page: the tiles of a shop, and what its visitors and its own script do with them. Lists are rows of 20 tiles,
 * each from a recommendation of its own.
 */
export const createStage = () => {
  const TILES_A_LIST = 20;
  const main = /** @type {HTMLElement} */ (document.querySelector('main'));
  /** Absent where nothing is measured but the page itself. @returns {any} */
  const subject = () => /** @type {any} */ (window).personalize;
  const counts = { queued: 0, rejected: 0 };
  let lists = 0;

  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  /** @param {number} count */
  const frames = async (count) => {
    for (; count > 0; count--) await frame();
  };
  /** Longer than impressions and the first requests take. */
  const rest = () => new Promise((resolve) => setTimeout(resolve, 2000));
  /** A task of its own begins. @param {string} name */
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

  /** Of which half can be seen. */
  const visibleTiles = () =>
    [...document.querySelectorAll('[data-personalize-item]')].filter((tile) => {
      const { top, height } = tile.getBoundingClientRect();
      return Math.min(top + height, innerHeight) - Math.max(top, 0) >= height / 2;
    });

  return {
    counts: () => ({ ...counts }),
    frames,
    /** From the script's tag to its being ready. @param {Record<string, string>} options the tracker's */
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
    /** Begins what is measured, on the page as it is. @param {object} options the tracker's */
    async begin(options) {
      await mark('begin');
      subject()?.init(options);
      subject()?.on?.('queued', () => counts.queued++);
      subject()?.on?.('rejected', () => counts.rejected++);
    },
    /** Until session and credentials are in memory; without a tracker as long, for the page to come to rest. */
    async warmUp() {
      await subject()?.ready;
      subject()?.track?.('warm-up', 'none');
      await subject()?.flush?.();
      await rest();
    },
    /** Sends what waits. */
    settle: async () => void (await subject()?.flush?.()),
    /** @param {number} tiles @param {string} [attributes] of each list */
    async fill(tiles, attributes) {
      main.append(...makeLists(tiles, attributes));
      await frames(5);
    },
    rest,
    /** A browser keeps what it has timed of 250 requests. */
    forgetRequests: () => performance.clearResourceTimings(),
    countVisible: () => visibleTiles().length,
    /** Where to click, one after the other. */
    targets: () =>
      visibleTiles().map((tile) => {
        const { left, top } = tile.getBoundingClientRect();
        return { x: left + 20, y: top + 35 };
      }),
    /** Through the page from top to bottom. @param {number} steps one a frame */
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
      /** @type {Element[][]} made before */
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
    /** All there is. @param {number} size of a batch in tiles, one a frame */
    async remove(size) {
      await mark('remove');
      while (main.firstElementChild) {
        for (let left = size / TILES_A_LIST; left > 0; left--) main.lastElementChild?.remove();
        await frame();
      }
      await frames(2);
      await mark('removed');
    },
    /** @param {string} name */
    mark,
    /** A router's doing: other addresses, each with a list and an item of its own, and a click in it. @param {number} times */
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
        /** @type {HTMLElement | null} */ (list.querySelector('b'))?.click();
      }
    },
  };
};

/** @typedef {ReturnType<typeof createStage>} Stage */
