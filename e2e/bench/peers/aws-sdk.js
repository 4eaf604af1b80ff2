// The AWS SDK used directly, one request an event, as in the Personalize developer guide:
// https://docs.aws.amazon.com/personalize/latest/dg/putevents-including-implicit-impression-data.html
import { PersonalizeEventsClient, PutEventsCommand } from '@aws-sdk/client-personalize-events';
// https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/Package/-aws-sdk-credential-provider-cognito-identity/
import { fromCognitoIdentityPool } from '@aws-sdk/credential-provider-cognito-identity';

const region = 'us-east-1';
let client;
let sessionId;

export const start = () => {
  // Stores the identity in IndexedDB itself, and credentials in memory only.
  client = new PersonalizeEventsClient({
    region,
    credentials: fromCognitoIdentityPool({
      identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
      clientConfig: { region },
    }),
  });
  // The minimal session.
  sessionId = localStorage.sessionId ??= crypto.randomUUID();
};

/** @param {string} itemId */
export const record = (itemId) =>
  client.send(
    new PutEventsCommand({
      trackingId: 'demo-tracker',
      sessionId,
      eventList: [
        { eventType: 'click', itemId, properties: JSON.stringify({ row: 'top' }), sentAt: new Date() },
      ],
    }),
  );
