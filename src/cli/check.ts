import type { Command } from './index.js';

export const check: Command = {
  summary: 'Walks the chain that a browser walks to the service, and says what to fix',
  async run() {
    throw new Error('not yet');
  },
};
