import type { Page } from '@playwright/test';
import { arrivedSoFar, type Example } from '../run.js';

export const clickOn =
  (...texts: string[]) =>
  async (page: Page) => {
    for (const text of texts) await page.getByText(text, { exact: true }).click();
  };

/** Plays the film on the page to its end. */
export const playThrough = (page: Page) =>
  page.evaluate(async () => {
    const video = document.querySelector('video') as HTMLVideoElement;
    video.muted = true;
    video.playbackRate = 2;
    const end = new Promise((resolve) => video.addEventListener('ended', resolve, { once: true }));
    await video.play();
    await end;
  });

/** Events of the stand-in for YouTube's player. */
const trailer = [0.25, 0.5, 0.75, 1].map((eventValue) => ({ eventType: 'trailer', eventValue }));

export const markup: Record<string, Example> = {
  'One tile': { visit: clickOn('The Third Man') },
  'Several events in one tile': { visit: clickOn('The Third Man', 'Add to cart') },
  'Several events in one tile (2)': { visit: clickOn('Next picture', 'The Third Man') },
  'A list': { visit: clickOn('Rififi') },
  Impressions: {},
  'A page about one item': { visit: clickOn('Directed by Carol Reed') },
  'A page about one item (2)': { visit: clickOn('Quick view') },
  'Forms and controls': {
    prepare: ({ site }) => site.add('/thanks', ''),
    async visit(page) {
      await page.getByLabel('Your rating').fill('4');
      await page.getByText('Buy').click();
      await page.waitForURL('**/thanks*');
    },
  },
  'The value of a control': {
    async visit(page) {
      await page.getByLabel('Your review').fill('A classic');
      await page.getByLabel('Seen it').check();
    },
  },
  'A choice in several steps': {
    async visit(page) {
      await page.getByLabel('poor').focus();
      for (let n = 0; n < 2; n++) await page.keyboard.press('ArrowRight');
    },
  },
  'Events of other names': {
    visit: (page) =>
      page.evaluate(() => {
        const rating = document.querySelector('sl-rating') as Element;
        Object.assign(rating, { value: 4 });
        rating.dispatchEvent(new CustomEvent('sl-change', { bubbles: true, composed: true }));
      }),
  },
  'Choices without a click': { visit: (page) => page.getByRole('combobox').press('Enter') },
  Portals: { visit: clickOn('Add to cart') },
  'Video and audio': {
    async visit(page, world) {
      await playThrough(page);
      await arrivedSoFar(world, 4);
      await page.locator('video').click();
      await page.getByText('The Third Man').click();
    },
  },
  'Clicks on a player': {
    async visit(page, world) {
      await playThrough(page);
      await arrivedSoFar(world, 4);
      await page.locator('video').click();
    },
  },
  'Players that a library creates': { visit: playThrough },
  'Another item in the same player': {
    async visit(page) {
      // Also the event of the second medium.
      await page.locator('video').evaluate((video: HTMLVideoElement) => {
        video.defaultPlaybackRate = 2;
      });
      await playThrough(page);
      await page.locator('video').evaluate(
        (video) =>
          new Promise((resolve) => {
            video.addEventListener('ended', resolve, { once: true });
          }),
      );
    },
  },
  'YouTube and Vimeo': { arrives: trailer },
  Actions: {
    options: { actionTrackingId: 'demo-action-tracker' },
    async visit(page, world) {
      await arrivedSoFar(world, 1);
      await page.getByText('Not for me').click();
    },
  },
  Properties: { visit: clickOn('Rififi') },
  'Pages that change': {},
  'Pages that change (2)': { visit: clickOn('Next film') },
  'Shadow DOM': { visit: clickOn('Add to cart') },
  'Shadow DOM (2)': {
    async visit(page) {
      await page.getByLabel('Stars').fill('4');
      await page.getByLabel('Stars').blur();
    },
  },
  'Common mistakes': {},
};
