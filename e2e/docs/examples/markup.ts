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

export const markup: Record<string, Example> = {
  'One tile': { visit: clickOn('The Third Man') },
  'More than one thing to do': { visit: clickOn('The Third Man', 'Add to cart') },
  'A list': { visit: clickOn('Rififi') },
  Impressions: {},
  'A page about one item': { visit: clickOn('Directed by Carol Reed') },
  'Forms and controls': {
    prepare: ({ site }) => site.add('/thanks', ''),
    async visit(page) {
      await page.getByLabel('Your rating').fill('4');
      await page.getByText('Buy').click();
      await page.waitForURL('**/thanks*');
    },
  },
  'Video and sound': { visit: playThrough },
  'Video and sound (2)': {
    arrives: [0.25, 0.5, 0.75, 1].map((eventValue) => ({ eventType: 'trailer', eventValue })),
  },
  Actions: {
    options: { actionTrackingId: 'demo-action-tracker' },
    async visit(page, world) {
      await arrivedSoFar(world, 1);
      await page.getByText('Not for me').click();
    },
  },
  Properties: { visit: clickOn('Rififi') },
  'Pages that change': {},
  'Pages that change (2)': {},
  'Shadow DOM': { visit: clickOn('Add to cart') },
  'Common mistakes': {},
};
