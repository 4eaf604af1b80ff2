import type { Loaded } from './page-state.js';

/**
 * Creates a function that loads the value of a key. It sends one request at a time: of the keys that are asked for
 * meanwhile, only the newest is loaded.
 */
export const createLoader = <Key, Value>(
  load: (key: Key) => Promise<Value>,
  onLoaded: (key: Key, loaded: Loaded<Value>) => void,
): ((key: Key) => void) => {
  let wanted: { key: Key } | undefined;
  let isLoading = false;
  const run = async () => {
    isLoading = true;
    while (wanted) {
      const { key } = wanted;
      wanted = undefined;
      const loaded = await load(key).then(
        (value) => ({ value }),
        (error: Error) => ({ error: error.message }),
      );
      onLoaded(key, loaded);
    }
    isLoading = false;
  };
  return (key) => {
    wanted = { key };
    if (!isLoading) void run();
  };
};
