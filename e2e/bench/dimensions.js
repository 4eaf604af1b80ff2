// @ts-check
// Everything that the bench measures, in the order of the page.
import { cost } from './cost.js';
import { delivery } from './delivery.js';
import { economy } from './economy.js';
import { freshness } from './freshness.js';
import { scale } from './scale.js';
import { weight } from './weight.js';

/**
 * @typedef {import('./peers.js').Peer} Peer
 * @typedef {{ world: import('./world.js').World, browser: import('puppeteer-core').Browser, peer: Peer,
 *   bundle: import('./bundle.js').Bundle, engines: import('../support/browser.js').EngineName[] }} Setting one peer's
 */
/**
 * @template Result
 * @typedef {Record<string, Result[]>} Results of each run, by peer
 */
/**
 * @template [Result=any]
 * @typedef {{ title: string, legend: string, floor: string, reasons?: Record<string, string>, parallel?: boolean,
 *   isConstant?: boolean, measure: (setting: Setting) => Promise<Result>, close?: () => Promise<void>,
 *   toTables: (peers: Peer[], results: Results<Result>) => import('./table.js').Table[],
 *   charts?: (peers: Peer[], results: Results<Result>) => import('./chart.js').Chart[] }} Dimension
 *   `floor`: what the floor does in it; `reasons`: why a peer is ahead of the tracker, if it is; `parallel`: peers are
 *   measured at the same time; `isConstant`: one run is enough; `close` ends what `measure` has kept open for the next run
 */

/** @type {Record<string, Dimension>} */
export const dimensions = { weight, delivery, cost, economy, freshness, scale };
