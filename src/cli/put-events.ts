import type { Command } from './index.js';

export const putEvents: Command = {
  summary: 'Sends events by hand, or replays a CSV of past ones',
  async run() {
    throw new Error('not yet');
  },
};
