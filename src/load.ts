import type { Dispatch, DispatchOptions } from './dispatch.js';

/** What delivers is a file of its own: until it is there, events are recorded and kept. */
export interface LazyDispatch extends Pick<Dispatch, 'leave' | 'comeBack' | 'stop'> {
  /** Absent until it is there. */
  readonly loaded: Dispatch | undefined;
  /** Resolves once it is there, or has failed to load: then the next call tries again. */
  load(): Promise<void>;
}

export const createLazyDispatch = (options: DispatchOptions, onLoaded: () => void): LazyDispatch => {
  const { settings, queue } = options;
  let loaded: Dispatch | undefined;
  let loading: Promise<void> | undefined;
  /** By itself the queue only keeps. */
  const keeping = { leave: queue.release, comeBack: queue.reclaim, stop: queue.release };
  const current = () => loaded ?? keeping;
  return {
    get loaded() {
      return loaded;
    },
    load: () =>
      (loading ??= (settings.region === undefined ? import('./unsigned.js') : import('./aws.js')).then(
        ({ createDispatch }) => {
          loaded = createDispatch(options);
          onLoaded();
        },
        (error) => {
          loading = undefined;
          console.error(error);
        },
      )),
    leave: () => current().leave(),
    comeBack: () => current().comeBack(),
    stop: () => current().stop(),
  };
};
