const SHOWN_CHARACTERS = 60;

/** A value as a message shows it. */
export const show = (value: unknown): string => {
  let text: string | undefined;
  try {
    text = typeof value === 'number' ? undefined : JSON.stringify(value);
  } catch {
    // A cycle or a BigInt has no JSON.
  }
  text ??= String(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}… (${text.length} characters)` : text;
};

/** The number that an attribute's text is; the text itself where it is none, for a check to show. */
export const numberOrText = (text: string): number | string =>
  text.trim() && !Number.isNaN(+text) ? +text : text;
