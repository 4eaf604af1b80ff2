import { tryOrUndefined } from '../../contract/try.js';
import { readUnclobbered } from './dom-clobbering.js';
import { logError } from './log-error.js';
import { natives } from './natives.js';

/** Set by the build: the version of the package, and whether this is the script of a tag. */
declare const VERSION: string;
declare const IS_TAG: boolean;

/** URL of the tag's script, if it has one. */
const scriptUrl =
  typeof IS_TAG === 'boolean' && IS_TAG
    ? tryOrUndefined(() => (readUnclobbered(document, 'currentScript') as HTMLScriptElement).src)
    : undefined;

/** Delay of the first retry. Each further delay is twice as long, up to a minute. */
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 60_000;

/**
 * Loads a chunk of the script, and passes it the script's natives. Retries until it is loaded; logs the first failure.
 * @param load imports the chunk from the script's own folder
 * @param folder URL of the chunks' folder, if it is another one
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
  const loadFromScriptFolder = () =>
    load().catch((error) => {
      if (!scriptUrl) throw error;
      // A script of another origin without `crossorigin` has no folder to import from
      // (https://html.spec.whatwg.org/#creating-a-classic-script).
      return loadFrom(scriptUrl);
    });
  try {
    const chunk = await (folder ? loadFrom(folder) : loadFromScriptFolder());
    chunk.use(natives);
    return chunk;
  } catch (error) {
    if (retryMs === FIRST_RETRY_MS) logError(`could not load ${url} (is it there, with CORS?): ${error}`);
    await new Promise((resolve) => setTimeout(resolve, retryMs));
    return loadChunk(name, load, folder, Math.min(retryMs * 2, LONGEST_RETRY_MS));
  }
};
