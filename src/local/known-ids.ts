/** IDs that options name, and the region. */
interface NamedIds {
  trackingIds: string[];
  actionTrackingIds: string[];
  identityPoolIds: string[];
  region: string;
}

/** The options that name IDs. */
interface IdOptions {
  trackingId?: unknown;
  actionTrackingId?: unknown;
  identityPoolId?: unknown;
  region?: unknown;
  acceptUnknownIds?: boolean;
}

/** Tells IDs that exist from others. */
export interface KnownIds {
  hasTracker(id: unknown): boolean;
  hasActionTracker(id: unknown): boolean;
  hasIdentityPool(id: unknown): boolean;
  /** Undefined stands for any: that of the request's host name, or else that of its signature. */
  region: string | undefined;
}

/** The form of an identity pool's ID (https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetId.html). */
const IDENTITY_POOL_ID = /^[\w-]+:[\da-f-]+$/;

/** Creates the check of IDs: those that are named exist, and with `acceptUnknownIds` all of a kind that has no option. */
export const createKnownIds = (
  { trackingIds, actionTrackingIds, identityPoolIds, region }: NamedIds,
  options: IdOptions,
): KnownIds => {
  const isAnyKnown = (option: keyof IdOptions) =>
    options.acceptUnknownIds === true && options[option] === undefined;
  const find =
    (option: keyof IdOptions, ids: string[], pattern = /./) =>
    (id: unknown) =>
      ids.includes(id as string) || (isAnyKnown(option) && typeof id === 'string' && pattern.test(id));
  return {
    hasTracker: find('trackingId', trackingIds),
    hasActionTracker: find('actionTrackingId', actionTrackingIds),
    hasIdentityPool: find('identityPoolId', identityPoolIds, IDENTITY_POOL_ID),
    region: isAnyKnown('region') ? undefined : region,
  };
};
