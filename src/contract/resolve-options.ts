import { createChecks, DEFAULTS, type Options, toAbsoluteUrl } from './options.js';
import { check, tidy } from './validate.js';

/** Types of events whose markup gives none, by trigger. Clicks and impressions are named after their trigger. */
const EVENT_TYPES: Record<string, string> = {
  load: 'view',
  submit: 'purchase',
  change: 'rate',
  media: 'watch',
};

/** Valid options with the defaults filled in. Without `region` batches are sent unsigned. */
export type Settings = Omit<Options, 'region'> &
  typeof DEFAULTS & {
    region: string | Promise<string> | undefined;
    /** Base URL of the service, without a slash at its end. */
    endpointUrl: string;
    identityUrl: string;
    /** Returns the type of an event whose markup gives none. */
    eventTypeOf(trigger: string): string;
  };

/** Regions with Amazon Personalize (https://docs.aws.amazon.com/general/latest/gr/personalize.html). */
const REGIONS = /^(us-(east|west-2)|eu-(west|central)-1|ca-c|cn-north-|ap-(south-1|...theast-[12]))/;

const isSigned = ({ identityPoolId, credentials }: Partial<Options>) => !!(identityPoolId || credentials);

/** Returns the region to sign for: by default the identity pool's. */
const regionOf = (options: Partial<Options>): string | undefined =>
  isSigned(options) ? (options.region ?? options.identityPoolId?.split(':')[0]) : undefined;

/** Returns a message about each option that is required and missing. Invalid options have a message already. */
const findMissing = (input: Partial<Options>, valid: Partial<Options>): string[] => {
  const required: [name: keyof Options, isMissing: boolean, alternatives?: string][] = [
    ['trackingId', !valid.trackingId],
    ['identityPoolId', !isSigned(valid) && !valid.endpoint, ', credentials or endpoint'],
    ['region', !!valid.credentials && !regionOf(valid)],
  ];
  return required
    .filter(([name, isMissing]) => isMissing && tidy(input[name]) === undefined)
    .map(([name, , alternatives = '']) => `${name}${alternatives} is missing`);
};

const regionalUrl = (service: string, region = '') =>
  `https://${service}.${region}.amazonaws.com${/^cn-/.test(region) ? '.cn' : ''}/`;

/** Returns a function that names events whose markup gives no type. */
export const createEventTypeOf =
  ({ clickEvent, domain }: Partial<Options>) =>
  (trigger: string): string => {
    if (clickEvent && trigger === 'click') return clickEvent;
    const name = EVENT_TYPES[trigger] ?? trigger;
    return domain ? (name[0] as string).toUpperCase() + name.slice(1) : name;
  };

/**
 * Checks options and fills in defaults. Each problem names the option, its limit and the value. Without `settings` in
 * the result the tracker cannot run; otherwise each invalid value is replaced by its default.
 * @param baseUrl the page's, against which relative URLs are resolved
 */
export const resolveOptions = (
  input: Partial<Options>,
  baseUrl: string | undefined,
): { settings?: Settings; problems: string[] } => {
  const { valid: options, problems } = check(input as Options, createChecks(baseUrl), tidy);
  const { trackingId, credentials, endpoint, identityEndpoint, chunkUrl } = options;
  const region = regionOf(options);
  problems.push(...findMissing(input, options));
  if (!trackingId || !(isSigned(options) ? region : endpoint)) return { problems };
  // A credentials provider takes precedence over the identity pool.
  if (credentials) delete options.identityPoolId;
  if (region && !REGIONS.test(region)) {
    const source = options.region ? '' : ' from identityPoolId';
    // The tracker runs all the same: the region may be new.
    problems.push(`region must be one with Amazon Personalize; got "${region}"${source}`);
  }

  const aws = (service: string) => regionalUrl(service, region);
  const absolute = (url: string) => toAbsoluteUrl(url, baseUrl) as string;
  return {
    problems,
    settings: {
      ...DEFAULTS,
      ...(options as Options),
      region,
      eventTypeOf: createEventTypeOf(options),
      endpointUrl: absolute(endpoint ?? aws('personalize-events')).replace(/\/+$/, ''),
      identityUrl: absolute(identityEndpoint ?? aws('cognito-identity')),
      ...(chunkUrl && { chunkUrl: absolute(chunkUrl).replace(/\/*$/, '/') }),
    },
  };
};
