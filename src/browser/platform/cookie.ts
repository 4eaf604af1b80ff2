import { tryOrUndefined } from '../../contract/try.js';
import { readUnclobbered } from './dom-clobbering.js';
import type { Warn } from './stored-format.js';

/** A first-party cookie that holds one ID: the site's servers and its other subdomains can read it. */
export interface Cookie {
  /** Returns the valid IDs of all cookies with this name. There may be several: of other paths, of a parent domain. */
  get(): string[];
  set(id: string): void;
  remove(): void;
}

/** An ID that is believed: other subdomains and other scripts may write cookies of this name. */
const BELIEVED = /^(?!(undefined|null|NaN)$)[\w.:~+/=-]{1,256}$/;

const readCookies = () => tryOrUndefined(() => readUnclobbered(document, 'cookie')) ?? '';

/**
 * Opens a cookie. It has `Path=/`, `SameSite=Lax`, and `Secure` on an HTTPS page.
 * @param setting its name, then attributes: `name; Domain=.shop.example; Max-Age=86400`
 * @param maxAgeSeconds the default of `Max-Age`
 * @param isAllowed whether it may be read and written
 */
export const openCookie = (
  setting: string,
  maxAgeSeconds: number,
  isAllowed: () => boolean,
  warn: Warn,
): Cookie => {
  const [name, ...attributes] = setting.split(';');
  const prefix = `${name}=`;
  /** @param more overrides the other attributes: the last one of a name counts */
  const write = (pair: string, more = '') => {
    const secure = location.protocol === 'https:' ? 'Secure' : '';
    const parts = [pair, 'Path=/;SameSite=Lax', secure, `Max-Age=${maxAgeSeconds}`, ...attributes, more];
    const cookie = parts.join(';');
    tryOrUndefined(() => Reflect.set(Object.getPrototypeOf(document), 'cookie', cookie, document));
  };
  return {
    get: () =>
      isAllowed()
        ? readCookies()
            .split('; ')
            .filter((pair) => pair.startsWith(prefix))
            .map((pair) => tryOrUndefined(() => decodeURIComponent(pair.slice(prefix.length))) ?? '')
            .filter((id) => BELIEVED.test(id))
        : [],
    set(id) {
      if (!isAllowed()) return;
      const pair = prefix + encodeURIComponent(id);
      write(pair);
      if (!readCookies().split('; ').includes(pair)) warn('cookie refused by the browser', setting);
    },
    remove: () => write(prefix, 'Max-Age=0'),
  };
};
