import { expect, test } from '@playwright/test';
import { createPagePhase } from '../../src/browser/platform/page-phase.js';

test('a page is active from consent on, except between unload and restore', () => {
  const phase = createPagePhase();
  expect([phase.isActive(), phase.isActivated()]).toEqual([false, false]);
  phase.activate();
  expect([phase.isActive(), phase.isActivated()]).toEqual([true, true]);
  phase.unload();
  expect([phase.isActive(), phase.isActivated()]).toEqual([false, true]);
  phase.restore();
  expect([phase.isActive(), phase.isActivated()]).toEqual([true, true]);
});

test('a page whose visitor withdrew consent is not active after a restore', () => {
  const phase = createPagePhase();
  phase.activate();
  phase.unload();
  phase.deactivate();
  phase.restore();
  expect([phase.isActive(), phase.isActivated()]).toEqual([false, false]);
});

test('a stopped tracker is never active again, but its storage can still release events', () => {
  const phase = createPagePhase();
  phase.activate();
  phase.stop();
  phase.restore();
  expect([phase.isActive(), phase.isActivated(), phase.signal.aborted]).toEqual([false, true, true]);
});
