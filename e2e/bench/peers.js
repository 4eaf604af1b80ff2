// @ts-check
// The compared trackers. Each one's settings are in a file in peers/, which esbuild bundles and Node never imports.
import { readFile } from 'node:fs/promises';

/**
 * @typedef {{ title: string, package?: string, settings?: string, isOwn?: boolean, isFloor?: boolean, default: string,
 *   atOnce?: string, noAtOnce?: string, notes?: string[] }} About
 *   `package`: absent if it is part of this project; `settings`: the file in peers/, by default its name;
 *   `isOwn`: it is this tracker, in another mode or version; `isFloor`: it is no tracker, but the least code;
 *   `default` and `atOnce`: its settings in words, with waiting events and with events sent at once
 * @typedef {About & { name: string, version: string }} Peer
 */

/** The peer with which all others are compared. */
export const TRACKER = 'tracker';
/** The tracker in its mode without AWS credentials. */
export const UNSIGNED = 'unsigned';
/** The tracker of an earlier commit. */
export const BEFORE = 'before';

/** @type {Record<string, About>} */
const ROSTER = {
  [TRACKER]: {
    title: 'this tracker',
    isOwn: true,
    default: 'defaults',
    atOnce: 'flushInterval: 0',
  },
  [UNSIGNED]: {
    title: 'this tracker, unsigned',
    isOwn: true,
    default: 'defaults',
    atOnce: 'flushInterval: 0',
    notes: ['reports to a relay of your own on another origin, without AWS credentials'],
  },
  [BEFORE]: {
    title: 'this tracker at commit',
    settings: TRACKER,
    isOwn: true,
    default: 'defaults',
    atOnce: 'flushInterval: 0',
  },
  'aws-sdk': {
    title: 'AWS SDK and Cognito',
    package: '@aws-sdk/client-personalize-events',
    default: 'one request per event',
    noAtOnce: 'its only way',
  },
  amplify: {
    title: 'Amplify Personalize',
    package: 'aws-amplify',
    default: 'flushSize: 10',
    atOnce: 'flushInterval: 100, as its timer always runs',
    notes: ['sends `itemId` as a property: the field for the item stays empty'],
  },
  rum: {
    title: 'CloudWatch RUM',
    package: 'aws-rum-web',
    default: 'no telemetries',
    atOnce: 'dispatch() after each event',
    notes: ['reports to CloudWatch; its signature is not verified here'],
  },
  snowplow: {
    title: 'Snowplow',
    package: '@snowplow/browser-tracker',
    default: 'bufferSize: 1, its default',
    noAtOnce: 'its default',
    notes: ['reports to a collector of your own, without AWS credentials'],
  },
  posthog: {
    title: 'PostHog',
    package: 'posthog-js',
    default: 'slim build, custom events only',
    atOnce: 'request_batching: false',
    notes: ['reports to PostHog, without AWS credentials'],
  },
  segment: {
    title: 'Segment',
    package: '@segment/analytics-next',
    default: 'batches of 10 or 5 s',
    atOnce: 'strategy: standard, its default',
    notes: ['reports to Segment, without AWS credentials'],
  },
  'search-insights': {
    title: 'Algolia search-insights',
    package: 'search-insights',
    default: 'one beacon per event',
    noAtOnce: 'its only way',
    notes: [
      'reports to Algolia, without AWS credentials. It reads no answer: an event that a beacon took is not sent again',
    ],
  },
  floor: {
    title: 'floor',
    isFloor: true,
    default: 'one beacon per task',
    noAtOnce: 'its only way',
    notes: [
      'is no tracker. Its script makes the platform calls that any tracker needs, each at its least: one listener, one observer, one `indexedDB.open`, and a beacon with the bytes of the events. It stores nothing, and never retries',
    ],
  },
};

const allNames = Object.keys(ROSTER);

/** The peers that are always measured, in the order of the tables. */
export const peerNames = allNames.filter((name) => name !== BEFORE);

/** Sorts names as in the tables. @param {string[]} names */
export const sortPeers = (names) => allNames.filter((name) => names.includes(name));

/** @param {string} path */
const readJson = async (path) => JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8'));

/** @param {string} name @param {string | undefined} packageName */
const pinnedVersion = async (name, packageName) => {
  if (name === TRACKER) return (await readJson('../../package.json')).version;
  return packageName ? (await readJson('package.json')).dependencies[packageName] : '';
};

/**
 * Returns a peer, installed or not.
 * @param {string} name @param {string} [version] by default the pinned one @returns {Promise<Peer>}
 */
export const readPeer = async (name, version) => {
  const about = ROSTER[name];
  if (!about) throw new Error(`the bench has no peer "${name}", only ${allNames.join(', ')}`);
  return { name, version: version ?? (await pinnedVersion(name, about.package)), ...about };
};
