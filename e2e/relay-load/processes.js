// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/**
 * Starts programs in processes of their own, so that none runs on another's time.
 */
export const createProcesses = () => {
  /** @type {import('node:child_process').ChildProcess[]} */
  const children = [];
  return {
    /**
     * @param {string} file
     * @param {Record<string, string>} [env]
     * @returns {Promise<{ origin: string, env: Record<string, string> }>} what the program says
     */
    async start(file, env) {
      const child = spawn(process.execPath, [file], {
        env: { ...process.env, ...env, NODE_NO_WARNINGS: '1' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      for await (const line of createInterface({ input: child.stdout })) {
        const [, said = '', url] = line.match(/^(\{.*\})?.*?(http:\S+)/) ?? [];
        if (url) return { origin: new URL(url).origin, env: JSON.parse(said || '{}') };
      }
      throw new Error(`${file} has ended`);
    },
    async stop() {
      // Nobody loses whom he still talks to.
      for (const child of children.reverse()) {
        if (child.exitCode !== null) continue;
        child.kill();
        await once(child, 'exit');
      }
    },
  };
};
