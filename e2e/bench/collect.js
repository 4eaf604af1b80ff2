// @ts-check
// Collectors for the peers that do not send to Personalize: they decode each format enough to find the events.
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

/** How long a browser may keep a preflight's answer: the default of Snowplow's collector, in seconds. */
const SNOWPLOW_MAX_AGE = '3600';

/** The same as Amazon Personalize's. */
const USUAL_MAX_AGE = '172800';

/** @param {Buffer} body */
const inflate = (body) => (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body);

/** Decodes PostHog's form without gzip: `data=` and base64. @param {string} text */
const unwrap = (text) =>
  text.startsWith('data=')
    ? Buffer.from(decodeURIComponent(text.slice('data='.length)), 'base64').toString()
    : text;

/** Decodes Snowplow's self-describing events, which are base64 in JSON. @param {string} text */
const withSelfDescribing = (text) =>
  text.replace(/"ue_px":"([\w-]+)"/g, (_, encoded) => Buffer.from(encoded, 'base64url').toString());

/**
 * Answers a collector's request; resolves to the text that contains the events.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @returns {Promise<string>}
 */
export const collect = async (request, response) => {
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
  // Snowplow and others send cookies.
  response.setHeader('access-control-allow-credentials', 'true');
  if (request.method === 'OPTIONS') {
    const isSnowplow = request.url?.includes('snowplow');
    response.setHeader('access-control-allow-methods', 'POST');
    response.setHeader(
      'access-control-allow-headers',
      request.headers['access-control-request-headers'] ?? '',
    );
    response.setHeader('access-control-max-age', isSnowplow ? SNOWPLOW_MAX_AGE : USUAL_MAX_AGE);
    response.end();
    return '';
  }
  const body = await buffer(request);
  response.setHeader('content-type', 'application/json');
  // https://www.algolia.com/doc/rest-api/insights/push-events
  const isAlgolia = request.url?.startsWith('/1/events');
  response.end(isAlgolia ? '{"message":"OK","status":200}' : '{"status":1,"success":true}');
  return withSelfDescribing(unwrap(inflate(body).toString()));
};
