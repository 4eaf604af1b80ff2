/**
 * Converts `NUMBER_OF_RATINGS` to `numberOfRatings`, which the service converts back; camelCase stays as it is. A digit
 * keeps its underscore: `MOVIE_2` is `movie_2`, since `movie2` would be `MOVIE2`.
 */
export const toProperty = (column: string): string =>
  /^[a-z]+[A-Z]/.test(column)
    ? column
    : column.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Converts `numberOfRatings` to `NUMBER_OF_RATINGS`, as the service does. */
export const toColumn = (property: string): string =>
  property.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
