// @ts-check
// The pictures of the local AWS's page, in both colour schemes.

import { readFileSync } from 'node:fs';
import { startLocalAws } from 'personalize-beacon/local';
import { sendTraffic } from './local-traffic.js';

/** @typedef {import('playwright').Browser} Browser */
/** @typedef {import('personalize-beacon/local').RunningLocalAws} RunningLocalAws */

const SCHEMA = new URL('../../demo/storefront/interactions.avsc', import.meta.url);
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Returns the newest event that was sent without a user and joined one, with a warning. @param {RunningLocalAws} aws */
const joinedEvent = ({ events }) =>
  events.findLast(
    ({ userId, warnings, sessionId, status }) =>
      status === 'accepted' &&
      !userId &&
      warnings.length > 0 &&
      events.some((other) => other.sessionId === sessionId && other.userId),
  )?.number;

/**
 * Takes the pictures.
 * @param {Browser} browser
 * @param {(name: string, png: Buffer) => Promise<void>} save
 */
export const takeLocalPictures = async (browser, save) => {
  const aws = await startLocalAws({ schema: readFileSync(SCHEMA, 'utf8') });
  await sendTraffic(aws);
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    for (const [name, viewport, hash] of /** @type {const} */ ([
      ['local-desktop', DESKTOP, `#/events?event=${joinedEvent(aws)}`],
      ['local-phone', PHONE, '#/events'],
    ])) {
      const page = await browser.newPage({
        viewport,
        colorScheme,
        deviceScaleFactor: viewport === PHONE ? 1.5 : 1,
      });
      await page.goto(`${aws.url}/${hash}`);
      await page.locator('.row').first().waitFor();
      if (viewport === DESKTOP) await page.locator('.pairs').waitFor();
      await save(colorScheme === 'dark' ? `${name}-dark` : name, await page.screenshot());
      await page.close();
    }
  }
  await aws.close();
};
