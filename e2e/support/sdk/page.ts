// A script of a site with the AWS SDK. It reads its options from its tag, as the tracker's script does.
import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import { fromCognitoIdentityPool } from '@aws-sdk/credential-provider-cognito-identity';
import { init, type SdkOptions } from '../../../src/aws-sdk.js';
import { optionsFrom } from '../../../src/contract/options.js';

const { region, identityPoolId, endpoint, identityEndpoint, ...options } = optionsFrom(
  (document.currentScript as HTMLScriptElement).dataset,
);

const client = new PersonalizeEventsClient({
  region: region as string,
  endpoint: endpoint as string,
  // The tracker itself retries, and the tests count its requests.
  maxAttempts: 1,
  credentials: fromCognitoIdentityPool({
    identityPoolId: identityPoolId as string,
    clientConfig: { region: region as string, endpoint: identityEndpoint as string, maxAttempts: 1 },
  }),
});

window.personalize = init({ ...options, client } as SdkOptions);
