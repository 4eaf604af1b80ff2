import { tryOrUndefined } from '../../contract/try.js';
import { readUnclobbered } from './dom-clobbering.js';
import { logError } from './log-error.js';
import { natives } from './natives.js';

/** The build's words: the package's version, and whether this is the script of a tag. */
declare const VERSION: string;
declare const IS_TAG: boolean;

/** Of the tag's script, where it has one. */
const address =
  typeof IS_TAG === 'boolean' && IS_TAG
    ? tryOrUndefined(() => (readUnclobbered(document, 'currentScript') as HTMLScriptElement).src)
    : undefined;

/** A host or a network that has failed is asked again after this long, and then after twice as long, up to a minute. */
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 60_000;

/**
 * Loads a chunk of the script, and lends it what the script has found of the browser. Tries again until it is there; the
 * console is told of the first failure.
 * @param load imports it from beside the script
 * @param folder the chunks' URL, where they are not beside the script
 */
export const loadChunk = async <Chunk extends { use(found: typeof natives): void }>(
  name: string,
  load: () => Promise<Chunk>,
  folder: string | undefined,
  retryMs = FIRST_RETRY_MS,
): Promise<Chunk> => {
  let url = `personalize-${VERSION}.${name}.js`;
  const loadFrom = (base: string): Promise<Chunk> => {
    url = new URL(url, base).href;
    return import(/* webpackIgnore: true */ url);
  };
  const loadBeside = () =>
    load().catch((error) => {
      if (!address) throw error;
      // Nothing is beside a script of another origin without `crossorigin`
      // (https://html.spec.whatwg.org/#creating-a-classic-script).
      return loadFrom(address);
    });
  try {
    const chunk = await (folder ? loadFrom(folder) : loadBeside());
    chunk.use(natives);
    return chunk;
  } catch (error) {
    if (retryMs === FIRST_RETRY_MS) logError(`could not load ${url} (is it there, with CORS?): ${error}`);
    await new Promise((resolve) => setTimeout(resolve, retryMs));
    return loadChunk(name, load, folder, Math.min(retryMs * 2, LONGEST_RETRY_MS));
  }
};
