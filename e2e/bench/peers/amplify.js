// AWS Amplify's Personalize provider: https://docs.amplify.aws/gen1/javascript/build-a-backend/more-features/analytics/personalize-recommendations/
import { Amplify } from 'aws-amplify';
import { flushEvents, record as recordEvent } from 'aws-amplify/analytics/personalize';

/** @param {{ atOnce: boolean }} options */
export const start = ({ atOnce }) =>
  Amplify.configure({
    Auth: {
      Cognito: {
        identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
        allowGuestAccess: true,
      },
    },
    Analytics: {
      Personalize: {
        trackingId: 'demo-tracker',
        region: 'us-east-1',
        // The maximum; the default of 5 drops events after the sixth in five seconds.
        flushSize: 10,
        // Its timer never stops: this is the shortest interval that gives a page some rest.
        flushInterval: atOnce ? 100 : 5000,
      },
    },
  });

/** Sends the item as a property: there is no field for it. @param {string} itemId */
export const record = (itemId) => recordEvent({ eventType: 'click', properties: { itemId, row: 'top' } });

export const flush = () => flushEvents();
