/** Characters of the ID of an item, user, session, event or tracker, and of an event type. */
export const MAX_ID_CHARACTERS = 256;

/** Characters of an event's `properties` as JSON. */
export const MAX_PROPERTIES_CHARACTERS = 1024;

export const MAX_RECOMMENDATION_ID_CHARACTERS = 40;

/** Item IDs in an event's `impression`. */
export const MAX_IMPRESSION_ITEMS = 25;

/**
 * Characters of a categorical value in a dataset. The item IDs of an impression, joined with `|`, are one
 * (https://docs.aws.amazon.com/personalize/latest/dg/interactions-dataset-requirements.html).
 */
export const MAX_CATEGORICAL_CHARACTERS = 1000;

/** Columns of an Interactions dataset that are neither required nor reserved (same page). */
export const MAX_METADATA_COLUMNS = 5;

/** Event types and metadata columns of a dataset together, EVENT_TYPE and EVENT_VALUE counted (same page). */
export const MAX_TYPES_AND_COLUMNS = 10;

/** Characters of `eventAttributionSource`. */
export const MAX_SOURCE_CHARACTERS = 1024;

/** Events in one PutEvents request, and interactions in one PutActionInteractions request. */
export const MAX_BATCH_EVENTS = 10;
