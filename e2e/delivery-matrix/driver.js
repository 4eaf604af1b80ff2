// @ts-check
// What the scenarios ask of a browser, whichever library drives it.

/**
 * @typedef {object} Page
 * @property {(body: string) => Promise<any>} evaluate runs the body of an async function in the page
 * @property {(selector: string) => Promise<unknown>} click as a user does
 * @property {(url: string) => Promise<unknown>} goto as by a typed address
 * @property {() => Promise<unknown>} close the tab
 *
 * @typedef {object} Browser
 * @property {(url: string) => Promise<Page>} open in a tab of its own, in front
 * @property {(page: Page) => Promise<unknown>} hide puts something else in front of it
 * @property {(page: Page) => Promise<unknown>} crash ends the process that runs the page, as a crash does
 * @property {(page: Page) => Promise<unknown>} discard ends a hidden page, as a phone does, or stops it for good
 * @property {() => Promise<unknown>} kill ends the whole browser without a word
 * @property {() => Promise<unknown>} close
 *
 * @typedef {object} Engine
 * @property {import('../support/browser.js').EngineName} name
 * @property {string} title
 * @property {(profile: string) => Promise<Browser>} launch `profile` is a folder, which a later browser may be given
 * @property {(profile: string) => Promise<Browser>} [launchMortal] for scenarios in which it dies, where that takes another
 * @property {boolean} hasCache whether pages can be restored from the back/forward cache
 * @property {Record<string, string>} unable names of scenarios that cannot be had here, each with the reason
 */

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20;

/**
 * Waits until something is so; resolves to whether it came to be in time.
 * @param {() => unknown} isSo may be async; what it throws counts as "not yet"
 * @param {number} limitMs
 */
export const until = async (isSo, limitMs) => {
  for (const start = Date.now(); ; await sleep(POLL_MS)) {
    try {
      if (await isSo()) return true;
    } catch {
      // A page between two documents answers nothing.
    }
    if (Date.now() - start >= limitMs) return false;
  }
};

/**
 * @template T
 * @param {number} limitMs
 * @param {Promise<T>} promise
 * @param {string} what it is that takes so long
 * @returns {Promise<T>}
 */
export const within = async (limitMs, promise, what) => {
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
 * The processes that one started, and those that they did, in turn. Linux only: read from /proc.
 * @param {number} pid
 * @returns {{ pid: number, command: string }[]}
 */
export const descendants = (pid) => {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // `pid (name) state parent …`, where the name may hold anything.
      const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').replace(/.*\)/s, '').split(' ')[2]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It has ended since.
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
 * Kills those of a browser's own processes whose command says that they run pages.
 * @param {number} pid the browser's
 * @param {RegExp} runsPages
 */
export const killRenderers = (pid, runsPages) => {
  const renderers = descendants(pid).filter(({ command }) => runsPages.test(command));
  if (!renderers.length) throw new Error('found no process that runs pages');
  for (const renderer of renderers) killProcess(renderer.pid);
};
