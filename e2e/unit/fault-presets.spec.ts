import { expect, test } from '@playwright/test';
import type { ActiveFault } from 'personalize-beacon/local';
import { checkFault } from '../../src/local/fault.js';
import {
  activeLabels,
  describeFault,
  describeSkew,
  hitsOf,
  isHealthy,
  otherFaults,
  PRESETS,
  toggleFault,
} from '../../src/local-page/fault-presets.js';

const down = PRESETS[0]?.fault ?? {};
const stateOf = (...faults: ActiveFault[]) => ({ faults, clockSkewMs: 0 });

test('each preset is a valid fault with a name and a label of its own', () => {
  for (const { fault } of PRESETS) checkFault(fault);
  expect(new Set(PRESETS.map(({ fault }) => fault.name)).size).toBe(PRESETS.length);
  expect(new Set(PRESETS.map(({ label }) => label)).size).toBe(PRESETS.length);
});

test('a fault is switched on and off among others', () => {
  const other: ActiveFault = { on: 'GetId', status: 500, hits: 3 };
  const on = toggleFault(stateOf(other), down);
  expect(on).toEqual([{ on: 'GetId', status: 500 }, down]);
  const state = stateOf(other, { ...down, hits: 2 });
  expect(hitsOf(state, down)).toBe(2);
  expect(hitsOf(stateOf(other), down)).toBeUndefined();
  expect(toggleFault(state, down)).toEqual([{ on: 'GetId', status: 500 }]);
  expect(otherFaults(state)).toEqual([{ on: 'GetId', status: 500 }]);
});

test('Infinity, which JSON has as null, is the default again', () => {
  const unlimited = { ...down, times: null, hits: 0 } as unknown as ActiveFault;
  expect(toggleFault(stateOf(unlimited), { stall: true })).toEqual([down, { stall: true }]);
});

test('faults are said in words', () => {
  expect(describeFault({ status: 503, type: 'Busy', delayMs: 20, retryAfter: 5, share: 0.5, times: 2 })).toBe(
    'PutEvents: 503 Busy, after 20 ms, Retry-After 5 s, 50 % of the requests, 2 times',
  );
  expect(describeFault({ drop: 'answer', on: 'actions', name: 'mine' })).toBe(
    'PutActionInteractions: loses the answer, named “mine”',
  );
  expect(describeFault({ drop: 'request' })).toBe('PutEvents: resets the connection');
  expect(describeFault({ stall: true, on: 'cognito' })).toBe('Cognito: never answers');
  expect(describeFault({ delayMs: 70 })).toBe('PutEvents: answers after 70 ms');
  expect(describeFault({ refuseItem: 'a' })).toBe('PutEvents: refuses item a');
  expect(describeSkew(-3_600_000)).toBe('Visitors’ clocks 60 min ahead');
  expect(describeSkew(90_000)).toBe('Visitors’ clocks 1.5 min behind');
  const state = { faults: [{ ...down, hits: 0 }], clockSkewMs: 60_000 };
  expect(activeLabels(state)).toEqual(['Service down (503)', 'Visitors’ clocks 1 min behind']);
  expect([isHealthy(state), isHealthy(stateOf())]).toEqual([false, true]);
});
