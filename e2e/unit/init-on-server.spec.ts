import { expect, test } from '@playwright/test';
// As built: the build replaces globals.
import { init } from 'personalize-beacon';

test('on a server init() returns a tracker that records nothing, and logs nothing', async () => {
  const logged: unknown[] = [];
  const { error } = console;
  console.error = (...line) => void logged.push(line);
  try {
    const tracker = init({ trackingId: 'demo-tracker', identityPoolId: 'us-east-1:pool' });
    expect(tracker.track('view', 'film')).toBeUndefined();
    tracker.identify('ann');
    tracker.reset();
    await tracker.flush();
    expect(tracker.sessionId).toBeUndefined();
    tracker.on('rejected', () => {})();
    tracker.stop();
  } finally {
    console.error = error;
  }
  expect(logged).toEqual([]);
});
