// @ts-check
// Starts the whole demo: the shop, and the local AWS to which its tracker sends.

import { readFileSync } from 'node:fs';
import { listen, startLocalAws } from 'personalize-beacon/local';
import { readFilms } from './films.js';
import { createShop } from './storefront/app.js';

/** @typedef {import('personalize-beacon/local').LocalAws} LocalAws */
/**
 * @typedef {{ trackingId: string, region: string, identityPoolId: string, actionTrackingId?: string }} Account
 *   without `actionTrackingId` the shop has no actions to record
 */

/** The IDs that the local AWS knows by default. @type {Account} */
const LOCAL_ACCOUNT = {
  trackingId: 'demo-tracker',
  actionTrackingId: 'demo-action-tracker',
  region: 'us-east-1',
  identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
};

/** Returns the schema of the shop's dataset, against which the local AWS checks each event. */
const readSchema = () => readFileSync(new URL('storefront/interactions.avsc', import.meta.url), 'utf8');

/**
 * Starts the shop, along with a local AWS unless `account` names a tracker of real AWS.
 * A given port must be free (0: any free one). By default the shop uses 8080 and the local AWS 8081, or any free port if
 * these are taken.
 * @param {object} [options]
 * @param {number | undefined} [options.port]
 * @param {number | undefined} [options.awsPort]
 * @param {Account | undefined} [options.account]
 * @example const { url, aws, close } = await startDemo({ port: 0, awsPort: 0 });
 */
export async function startDemo({ port, awsPort, account } = {}) {
  const local = account
    ? undefined
    : await listenOr(awsPort, 8081, (free) => startLocalAws({ port: free, schema: readSchema() }));
  try {
    const shop = createShop({
      films: readFilms(),
      account: account ?? LOCAL_ACCOUNT,
      ...(local ? { local: { aws: local, url: local.url } } : {}),
    });
    const server = await listenOr(port, 8080, (free) => listen(shop.handler, free));
    const close = async () => {
      shop.close();
      await Promise.all([server.close(), local?.close()]);
    };
    return { url: `http://localhost:${server.port}`, awsUrl: local?.url, aws: local, close };
  } catch (error) {
    await local?.close();
    throw error;
  }
}

/**
 * Opens the given port, which must be free, or else the usual one, or any free one if that is taken.
 * @template Server
 * @param {number | undefined} port
 * @param {number} usual
 * @param {(port: number) => Promise<Server>} open
 */
async function listenOr(port, usual, open) {
  try {
    return await open(port ?? usual);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EADDRINUSE') throw error;
    if (port !== undefined)
      throw new Error(`Port ${port} is taken. Choose another, or none to have one found.`);
    return open(0);
  }
}
