export { expect } from './playwright/expect.js';
export type { ExpectedEvent, OrMatcher } from './playwright/expected-event.js';
export { type PersonalizeFixtures, type PersonalizeTestOptions, test } from './playwright/fixtures.js';
export type { Personalize, PersonalizeOptions } from './playwright/personalize.js';
export type { ToHaveReceivedOptions } from './playwright/to-have-received.js';
