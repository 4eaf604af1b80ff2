import { askCognito } from './cognito.js';
import { type CredentialsProvider, createCredentials } from './credentials.js';
import { type Dispatch, type DispatchOptions, join } from './dispatch.js';
import { NO_ANSWER, post } from './lib/http.js';
import type { Settings } from './options.js';

/** Delivers to AWS. A file of its own: a page records and keeps events before it is there. */
export const createDispatch = (options: DispatchOptions): Dispatch => {
  const { settings, clock, store, isOpen } = options;
  const { region, identityPoolId, identityUrl, credentials } = settings;
  const keeper = createCredentials(
    async (identityId) =>
      identityPoolId
        ? askCognito(
            async (request) => (isOpen() ? post(request, clock.learn).answer : NO_ANSWER),
            identityUrl,
            identityPoolId,
            identityId,
          )
        : { credentials: await (credentials as CredentialsProvider)() },
    region as NonNullable<Settings['region']>,
    clock,
    isOpen,
    identityPoolId ? { store, key: `identity:${identityPoolId} ${identityUrl}` } : undefined,
  );
  return join(options, keeper);
};
