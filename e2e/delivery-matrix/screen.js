// @ts-check
// Screens for browsers that show windows.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();

// An interrupted run leaves no process behind.
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** @template {import('node:child_process').ChildProcess} Child @param {Child} child */
const watch = (child) => {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
};

/** @param {import('node:child_process').ChildProcess} child */
const stop = async (child) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

/** Opens a virtual screen with Xvfb; without Xvfb returns the existing one. */
const openScreen = async () => {
  const xvfb = watch(
    spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    }),
  );
  try {
    await once(xvfb, 'spawn');
  } catch {
    return { display: process.env.DISPLAY, close: async () => {} };
  }
  const [number] = await once(/** @type {import('node:stream').Readable} */ (xvfb.stdio[3]), 'data');
  return { display: `:${String(number).trim()}`, close: () => stop(xvfb) };
};

/**
 * Starts a program on its own screen.
 * @param {string} program @param {string[]} args @param {string} [profile] folder for all data of a GTK browser
 */
export const startOnScreen = async (program, args, profile) => {
  const screen = await openScreen();
  const child = watch(
    spawn(program, args, {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: screen.display,
        GDK_BACKEND: 'x11',
        NO_AT_BRIDGE: '1',
        ...(profile && { XDG_DATA_HOME: profile, XDG_CACHE_HOME: profile, XDG_CONFIG_HOME: profile }),
      },
    }),
  );
  await once(child, 'spawn');
  return {
    pid: /** @type {number} */ (child.pid),
    async close() {
      await stop(child);
      await screen.close();
    },
  };
};
