// @ts-check
// Starts the whole demo: the shop, and the local AWS to which its tracker sends.

import { readFilms } from './films.js';
import { listen } from './listen.js';
import { createShop } from './storefront/app.js';

/** @typedef {ReturnType<typeof import('./local-aws/index.js').createLocalAws>} LocalAws */
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

/**
 * Starts the shop, along with a local AWS unless `account` names a tracker of real AWS.
 * A given port must be free (0: any free one). By default the shop uses 8080 and the local AWS 8081, or any free port if
 * these are taken.
 * @param {object} [options]
 * @param {number | undefined} [options.port]
 * @param {number | undefined} [options.awsPort]
 * @param {LocalAws | undefined} [options.aws] another local AWS, which must know the trackers `demo-tracker` and
 *   `demo-action-tracker`
 * @param {Account | undefined} [options.account]
 * @example const { url, aws, close } = await startDemo({ port: 0, awsPort: 0 });
 */
export async function startDemo({ port, awsPort, aws, account } = {}) {
  const local = account ? undefined : await startLocalAws(aws, awsPort);
  try {
    const shop = createShop({
      films: readFilms(),
      account: account ?? LOCAL_ACCOUNT,
      ...(local ? { local: { aws: local.aws, url: local.url } } : {}),
    });
    const server = await listen(shop.handler, { ...(port === undefined ? {} : { port }), usual: 8080 });
    const close = async () => {
      shop.close();
      await Promise.all([server.close(), local?.close()]);
    };
    return { url: `http://localhost:${server.port}`, awsUrl: local?.url, aws: local?.aws, close };
  } catch (error) {
    await local?.close();
    throw error;
  }
}

/**
 * @param {LocalAws | undefined} given
 * @param {number | undefined} port
 */
async function startLocalAws(given, port) {
  const aws = given ?? (await import('./local-aws/index.js')).createLocalAws();
  const server = await listen(aws.handler, { ...(port === undefined ? {} : { port }), usual: 8081 });
  return { aws, url: `http://localhost:${server.port}`, close: server.close };
}
