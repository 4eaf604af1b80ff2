// Compiled, never run: what init() takes, of the package as its users have it, from dist/ by its name.
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
  clickEvent: 'click',
  domain: 'ECOMMERCE',
  impressionShare: 50,
  impressionTime: 1000,
  impressionItems: 'seen',
  pageView: 'path',
  attribution: true,
  ignoreBots: false,
  consent: 'required',
  respectGpc: true,
  debug: false,
  chunkUrl: '/static/',
};

const personalize: Tracker = init(everything);
init({ trackingId: 'tracker' });
init({ trackingId: 'tracker', domain: 'VIDEO_ON_DEMAND', impressionItems: 'all' });
// @ts-expect-error: whose events they are must be said
init({ identityPoolId: 'us-east-1:pool' });
// @ts-expect-error: so must options
init();
// @ts-expect-error: no such option
init({ trackingId: 'tracker', trackingID: 'tracker' });
// @ts-expect-error: numbers are numbers
init({ trackingId: 'tracker', flushInterval: '5000' });
// @ts-expect-error: one of two
init({ trackingId: 'tracker', domain: 'MUSIC' });
// @ts-expect-error: required or not, granted by a call
init({ trackingId: 'tracker', consent: true });
// @ts-expect-error: asked for when they are needed, not handed over once
init({ trackingId: 'tracker', credentials });
init({ trackingId: 'tracker', credentials: () => credentials });

export { personalize };
