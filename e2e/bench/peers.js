// @ts-check
// The compared trackers. Each one's settings are in a file in peers/, which esbuild bundles and Node never imports.
import { readFile } from 'node:fs/promises';

/**
 * @typedef {{ title: string, package: string, default: string, atOnce?: string, noAtOnce?: string, notes?: string[] }} About
 *   `default` and `atOnce`: its settings in words, with waiting events and with events sent at once
 * @typedef {About & { name: string, version: string }} Peer
 */

/** The peer with which all others are compared. */
export const TRACKER = 'tracker';

/** @type {Record<string, About>} */
const ROSTER = {
  [TRACKER]: {
    title: 'this tracker',
    package: 'personalize-beacon',
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
};

export const peerNames = Object.keys(ROSTER);

/** @param {string} path */
const readJson = async (path) => JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8'));

/** Returns a peer with its pinned version, installed or not. @param {string} name @returns {Promise<Peer>} */
export const readPeer = async (name) => {
  const about = ROSTER[name];
  if (!about) throw new Error(`"${name}" is compared no more`);
  const version =
    name === TRACKER
      ? (await readJson('../../package.json')).version
      : (await readJson('package.json')).dependencies[about.package];
  return { name, version, ...about };
};
