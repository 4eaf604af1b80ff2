/** Characters of an item's, user's, session's, event's and tracker's ID, and of an event type. */
export const MAX_ID_CHARACTERS = 256;

/** Characters of an event's `properties`, as JSON text. */
export const MAX_PROPERTIES_CHARACTERS = 1024;

export const MAX_RECOMMENDATION_ID_CHARACTERS = 40;

/** Item IDs in an event's `impression`. */
export const MAX_IMPRESSION_ITEMS = 25;

/**
 * Characters of an impression's IDs, as a dataset joins them with `|`: the limit of any categorical value
 * (https://docs.aws.amazon.com/personalize/latest/dg/interactions-dataset-requirements.html).
 */
export const MAX_IMPRESSION_CHARACTERS = 1000;

/** Characters of `eventAttributionSource`. */
export const MAX_SOURCE_CHARACTERS = 1024;

/** Events of one PutEvents request, and interactions of one PutActionInteractions request. */
export const MAX_BATCH_EVENTS = 10;
