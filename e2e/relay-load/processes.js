// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Starts programs in separate processes, so that none slows down another. */
export const createProcesses = () => {
  /** @type {import('node:child_process').ChildProcess[]} */
  const children = [];
  return {
    /**
     * Starts a program.
     * @param {string} file
     * @param {Record<string, string>} [env]
     * @returns {Promise<{ origin: string, env: Record<string, string> }>} the URL and variables that it prints
     */
    async start(file, env) {
      const child = spawn(process.execPath, [file], {
        env: { ...process.env, ...env, NODE_NO_WARNINGS: '1' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      for await (const line of createInterface({ input: child.stdout })) {
        const [, variables = '', url] = line.match(/^(\{.*\})?.*?(http:\S+)/) ?? [];
        if (url) return { origin: new URL(url).origin, env: JSON.parse(variables || '{}') };
      }
      throw new Error(`${file} has ended`);
    },
    async stop() {
      // In reverse order, so that no process loses a server that it uses.
      for (const child of children.reverse()) {
        if (child.exitCode !== null) continue;
        child.kill();
        await once(child, 'exit');
      }
    },
  };
};
