// Stands in for Amplify (`aws-amplify/auth`, `aws-amplify/analytics/personalize`), which is as large as all packages of
// this project together. Like Amplify it gets credentials from Cognito, and sends events by the AWS SDK.
import { PersonalizeEventsClient, PutEventsCommand } from '@aws-sdk/client-personalize-events';

const ask = async (operation: string, input: object) => {
  const answer = await fetch('https://cognito-identity.us-east-1.amazonaws.com/', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityService.${operation}`,
    },
    body: JSON.stringify(input),
  });
  return answer.json();
};

const getCredentials = async () => {
  const pool = { IdentityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000' };
  const { Credentials } = await ask('GetCredentialsForIdentity', await ask('GetId', pool));
  const { AccessKeyId: accessKeyId, SecretKey: secretAccessKey, SessionToken: sessionToken } = Credentials;
  return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(Credentials.Expiration * 1000) };
};

type Session = { credentials?: Awaited<ReturnType<typeof getCredentials>> };
export const fetchAuthSession = async (): Promise<Session> => ({ credentials: await getCredentials() });

interface RecordInput {
  eventId?: string;
  eventType: string;
  properties: Record<string, unknown>;
}

export const record = ({ eventId, eventType, properties }: RecordInput): void => {
  const client = new PersonalizeEventsClient({ region: 'us-east-1', credentials: getCredentials });
  const event = { eventId, eventType, properties: JSON.stringify(properties), sentAt: new Date() };
  client.send(
    new PutEventsCommand({ trackingId: 'demo-tracker', sessionId: 'of-amplify', eventList: [event] }),
  );
};
