import { expect as base, type Expect } from '@playwright/test';
import { toHaveNoWarnings } from './to-have-no-warnings.js';
import { toHaveReceived } from './to-have-received.js';

/** Playwright's `expect` with the matchers for the fixture `personalize`. */
export const expect: Expect<{
  toHaveReceived: typeof toHaveReceived;
  toHaveNoWarnings: typeof toHaveNoWarnings;
}> = base.extend({ toHaveReceived, toHaveNoWarnings });
