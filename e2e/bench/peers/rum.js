// The CloudWatch RUM web client: https://github.com/aws-observability/aws-rum-web/blob/main/docs/configuration.md
import { AwsRum } from 'aws-rum-web';

let rum;
let isAtOnce;

/** @param {{ atOnce: boolean }} options */
export const start = ({ atOnce }) => {
  isAtOnce = atOnce;
  rum = new AwsRum('00000000-0000-4000-8000-000000000000', '1.0.0', 'us-east-1', {
    identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
    endpoint: 'https://dataplane.rum.us-east-1.amazonaws.com',
    allowCookies: true,
    // Only custom events are compared.
    telemetries: [],
    disableAutoPageView: true,
    // 0 removes the limit of 200 events a session.
    sessionEventLimit: 0,
  });
};

/** https://github.com/aws-observability/aws-rum-web/blob/main/docs/examples.md @param {string} itemId */
export const record = (itemId) => {
  rum.recordEvent('click', { itemId, row: 'top' });
  if (isAtOnce) rum.dispatch();
};

export const flush = () => rum.dispatch();
