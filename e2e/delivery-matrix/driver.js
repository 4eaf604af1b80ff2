// @ts-check
// The operations of a browser that the scenarios need, whichever library drives it.

/**
 * @typedef {object} Page
 * @property {(body: string) => Promise<any>} evaluate runs the body of an async function in the page
 * @property {(selector: string) => Promise<unknown>} click as a user does
 * @property {(url: string) => Promise<unknown>} goto as if the address was typed
 * @property {() => Promise<unknown>} close the tab
 *
 * @typedef {object} Browser
 * @property {(url: string) => Promise<Page>} open in a new tab, in front
 * @property {(page: Page) => Promise<unknown>} hide puts something else in front of it
 * @property {(page: Page) => Promise<unknown>} crash ends the process of the page, as a crash does
 * @property {(page: Page) => Promise<unknown>} discard ends a hidden page, as a phone does, or stops it for good
 * @property {() => Promise<unknown>} kill ends the whole browser at once
 * @property {() => Promise<unknown>} close
 *
 * @typedef {object} Engine
 * @property {import('../support/browser.js').EngineName} name
 * @property {string} title
 * @property {(profile: string) => Promise<Browser>} launch `profile` is a folder, which a later browser may be given
 * @property {(profile: string) => Promise<Browser>} [launchMortal] for scenarios that end it, if these need another browser
 * @property {boolean} hasCache whether pages can be restored from the back/forward cache
 * @property {Record<string, string>} unable scenarios that this engine cannot run, each with the reason
 */

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20;

/**
 * Waits for a condition; resolves to whether it came true in time.
 * @param {() => unknown} condition may be async; errors count as "not yet"
 * @param {number} limitMs
 */
export const until = async (condition, limitMs) => {
  for (const start = Date.now(); ; await sleep(POLL_MS)) {
    try {
      if (await condition()) return true;
    } catch {
      // A page between two documents does not answer.
    }
    if (Date.now() - start >= limitMs) return false;
  }
};

/**
 * Rejects if a promise does not settle in time.
 * @template T
 * @param {number} limitMs
 * @param {Promise<T>} promise
 * @param {string} what it is that takes so long
 * @returns {Promise<T>}
 */
export const withTimeout = async (limitMs, promise, what) => {
  const done = new AbortController();
  const late = sleep(limitMs, undefined, { signal: done.signal }).then(() => {
    throw new Error(`${what} took more than ${limitMs / 1000} s`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([promise, late]);
  } finally {
    done.abort();
  }
};

/**
 * Lists a process's children and their descendants. Linux only: read from /proc.
 * @param {number} pid
 * @returns {{ pid: number, command: string }[]}
 */
export const descendants = (pid) => {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // `pid (name) state parent …`, in which the name may contain anything.
      const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').replace(/.*\)/s, '').split(' ')[2]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // The process has ended in the meantime.
    }
  }
  /** @param {number} parent @returns {number[]} */
  const below = (parent) => (children.get(parent) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid).map((child) => ({ pid: child, command: commandOf(child) }));
};

/** @param {number} pid */
const commandOf = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
};

/** @param {number} pid */
export const killProcess = (pid) => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
};

/**
 * Kills a browser's renderer processes.
 * @param {number} pid the browser's
 * @param {RegExp} runsPages matches a renderer's command line
 */
export const killRenderers = (pid, runsPages) => {
  const renderers = descendants(pid).filter(({ command }) => runsPages.test(command));
  if (!renderers.length) throw new Error('found no process that runs pages');
  for (const renderer of renderers) killProcess(renderer.pid);
};
