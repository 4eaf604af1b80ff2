/** Enough for a reader to understand a message of any length. */
const MAX_EXCERPT_CHARACTERS = 300;

/**
 * Characters that control a terminal or deceive its reader: controls, invisible formatting such as bidirectional overrides,
 * line separators, lone surrogates. Line feeds, tabs and the joiners that scripts and emoji need are safe.
 */
const UNSAFE = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const toEscape = (character: string) =>
  Array.from({ length: character.length }, (_, i) => character.charCodeAt(i))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');

/** Returns text that cannot control a terminal, with unsafe characters as `\uXXXX`; JSON keeps its meaning. */
export const printable = (text: string): string => text.replace(UNSAFE, toEscape);

/** Returns printable text on one line, so that foreign text cannot pass for lines of the CLI's own. */
export const oneLine = (text: string): string => printable(text).replaceAll('\n', '\\u000a');

/**
 * Returns the first line of a foreign message, at most 300 characters. Further lines of AWS's messages repeat what was
 * signed, with the session token.
 * @param edit applied to that line before it is cut
 */
export const excerpt = (message: unknown, edit = (line: string) => line): string => {
  const text = typeof message === 'string' ? message : (JSON.stringify(message) ?? '');
  return oneLine(edit(text.split('\n', 1)[0] as string)).slice(0, MAX_EXCERPT_CHARACTERS);
};
