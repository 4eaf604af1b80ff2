// @ts-check
// The logged-in user. The demo asks for no password: a cookie holds the name, from which the server and the browser
// derive the userId.

export const SHOPPER_COOKIE = 'shopper';
/** The cookie that is set once the visitor has answered the film club's invitation. */
export const CLUB_COOKIE = 'film-club';
export const MAX_NAME_LENGTH = 40;

/** The users that a visitor can log in as with one click. */
export const regulars = ['Mina Okafor', 'Jonas Lindqvist', 'Priya Raman'];

/** @param {string} name */
export const userIdOf = (name) =>
  `user-${name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')}`;

/** @param {string} name */
export const isName = (name) => /[\p{L}\p{N}]/u.test(name) && name.length <= MAX_NAME_LENGTH;

/**
 * @param {string} cookies as in the `cookie` header or `document.cookie`
 * @param {string} name
 */
export function readCookie(cookies, name) {
  const pair = cookies.split(/; */).find((text) => text.startsWith(`${name}=`));
  try {
    return pair && decodeURIComponent(pair.slice(name.length + 1));
  } catch {
    return undefined; // not written by us
  }
}

/** @param {string} cookies */
export function readShopper(cookies) {
  const name = readCookie(cookies, SHOPPER_COOKIE);
  return name && isName(name) ? name : undefined;
}

/**
 * Sets or removes a cookie, in the browser only: this demo's server sets none.
 * @param {string} name
 * @param {string} value empty, to remove it
 */
export function writeCookie(name, value) {
  const age = value ? 31_536_000 : 0; // seconds: a year
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers of 2024.
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${age}; samesite=lax`;
}
