// Compiled, never run: the options of init(), from the package in dist/, by its name.
import {
  type Credentials,
  type CredentialsProvider,
  init,
  type Options,
  type Tracker,
} from 'personalize-beacon';

const credentials: Credentials = { accessKeyId: 'AKIA', secretAccessKey: 'secret' };
const provider: CredentialsProvider = async () => ({
  ...credentials,
  sessionToken: 'token',
  expiration: new Date(),
});

const everything: Required<Options> = {
  trackingId: 'tracker',
  actionTrackingId: 'actions',
  region: 'us-east-1',
  identityPoolId: 'us-east-1:pool',
  credentials: provider,
  userId: 'user',
  endpoint: '/collect',
  exitTransport: 'keepalive',
  identityEndpoint: 'https://cognito-identity.us-east-1.amazonaws.com',
  flushInterval: 5000,
  flushSize: 10,
  sessionMaxAge: 30,
  sessionId: 'cart-1',
  sessionCookie: 'visitor; Domain=.shop.example',
  clickEvent: 'click',
  domain: 'ECOMMERCE',
  impressionShare: 50,
  impressionTime: 1000,
  impressionItems: 'seen',
  pageView: 'path',
  attribution: true,
  dataLayer: true,
  dataLayerEvents: { add_to_wishlist: 'wishlist', select_item: false },
  dataLayerItemId: 'item_id',
  dataLayerProperties: ['quantity'],
  ignoreBots: false,
  consent: 'required',
  tcfPurposes: '1,5,6',
  respectGpc: true,
  debug: false,
  chunkUrl: '/static/',
};

const personalize: Tracker = init(everything);
init({ trackingId: 'tracker' });
init({ trackingId: 'tracker', domain: 'VIDEO_ON_DEMAND', impressionItems: 'all' });
init({ trackingId: 'tracker', consent: 'google', sessionCookie: true });
init({ trackingId: 'tracker', consent: 'tcf' });
// @ts-expect-error: trackingId is required
init({ identityPoolId: 'us-east-1:pool' });
// @ts-expect-error: options are required
init();
// @ts-expect-error: unknown option
init({ trackingId: 'tracker', trackingID: 'tracker' });
// @ts-expect-error: a number is required
init({ trackingId: 'tracker', flushInterval: '5000' });
// @ts-expect-error: unknown domain
init({ trackingId: 'tracker', domain: 'MUSIC' });
init({ trackingId: 'tracker', dataLayer: 'shopLayer' });
// @ts-expect-error: false switches an event off
init({ trackingId: 'tracker', dataLayerEvents: { select_item: true } });
// @ts-expect-error: consent is granted by a call
init({ trackingId: 'tracker', consent: true });
// @ts-expect-error: credentials are a function
init({ trackingId: 'tracker', credentials });
init({ trackingId: 'tracker', credentials: () => credentials });

export { personalize };
