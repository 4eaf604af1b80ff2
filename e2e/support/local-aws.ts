import { type RunningLocalAws, type StartLocalAwsOptions, startLocalAws } from 'personalize-beacon/local';
import { test as base } from './serve.js';

/** A running local AWS, with helpers for its HTTP API. */
export interface Local extends RunningLocalAws {
  /** Sends events of a session to the unsigned endpoint. Resolves to the answer's status. */
  put(events: object[], batch?: object): Promise<number>;
  /** Resolves to the JSON at a path of the API. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read what the API gives
  get(path: string): Promise<any>;
}

/** Starts a local AWS on a free port, which ends with the test. */
type StartLocal = (options?: StartLocalAwsOptions) => Promise<Local>;

export const test = base.extend<{ startLocal: StartLocal; local: Local }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads a fixture's needs off this pattern
  startLocal: async ({}, use) => {
    const all: RunningLocalAws[] = [];
    await use(async (options) => {
      const aws = await startLocalAws(options);
      all.push(aws);
      return Object.assign(aws, {
        async put(eventList: object[], batch = {}) {
          const body = { trackingId: 'demo-tracker', sessionId: 's1', eventList, ...batch };
          const { status } = await fetch(`${aws.url}/collect/events`, {
            method: 'POST',
            body: JSON.stringify(body),
          });
          return status;
        },
        async get(path: string) {
          return (await fetch(aws.url + path)).json();
        },
      });
    });
    for (const aws of all) await aws.close();
  },
  local: async ({ startLocal }, use) => use(await startLocal()),
});

/** Returns an event with a time of its own. */
export const event = (() => {
  let count = 0;
  return (more: object = {}) => ({
    eventType: 'click',
    itemId: 'movie-12',
    sentAt: 1_700_000_000 + count++,
    ...more,
  });
})();
